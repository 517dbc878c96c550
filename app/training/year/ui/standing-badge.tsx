import type { BadgeShape, BadgeTone } from '#app/platform/ui/feedback/state-badge.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Standing } from '../closing.ts';
import { STANDING_WORDS } from '../closing.ts';

const LOOKS: Readonly<Record<Standing, readonly [BadgeShape, BadgeTone]>> = {
  not_published: ['hollow', 'neutral'],
  notice: ['half', 'pending'],
  objected: ['dot', 'danger'],
  to_confirm: ['dot', 'pending'],
  to_freeze: ['dot', 'caution'],
  frozen: ['solid', 'positive'],
};

/** How far a unit is with closing its year. */
export function StandingBadge({ standing, isOverdue = false }: { standing: Standing; isOverdue?: boolean }) {
  const [shape, tone] = LOOKS[standing];
  return (
    <>
      <StateBadge shape={shape} tone={tone}>
        {STANDING_WORDS[standing]}
      </StateBadge>
      {isOverdue ? <span className="ml-2 whitespace-nowrap text-sm text-danger">逾期</span> : null}
    </>
  );
}
