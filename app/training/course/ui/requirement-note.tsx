import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { formatDay } from '#app/platform/time/day.ts';
import type { Requirement } from '../requirement.ts';

/** Why a course must be studied, with its document; a document that has ended is said to have ended. */
export function RequirementNote({ requirement }: { requirement: Requirement }) {
  const { basis, untilDay, isLapsed } = requirement;
  if (!isLapsed)
    return <p className="text-sm text-ink-muted">{`依据${basis}，请于${formatDay(untilDay)}前学完。`}</p>;
  return (
    <Callout tone="warning" title="必修依据已到期">
      <p className="text-sm">
        {`${basis}已于${formatDay(untilDay)}到期。今年是否继续作为必修课，以本级主管部门的通知为准。`}
      </p>
    </Callout>
  );
}
