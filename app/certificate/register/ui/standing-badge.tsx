import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { ShownStanding } from '../certificate.ts';
import { STANDING_LOOKS, STANDING_WORDS } from '../certificate.ts';

/** The word a card is told by, with its shape. */
export function StandingBadge({ standing, size }: { standing: ShownStanding; size?: 'medium' | 'large' }) {
  return (
    <StateBadge {...STANDING_LOOKS[standing]} size={size}>
      {STANDING_WORDS[standing]}
    </StateBadge>
  );
}
