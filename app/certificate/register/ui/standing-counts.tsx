import { useLocation } from '@remix-run/react';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { changeSearch } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { ShownStanding } from '../certificate.ts';
import { StandingBadge } from './standing-badge.tsx';

export interface StandingCountsProps {
  counts: readonly { readonly standing: ShownStanding; readonly count: number }[];
}

/** How many cards are in each state under the filters that stand; each leads to its list. */
export function StandingCounts({ counts }: StandingCountsProps) {
  const { search } = useLocation();
  const shown = counts.filter(({ count, standing }) => count > 0 || standing === 'active');
  return (
    <ul aria-label="各状态证件数" className="mb-5 flex flex-wrap gap-x-8 gap-y-3">
      {shown.map(({ standing, count }) => (
        <li key={standing} className="flex items-baseline gap-2">
          <StandingBadge standing={standing} />
          <TextLink
            to={{ search: changeSearch(search, { filters: { state: standing } }) }}
            className="text-lg tabular-nums"
            aria-label={`${formatCount(count)} 个，按此状态筛选`}
          >
            {formatCount(count)}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}
