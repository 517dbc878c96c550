import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { ExemptionState } from '../exemption.ts';
import { STATE_LABELS } from '../exemption.ts';

const SHAPES = {
  filed: { shape: 'dot', tone: 'pending' },
  approved: { shape: 'solid', tone: 'positive' },
  declined: { shape: 'hollow', tone: 'danger' },
  withdrawn: { shape: 'hollow', tone: 'neutral' },
  ended: { shape: 'hollow', tone: 'neutral' },
} as const satisfies Record<ExemptionState, { shape: string; tone: string }>;

export function ExemptionBadge({ state }: { state: ExemptionState }) {
  return <StateBadge {...SHAPES[state]}>{STATE_LABELS[state]}</StateBadge>;
}
