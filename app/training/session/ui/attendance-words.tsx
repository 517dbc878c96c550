import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { AttendanceState } from '../attendance.ts';
import type { MarkView } from '../session-view.server.ts';
import type { SessionStatus } from '../session.ts';

export const STATE_WORDS = {
  unmarked: { shape: 'dot', tone: 'pending', text: '未登记' },
  attended: { shape: 'solid', tone: 'positive', text: '全程到场' },
  partial: { shape: 'half', tone: 'caution', text: '部分到场' },
  excused: { shape: 'hollow', tone: 'neutral', text: '请假' },
  no_show: { shape: 'hollow', tone: 'danger', text: '缺勤' },
} as const satisfies Record<AttendanceState, object>;

export function AttendanceBadge({ state }: { state: AttendanceState }) {
  const { shape, tone, text } = STATE_WORDS[state];
  return (
    <StateBadge shape={shape} tone={tone}>
      {text}
    </StateBadge>
  );
}

/** One mark in a few words: `到场`, `09:40–11:30`, `请假：出差`. */
export function markText(mark: MarkView | undefined): string {
  if (!mark) return '未登记';
  if (mark.standing === 'absent') return '缺勤';
  if (mark.standing === 'leave') return mark.reason ? `请假：${mark.reason}` : '请假';
  return mark.from && mark.to ? `${mark.from}–${mark.to}` : '到场';
}

const STATUS_WORDS = {
  scheduled: { shape: 'half', tone: 'pending', text: '未结班' },
  closed: { shape: 'solid', tone: 'positive', text: '已结班' },
  cancelled: { shape: 'hollow', tone: 'neutral', text: '已取消' },
} as const satisfies Record<SessionStatus, object>;

export function SessionBadge({ status, isDue }: { status: SessionStatus; isDue: boolean }) {
  if (isDue)
    return (
      <StateBadge shape="dot" tone="caution">
        待结班
      </StateBadge>
    );
  const { shape, tone, text } = STATUS_WORDS[status];
  return (
    <StateBadge shape={shape} tone={tone}>
      {text}
    </StateBadge>
  );
}
