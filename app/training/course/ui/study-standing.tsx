import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { StudyStanding } from '../standing.ts';
import { STANDING_LABELS } from '../standing.ts';

const LOOKS = {
  new: { shape: 'hollow', tone: 'neutral' },
  begun: { shape: 'half', tone: 'pending' },
  complete: { shape: 'solid', tone: 'positive' },
} as const;

/** How far a course or lesson is, in a word. */
export function StudyStandingBadge({ standing }: { standing: StudyStanding }) {
  return <StateBadge {...LOOKS[standing]}>{STANDING_LABELS[standing]}</StateBadge>;
}
