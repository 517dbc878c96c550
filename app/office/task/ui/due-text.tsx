import { formatDay } from '#app/platform/time/day.ts';
import type { Day } from '#app/platform/time/day.ts';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Urgency } from '../task.ts';

const LOOKS = {
  overdue: { word: '已逾期', shape: 'solid', tone: 'danger' },
  today: { word: '今日到期', shape: 'half', tone: 'danger' },
  soon: { word: '即将到期', shape: 'half', tone: 'caution' },
} as const;

/** The last day of a task, with a word when it is near or over. */
export function DueText({ dueDay, urgency }: { dueDay: Day | null; urgency: Urgency }) {
  if (dueDay === null) return <span className="whitespace-nowrap text-ink-muted">无期限</span>;
  const look = urgency === 'later' || urgency === 'open_ended' ? null : LOOKS[urgency];
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <span className="whitespace-nowrap tabular-nums">{formatDay(dueDay)}</span>
      {look === null ? null : (
        <StateBadge shape={look.shape} tone={look.tone}>
          {look.word}
        </StateBadge>
      )}
    </span>
  );
}
