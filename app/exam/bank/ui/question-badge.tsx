import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { STATUS_LABELS } from '../question.ts';
import type { QuestionStatus } from '../question.ts';

const LOOKS = {
  draft: { shape: 'dot', tone: 'pending' },
  in_review: { shape: 'dot', tone: 'pending' },
  live: { shape: 'solid', tone: 'positive' },
  retired: { shape: 'hollow', tone: 'neutral' },
  frozen: { shape: 'half', tone: 'caution' },
} as const satisfies Record<QuestionStatus, { shape: string; tone: string }>;

export function QuestionBadge({ status }: { status: QuestionStatus }) {
  return <StateBadge {...LOOKS[status]}>{STATUS_LABELS[status]}</StateBadge>;
}
