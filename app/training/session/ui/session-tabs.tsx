import { Link } from '@remix-run/react';
import { cx } from '#app/platform/ui/cx.ts';

export type SessionTab = 'roster' | 'add' | 'attendance' | 'close' | 'papers';

const LABELS: Readonly<Record<SessionTab, string>> = {
  roster: '名册',
  add: '添加学员',
  attendance: '考勤',
  close: '结班',
  papers: '文书',
};

export interface SessionTabsProps {
  tabs: readonly SessionTab[];
  open: SessionTab;
  count: number;
  unmarked: number;
}

/** Parts of a class's page. Each has its own list, so page and filters do not go along from one to the next. */
export function SessionTabs({ tabs, open, count, unmarked }: SessionTabsProps) {
  const figures: Partial<Record<SessionTab, string>> = {
    roster: String(count),
    attendance: count === 0 ? '' : unmarked > 0 ? `${unmarked} 人未登记` : '已登记完',
  };
  return (
    <nav aria-label="培训班内容" className="no-print mb-5 overflow-x-auto border-b border-line">
      <ul className="flex gap-6">
        {tabs.map((tab) => (
          <li key={tab} className="-mb-px">
            <Link
              to={`?tab=${tab}`}
              preventScrollReset
              aria-current={tab === open ? 'page' : undefined}
              className={cx(
                'inline-block whitespace-nowrap border-b-2 px-1 py-2',
                tab === open
                  ? 'border-accent font-semibold text-accent'
                  : 'border-transparent text-ink-muted hover:border-line-strong hover:text-ink',
              )}
            >
              {LABELS[tab]}
              {figures[tab] ? <span className="ml-1.5 text-sm tabular-nums">{figures[tab]}</span> : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
