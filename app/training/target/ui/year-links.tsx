import { Link } from '@remix-run/react';
import { cx } from '#app/platform/ui/cx.ts';

interface YearLinksProps {
  readonly years: readonly number[];
  readonly year: number;
}

/** Which year a page is about; the year stands in the URL. */
export function YearLinks({ years, year: chosen }: YearLinksProps) {
  if (years.length < 2) return null;
  return (
    <nav aria-label="年度" className="flex flex-wrap rounded border border-line-strong bg-surface-raised">
      {years.map((year) => (
        <Link
          key={year}
          to={`?year=${year}`}
          aria-current={year === chosen ? 'page' : undefined}
          className={cx(
            'border-r border-line px-3 py-1.5 tabular-nums last:border-r-0',
            year === chosen ? 'bg-accent font-semibold text-on-accent' : 'text-ink hover:text-accent',
          )}
        >
          {year}
        </Link>
      ))}
    </nav>
  );
}
