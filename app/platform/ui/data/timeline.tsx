import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

export interface TimelineItem {
  key: string;
  /** formatted instant or day */
  at: string;
  title: ReactNode;
  /** who acted, on which basis */
  actor?: string | undefined;
  body?: ReactNode;
  /** the last state that still holds is marked solid */
  isCurrent?: boolean | undefined;
}

/** What happened, in order, each with its time and author. An event is never left out. */
export function Timeline({ items, label }: { items: readonly TimelineItem[]; label: string }) {
  return (
    <ol aria-label={label} className="relative">
      {items.map((item, index) => (
        <li key={item.key} className="relative flex gap-4 pb-6 last:pb-0">
          {index < items.length - 1 ? (
            <span aria-hidden="true" className="absolute left-[0.3125rem] top-4 h-full w-px bg-line" />
          ) : null}
          <span
            aria-hidden="true"
            className={cx(
              'relative mt-[0.4375rem] h-2.5 w-2.5 shrink-0 rounded-full border-2',
              item.isCurrent ? 'border-accent bg-accent' : 'border-line-strong bg-surface-raised',
            )}
          />
          <div className="min-w-0 flex-1">
            <p className="text-sm tabular-nums text-ink-muted">
              {item.at}
              {item.actor ? <span className="ml-3">{item.actor}</span> : null}
            </p>
            <p className="font-semibold">{item.title}</p>
            {item.body ? <div className="mt-1 text-sm text-ink-muted">{item.body}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
