import { lazy } from 'react';
import { SimpleTable } from '../table/simple-table.tsx';
import { formatPercent, NO_FIGURE } from '../text/format.ts';
import { ChartBox } from './chart-box.tsx';
import type { TrendPoint } from './trend.ts';

const LazyTrend = lazy(async () => ({ default: (await import('./trend-drawing.tsx')).TrendDrawing }));

export interface TrendChartProps {
  points: readonly TrendPoint[];
  /** basis points, 6000 = 60% */
  target: number;
  /** says the finding */
  title: string;
  subtitle?: string | undefined;
  /** heading of the first column: `月份` */
  pointHeading?: string | undefined;
}

/** A share over time against its target, what is expected dashed, with the same figures as a table beside it. */
export function TrendChart({ points, target, title, subtitle, pointHeading = '月份' }: TrendChartProps) {
  const shareText = (basisPoints: number | null) =>
    basisPoints === null ? NO_FIGURE : formatPercent(basisPoints, 10_000);
  return (
    <ChartBox
      title={title}
      subtitle={subtitle}
      heightRem={18}
      chart={<LazyTrend points={points} target={target} />}
      table={
        <SimpleTable
          caption={title}
          hideCaption
          head={[pointHeading, { label: '完成率', align: 'end' }, { label: '预计', align: 'end' }]}
          rows={points.map((point) => ({
            key: point.key,
            cells: [point.label, shareText(point.value), shareText(point.forecast)],
          }))}
        />
      }
    />
  );
}
