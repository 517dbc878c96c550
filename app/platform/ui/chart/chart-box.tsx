import { Suspense } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { useHydrated } from '../hydrated.ts';

export interface ChartBoxProps {
  /** says the finding: `7 个单位未达 60% 的序时进度` */
  title: string;
  /** of what, in which unit, as of when */
  subtitle?: string | undefined;
  /** least height in rem, known before the chart is, so that nothing moves when it comes; beside a longer table the
   *  chart grows to the table's height */
  heightRem: number;
  /** a lazy component: recharts draws nothing on the server and is loaded only where a chart stands */
  chart: ReactNode;
  /** the same numbers as a table: what the server sends, screen readers read and printers print */
  table: ReactNode;
  /** which of the two gets the larger part of a wide screen; the chart unless told */
  wider?: 'chart' | 'table' | undefined;
}

const COLUMNS = { chart: 'xl:grid-cols-[3fr_2fr]', table: 'xl:grid-cols-[2fr_3fr]' } as const;

/** A chart beside its table. The table is the truth in the HTML; the picture comes after hydration. */
export function ChartBox({ title, subtitle, heightRem, chart, table, wider = 'chart' }: ChartBoxProps) {
  const isHydrated = useHydrated();
  return (
    <figure className="keep-together rounded-md border border-line bg-surface-raised p-5">
      <figcaption className="mb-4">
        <p className="text-lg font-semibold">{title}</p>
        {subtitle ? <p className="text-sm text-ink-muted">{subtitle}</p> : null}
      </figcaption>
      <div className={cx('grid gap-8 print:block', COLUMNS[wider])}>
        <div
          className="relative min-w-0 print:invisible print:h-0 print:!min-h-0"
          style={{ minHeight: `${heightRem}rem` }}
        >
          <div className="absolute inset-0">
            {isHydrated ? <Suspense fallback={null}>{chart}</Suspense> : null}
          </div>
        </div>
        <div className="min-w-0">{table}</div>
      </div>
    </figure>
  );
}
