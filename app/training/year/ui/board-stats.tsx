import { Stat, StatRow } from '#app/platform/ui/data/stat.tsx';
import { formatCount, formatShare } from '#app/platform/ui/text/format.ts';
import { STANDINGS, STANDING_WORDS } from '../closing.ts';
import type { StandingCounts } from '../year-board.ts';

/** How many units stand where, and how much of the region is frozen. */
export function BoardStats({ counts, units }: { counts: StandingCounts; units: number }) {
  return (
    <StatRow>
      {STANDINGS.map((standing) => (
        <Stat
          key={standing}
          label={STANDING_WORDS[standing]}
          value={formatCount(counts[standing])}
          unit="个单位"
          tone={standing === 'objected' && counts.objected > 0 ? 'danger' : 'neutral'}
          detail={standing === 'frozen' ? formatShare(counts.frozen, units) : undefined}
        />
      ))}
    </StatRow>
  );
}
