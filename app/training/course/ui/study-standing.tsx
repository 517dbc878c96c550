import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { StudyStanding } from '../standing.ts';
import { STANDING_LABELS } from '../standing.ts';

const LOOKS = {
  new: { shape: 'hollow', tone: 'neutral' },
  begun: { shape: 'half', tone: 'pending' },
  complete: { shape: 'solid', tone: 'positive' },
} as const;

/** How far a course or lesson is, in a word; what was completed in an earlier year says in which. */
export function StudyStandingBadge({
  standing,
  earlier,
}: {
  standing: StudyStanding;
  earlier?: number | null;
}) {
  const year = standing === 'complete' && earlier ? `${earlier}年` : '';
  return <StateBadge {...LOOKS[standing]}>{`${year}${STANDING_LABELS[standing]}`}</StateBadge>;
}
