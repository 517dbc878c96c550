import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Verdict } from '../finding-words.ts';
import { VERDICT_LABELS } from '../finding-words.ts';

const LOOKS = {
  no_issue: { shape: 'solid', tone: 'positive' },
  explain: { shape: 'half', tone: 'caution' },
  strike: { shape: 'solid', tone: 'danger' },
} as const;

/** How a finding stands: the newest judgement, or none yet. */
export function FindingBadge({ verdict }: { verdict: Verdict | null }) {
  if (verdict === null)
    return (
      <StateBadge shape="hollow" tone="pending">
        待核实
      </StateBadge>
    );
  return <StateBadge {...LOOKS[verdict]}>{VERDICT_LABELS[verdict]}</StateBadge>;
}
