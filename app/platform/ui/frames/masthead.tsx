import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { formatCount } from '../text/format.ts';

/** First thing the keyboard reaches on every page. */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="no-print sr-only focus:not-sr-only focus:fixed focus:left-4 focus:top-2 focus:z-toast focus:rounded focus:bg-surface-raised focus:px-4 focus:py-2 focus:text-accent"
    >
      跳到主要内容
    </a>
  );
}

/** The bar on top of every page inside the office. */
export function Masthead({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <header className={cx('no-print sticky top-0 z-frame bg-masthead text-on-masthead', className)}>
      {children}
    </header>
  );
}

export function Wordmark({ className }: { className?: string }) {
  return (
    <Link to="/" className={cx('whitespace-nowrap text-lg font-semibold tracking-[0.12em]', className)}>
      执法学堂
    </Link>
  );
}

/** The one place notices land, with the number that needs action. */
export function InboxLink({ unread }: { unread: number | null }) {
  if (unread === null) return null;
  return (
    <Link
      to="/inbox"
      aria-label={unread > 0 ? `收件箱，${unread} 条待处理` : '收件箱'}
      className="flex h-10 items-center gap-1.5 whitespace-nowrap rounded px-2 text-sm hover:bg-on-masthead/10"
    >
      收件箱
      {unread > 0 ? (
        <span className="min-w-5 rounded-full bg-on-masthead px-1.5 text-center text-xs font-semibold tabular-nums text-masthead">
          {formatCount(unread)}
        </span>
      ) : null}
    </Link>
  );
}
