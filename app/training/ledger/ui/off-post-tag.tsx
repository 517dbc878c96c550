import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { OFF_POST_LABEL } from '../off-post.ts';

/** Beside the title of an entry: training of an officer whose card was suspended (domain.md §4.2 case 5). */
export function OffPostTag() {
  return (
    <span className="ml-3 inline-block text-sm font-normal">
      <StateBadge shape="half" tone="caution">
        {OFF_POST_LABEL}
      </StateBadge>
    </span>
  );
}
