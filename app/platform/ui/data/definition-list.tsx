import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

export interface DefinitionItem {
  term: string;
  value: ReactNode;
}

const COLUMNS = {
  1: '',
  2: 'md:grid-cols-2',
  3: 'md:grid-cols-2 xl:grid-cols-3',
} as const;

/** Terms and their values with aligned edges; an empty value reads 「–」. */
export function DefinitionList({
  items,
  columns = 1,
}: {
  items: readonly DefinitionItem[];
  columns?: 1 | 2 | 3 | undefined;
}) {
  return (
    <div className="overflow-hidden">
      {/* The lines of the last row, however many columns it has, fall into the margin that is cut off. */}
      <dl className={cx('-mb-px grid gap-x-10', COLUMNS[columns])}>
        {items.map((item) => (
          <div
            key={item.term}
            className="flex flex-col border-b border-line py-2 sm:flex-row sm:gap-4 print:py-1"
          >
            <dt className="shrink-0 text-sm text-ink-muted sm:w-32 sm:pt-px">{item.term}</dt>
            <dd className="min-w-0 flex-1 tabular-nums">{item.value ?? '–'}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
