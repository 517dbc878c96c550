import { lazy } from 'react';
import { TextLink } from '../data/text-link.tsx';
import { SimpleTable } from '../table/simple-table.tsx';
import { formatCount, formatPercent, NO_FIGURE } from '../text/format.ts';
import { ChartBox } from './chart-box.tsx';
import { byGap, gapToTarget } from './completion.ts';
import type { CompletionRow } from './completion.ts';

/** recharts weighs more than everything else on a page together: it comes only where a chart stands. */
const LazyBars = lazy(async () => ({
  default: (await import('./completion-bars-drawing.tsx')).CompletionBarsDrawing,
}));

export interface CompletionBarsProps {
  rows: readonly CompletionRow[];
  /** basis points, 6000 = 60% */
  target: number;
  /** says the finding */
  title: string;
  subtitle?: string | undefined;
  /** heading of the first column: `单位` */
  rowHeading?: string | undefined;
  /** one level deeper; a bar without one is not a link */
  onHref?: ((row: CompletionRow) => string | null) | undefined;
}

/** Completion by unit against a target, the largest gap first, with the same figures as a table beside it. */
export function CompletionBars(props: CompletionBarsProps) {
  const { rows, target, title, subtitle, rowHeading = '单位', onHref } = props;
  const sorted = byGap(rows, target);
  const hrefOf = (row: CompletionRow) => onHref?.(row) ?? null;
  return (
    <ChartBox
      title={title}
      subtitle={subtitle}
      heightRem={sorted.length * 2.25 + 2.5}
      chart={<LazyBars rows={sorted} target={target} hrefOf={hrefOf} />}
      table={
        <SimpleTable
          caption={title}
          hideCaption
          head={[
            rowHeading,
            { label: '完成率', align: 'end' },
            { label: '完成/应完成', unit: '人', align: 'end' },
            { label: '还差', unit: '人', align: 'end' },
          ]}
          rows={sorted.map((row) => ({
            key: row.key,
            cells: [
              <RowName key="name" row={row} href={hrefOf(row)} />,
              formatPercent(row.value, row.total),
              `${formatCount(row.value)}/${formatCount(row.total)}`,
              row.total === 0 ? NO_FIGURE : formatCount(gapToTarget(row, target)),
            ],
          }))}
        />
      }
    />
  );
}

function RowName({ row, href }: { row: CompletionRow; href: string | null }) {
  return href ? <TextLink to={href}>{row.label}</TextLink> : <>{row.label}</>;
}
