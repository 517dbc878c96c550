import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import type { Standing } from '../closing.ts';
import { ownYearPath } from '../closing-messages.ts';

export interface YearClosingNoteProps {
  closing: {
    readonly year: number;
    readonly standing: Standing;
    readonly objectionsUntilDay: string | null;
    readonly takesObjections: boolean;
    readonly isWaiting: boolean;
    readonly sealNo: string | null;
    readonly closedDay: string | null;
  } | null;
}

function titleOf({
  year,
  sealNo,
  closedDay,
  isWaiting,
  takesObjections,
  objectionsUntilDay,
}: NonNullable<YearClosingNoteProps['closing']>): string {
  if (sealNo !== null)
    return `${year}年度学时已于${closedDay === null ? '' : formatDay(closedDay)}封账，封账编号 ${sealNo}`;
  if (isWaiting) return `您对${year}年度学时的异议正等待单位答复`;
  if (takesObjections)
    return objectionsUntilDay === null
      ? `${year}年度学时名单请您核对签字，有异议可以提出`
      : `${year}年度学时公示至${formatDay(objectionsUntilDay)}，逾期视为无异议`;
  return `${year}年度学时已公示，等待确认和封账`;
}

/** On one's own hours: how the closing of that year stands, and where to object. Nothing while nothing is put up. */
export function YearClosingNote({ closing }: YearClosingNoteProps) {
  if (closing === null) return null;
  const to = closing.sealNo === null ? ownYearPath(closing.year) : `/hours/seals/${closing.sealNo}`;
  const words =
    closing.sealNo !== null ? '查验封账' : closing.takesObjections ? '核对或提出异议' : '查看公示';
  return (
    <div className="no-print mb-6">
      <Callout
        tone={closing.takesObjections && !closing.isWaiting ? 'warning' : 'info'}
        title={titleOf(closing)}
        action={<LinkButton to={to}>{words}</LinkButton>}
      />
    </div>
  );
}
