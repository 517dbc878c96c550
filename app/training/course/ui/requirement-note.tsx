import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { formatDay } from '#app/platform/time/day.ts';
import type { Requirement } from '../requirement.ts';

/** Why a course must be studied, with its document; a document that has ended is said to have ended. */
export function RequirementNote({ requirement, year }: { requirement: Requirement; year: number }) {
  const { basis, fromDay, untilDay, isLapsed } = requirement;
  if (!isLapsed) {
    const last = untilDay < `${year}-12-31` ? untilDay : `${year}-12-31`;
    return (
      <p className="text-sm text-ink-muted">
        {`必修依据：${basis}（有效期 ${formatDay(fromDay)}至${formatDay(untilDay)}），请于${formatDay(last)}前学完。`}
      </p>
    );
  }
  return (
    <Callout tone="warning" title="必修依据已到期">
      <p className="text-sm">
        {`${basis}已于${formatDay(untilDay)}到期，目前不作为${year}年达标条件。是否继续必修，以本级主管部门的新文件为准。`}
      </p>
    </Callout>
  );
}
