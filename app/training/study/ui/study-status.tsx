import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { BadgeShape, BadgeTone } from '#app/platform/ui/feedback/state-badge.tsx';
import type { StudyStatus } from '../client/study-session.ts';

const WORDS: Readonly<Record<StudyStatus, { shape: BadgeShape; tone: BadgeTone; text: string }>> = {
  starting: { shape: 'hollow', tone: 'neutral', text: '正在开始计时…' },
  counting: { shape: 'solid', tone: 'positive', text: '学习计时中' },
  hidden: { shape: 'half', tone: 'caution', text: '已暂停：页面不在前台' },
  idle: { shape: 'half', tone: 'caution', text: '已暂停：较长时间没有操作' },
  offline: { shape: 'half', tone: 'caution', text: '已暂停：网络中断，恢复后继续' },
  asked: { shape: 'half', tone: 'caution', text: '已暂停：等待确认在学' },
  full: { shape: 'solid', tone: 'neutral', text: '已学满本课时长' },
  day_full: { shape: 'hollow', tone: 'neutral', text: '已达今日计入上限' },
  replaced: { shape: 'hollow', tone: 'danger', text: '已停止：您在其他页面或设备学习' },
  signed_out: { shape: 'hollow', tone: 'danger', text: '已停止：登录已过期' },
};

/** The study clock in words, told to screen readers when it changes. */
export function StudyStatusText({ status }: { status: StudyStatus }) {
  const { shape, tone, text } = WORDS[status];
  return (
    <span role="status">
      <StateBadge shape={shape} tone={tone}>
        {text}
      </StateBadge>
    </span>
  );
}
