import { Stat, StatRow } from '#app/platform/ui/data/stat.tsx';
import { Share } from '#app/platform/ui/data/share.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount, formatPercent } from '#app/platform/ui/text/format.ts';

interface Counts {
  readonly total: number;
  readonly waiting: number;
  readonly submitted: number;
  readonly returned: number;
  readonly accepted: number;
  readonly overdue: number;
}

/** 已报、未报、退回、已审 of the whole, each with its n/N. */
export function BoardStats({ counts }: { counts: Counts }) {
  const { total } = counts;
  const answered = counts.submitted + counts.accepted;
  const of = (part: number): string => `${formatCount(part)}/${formatCount(total)}`;
  return (
    <StatRow>
      <Stat label="已报" value={formatPercent(answered, total)} detail={of(answered)} tone="positive" />
      <Stat label="未报" value={formatCount(counts.waiting)} unit="个" detail={of(counts.waiting)} />
      <Stat
        label="逾期未报"
        value={formatCount(counts.overdue)}
        unit="个"
        detail={of(counts.overdue)}
        tone={counts.overdue > 0 ? 'danger' : 'neutral'}
      />
      <Stat
        label="退回"
        value={formatCount(counts.returned)}
        unit="个"
        detail={of(counts.returned)}
        tone={counts.returned > 0 ? 'caution' : 'neutral'}
      />
      <Stat label="已审" value={formatPercent(counts.accepted, total)} detail={of(counts.accepted)} />
    </StatRow>
  );
}

/** Progress by region; a line leads to its units. */
export function RegionProgress({
  regions,
}: {
  regions: readonly (Counts & { readonly regionId: string; readonly regionName: string })[];
}) {
  if (regions.length < 2) return null;
  return (
    <SimpleTable
      caption="各地区进度"
      head={[
        '地区',
        { label: '已报', align: 'end' },
        { label: '已审', align: 'end' },
        { label: '退回', align: 'end' },
        { label: '未报', align: 'end' },
        { label: '逾期未报', align: 'end' },
      ]}
      rows={regions.map((region) => ({
        key: region.regionId,
        cells: [
          <TextLink key="name" to={`?f.region=${region.regionId}`} preventScrollReset>
            {region.regionName}
          </TextLink>,
          <Share key="answered" part={region.submitted + region.accepted} whole={region.total} />,
          <Share key="accepted" part={region.accepted} whole={region.total} />,
          formatCount(region.returned),
          formatCount(region.waiting),
          formatCount(region.overdue),
        ],
      }))}
    />
  );
}

/** 汇总: figures of the answers handed in. */
export function FigureSummary({
  figures,
}: {
  figures: readonly { readonly label: string; readonly unit: string; readonly sum: number }[];
}) {
  if (figures.every((figure) => figure.sum === 0)) return null;
  return (
    <StatRow>
      {figures.map((figure) => (
        <Stat key={figure.label} label={figure.label} value={formatCount(figure.sum)} unit={figure.unit} />
      ))}
    </StatRow>
  );
}
