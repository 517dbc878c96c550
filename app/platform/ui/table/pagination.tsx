import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { formatCount } from '../text/format.ts';
import { changeSearch, PAGE_SIZES, pageBounds, pageChoices } from './table-query.ts';

export interface PaginationProps {
  total: number;
  page: number;
  size: number;
  search: string;
}

const STEP = 'inline-flex h-8 min-w-8 items-center justify-center rounded border px-2';

/** Which rows are shown, of how many, and the way to the others. */
export function Pagination({ total, page, size, search }: PaginationProps) {
  const bounds = pageBounds(total, page, size);
  const shown =
    total === 0
      ? '共 0 条'
      : `第 ${formatCount(bounds.first)}–${formatCount(bounds.last)} 条，共 ${formatCount(total)} 条`;
  return (
    <div className="no-print flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3 text-sm">
      <p className="tabular-nums">{shown}</p>
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <SizeChoice size={size} search={search} />
        {bounds.pages > 1 ? <Pages page={bounds.page} pages={bounds.pages} search={search} /> : null}
      </div>
    </div>
  );
}

function SizeChoice({ size, search }: { size: number; search: string }) {
  return (
    <div role="group" aria-label="每页条数" className="flex items-center gap-2">
      <span aria-hidden="true" className="text-ink-muted">
        每页
      </span>
      {PAGE_SIZES.map((choice) => (
        <Link
          key={choice}
          to={changeSearch(search, { size: choice })}
          preventScrollReset
          aria-current={choice === size ? 'true' : undefined}
          className={cx(
            'min-w-6 rounded-sm px-1 text-center leading-6 tabular-nums',
            choice === size ? 'font-semibold text-ink' : 'text-accent hover:underline',
          )}
        >
          {choice}
        </Link>
      ))}
    </div>
  );
}

function Pages({ page, pages, search }: { page: number; pages: number; search: string }) {
  const to = (target: number) => changeSearch(search, { page: target });
  return (
    <nav aria-label="翻页" className="flex flex-wrap items-center gap-1 tabular-nums">
      <Step to={page > 1 ? to(page - 1) : null}>上一页</Step>
      {pageChoices(page, pages).map((choice, index) =>
        choice === null ? (
          <span key={`gap-${index}`} className="px-1 text-ink-muted">
            …
          </span>
        ) : (
          <Step key={choice} to={to(choice)} isCurrent={choice === page} label={`第 ${choice} 页`}>
            {choice}
          </Step>
        ),
      )}
      <Step to={page < pages ? to(page + 1) : null}>下一页</Step>
    </nav>
  );
}

interface StepProps {
  /** null at the ends, where the step stands but leads nowhere */
  to: string | null;
  isCurrent?: boolean | undefined;
  label?: string | undefined;
  children: ReactNode;
}

function Step({ to, isCurrent = false, label, children }: StepProps) {
  if (to === null) {
    return <span className={cx(STEP, 'border-transparent text-ink-muted')}>{children}</span>;
  }
  return (
    <Link
      to={to}
      aria-label={label}
      aria-current={isCurrent ? 'page' : undefined}
      className={cx(
        STEP,
        isCurrent
          ? 'border-accent bg-accent font-semibold text-on-accent'
          : 'border-line bg-surface-raised text-ink hover:border-accent hover:text-accent',
      )}
    >
      {children}
    </Link>
  );
}
