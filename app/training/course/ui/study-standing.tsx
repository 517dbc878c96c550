import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { StudyStanding } from '../courses-view.server.ts';

const WORDS = {
  new: { shape: 'hollow', tone: 'neutral', text: '未开始' },
  begun: { shape: 'half', tone: 'pending', text: '学习中' },
  complete: { shape: 'solid', tone: 'positive', text: '已学完' },
} as const;

/** How far a course or lesson is, in a word. */
export function StudyStandingBadge({ standing }: { standing: StudyStanding }) {
  const { shape, tone, text } = WORDS[standing];
  return (
    <StateBadge shape={shape} tone={tone}>
      {text}
    </StateBadge>
  );
}
