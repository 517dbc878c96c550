import { Link, useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { formatCount } from '../text/format.ts';

export interface TabItem {
  id: string;
  label: string;
  count?: number | undefined;
  content: ReactNode;
}

const TAB = 'inline-block border-b-2 px-1 py-2 whitespace-nowrap';

/** Parts of one record. The open part stands in the URL (`?tab=`), so it survives reload, back and sharing
 *  and works before JavaScript; therefore these are links, not buttons. */
export function Tabs({
  items,
  label,
  param = 'tab',
}: {
  items: readonly TabItem[];
  label: string;
  param?: string;
}) {
  const { search } = useLocation();
  const asked = new URLSearchParams(search).get(param);
  const open = items.find((item) => item.id === asked) ?? items[0];
  if (!open) return null;
  return (
    <div>
      <nav aria-label={label} className="no-print overflow-x-auto border-b border-line">
        <ul className="flex gap-6">
          {items.map((item) => (
            <li key={item.id} className="-mb-px">
              <Link
                to={{ search: tabSearch(search, param, item.id) }}
                preventScrollReset
                aria-current={item === open ? 'page' : undefined}
                className={cx(
                  TAB,
                  item === open
                    ? 'border-accent font-semibold text-accent'
                    : 'border-transparent text-ink-muted hover:border-line-strong hover:text-ink',
                )}
              >
                {item.label}
                {item.count === undefined ? null : (
                  <span className="ml-1.5 text-sm tabular-nums">{formatCount(item.count)}</span>
                )}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <section aria-label={open.label} className="pt-5">
        {open.content}
      </section>
    </div>
  );
}

function tabSearch(search: string, param: string, id: string): string {
  const params = new URLSearchParams(search);
  params.set(param, id);
  return `?${params.toString()}`;
}
