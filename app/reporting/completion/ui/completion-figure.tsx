import { lazy } from 'react';
import type { Day } from '#app/platform/time/day.ts';
import { ChartBox } from '#app/platform/ui/chart/chart-box.tsx';
import { byGap } from '#app/platform/ui/chart/completion.ts';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { lineLabel } from '../headline.ts';
import { COMPLETION_COLUMNS, cellsOf, textOf } from '../completion-table.ts';
import type { CompletionRow } from '../unit-completion-view.server.ts';
import { scopeSearch } from '../asked.ts';
import type { CompletionCounts, ReferenceLine } from '../figures.ts';

const LazyBars = lazy(async () => ({
  default: (await import('#app/platform/ui/chart/completion-bars-drawing.tsx')).CompletionBarsDrawing,
}));

export interface CompletionFigureProps {
  readonly rows: readonly CompletionRow[];
  readonly total: CompletionCounts;
  readonly line: ReferenceLine;
  /** Heading of the first column. */
  readonly rowNoun: string;
  readonly day: Day;
  readonly today: Day;
  /** Says the finding. */
  readonly title: string;
  readonly subtitle: string;
}

/** Bars and table of the same rows in the same order: the largest gap first. A bar and its name lead one level deeper. */
export function CompletionFigure(props: CompletionFigureProps) {
  const { rows, total, line, day, today } = props;
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const bars = byGap(
    rows.map((row) => ({ key: row.key, label: row.label, value: row.counts.met, total: row.counts.due })),
    line.basisPoints,
  );
  const hrefOf = (bar: { key: string }): string | null => {
    const place = byKey.get(bar.key)?.place ?? null;
    return place === null ? null : `/supervise/completion${scopeSearch(place, day, today)}`;
  };
  return (
    <ChartBox
      title={props.title}
      subtitle={props.subtitle}
      heightRem={bars.length * 2 + 3}
      wider="table"
      chart={<LazyBars rows={bars} target={line.basisPoints} targetLabel={lineLabel(line)} hrefOf={hrefOf} />}
      table={
        <SimpleTable
          caption={props.title}
          hideCaption
          head={COMPLETION_COLUMNS.map(({ label, align }) => ({ label: label ?? props.rowNoun, align }))}
          rows={bars.flatMap((bar) => {
            const row = byKey.get(bar.key);
            if (!row) return [];
            const [name, ...figures] = cellsOf(row.label, row.counts);
            const href = hrefOf(bar);
            return [
              {
                key: row.key,
                cells: [
                  href === null ? textOf(name) : <TextLink to={href}>{textOf(name)}</TextLink>,
                  ...figures.map(textOf),
                ],
              },
            ];
          })}
          foot={cellsOf('合计', total).map(textOf)}
        />
      }
    />
  );
}
