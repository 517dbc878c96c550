import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';

export interface Crumb {
  label: string;
  to?: string | undefined;
}

export interface PageHeadProps {
  title: string;
  /** the pages above this one; only those with an address are shown, the page itself is the title */
  breadcrumb?: readonly Crumb[] | undefined;
  /** unit, year, date: a GET form or links, kept in the URL */
  scope?: ReactNode;
  /** the page's one primary action */
  action?: ReactNode;
  /** a line below the title: number, state, last change by whom */
  meta?: ReactNode;
}

/** Where one is, what it is called, for which scope, and the one thing to do here. */
export function PageHead({ title, breadcrumb = [], scope, action, meta }: PageHeadProps) {
  const above = breadcrumb.flatMap(({ label, to }) => (to === undefined ? [] : [{ label, to }]));
  return (
    <header className="mb-6">
      {above.length > 0 ? <Breadcrumb crumbs={above} /> : null}
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <h1 tabIndex={-1} className="text-2xl font-semibold">
            {title}
          </h1>
          {meta ? <div className="mt-1 text-sm text-ink-muted">{meta}</div> : null}
        </div>
        {scope || action ? (
          <div className="flex flex-wrap items-center gap-3">
            {scope ? <div className="no-print">{scope}</div> : null}
            {action ? <div className="no-print flex flex-wrap items-center gap-3">{action}</div> : null}
          </div>
        ) : null}
      </div>
    </header>
  );
}

function Breadcrumb({ crumbs }: { crumbs: readonly { label: string; to: string }[] }) {
  return (
    <nav aria-label="当前位置" className="mb-1">
      <ol className="flex flex-wrap text-sm text-ink-muted">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="leading-6">
            {index > 0 ? (
              <span aria-hidden="true" className="px-2">
                /
              </span>
            ) : null}
            <Link to={crumb.to} className="hover:text-accent hover:underline">
              {crumb.label}
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
