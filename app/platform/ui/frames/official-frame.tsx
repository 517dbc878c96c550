import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { ToastRegion } from '../feedback/toast.tsx';
import type { Notice } from '../feedback/toast.tsx';
import { useSlashToSearch } from '../table/table-keyboard.ts';
import { AccountMenu } from './account-menu.tsx';
import { useFocusOnArrival } from './arrival.ts';
import type { FrameUser, NavGroup } from './frame-user.ts';
import { InboxLink, Masthead, SkipLink, Wordmark } from './masthead.tsx';
import { NavDrawer } from './nav-drawer.tsx';
import { SideNav } from './side-nav.tsx';

export interface OfficialFrameProps {
  user: FrameUser;
  nav: readonly NavGroup[];
  /** whether a site-wide search stands in the bar */
  hasSearch?: boolean | undefined;
  notice?: Notice | null | undefined;
  children: ReactNode;
}

/** Frame of those who run the office: navigation by task at the left, search in the bar, the desk in the middle. */
export function OfficialFrame({ user, nav, hasSearch = false, notice, children }: OfficialFrameProps) {
  useSlashToSearch();
  useFocusOnArrival();
  return (
    <div className="flex min-h-screen flex-col">
      <SkipLink />
      <Masthead>
        <div className="flex h-14 items-center gap-1 px-3 sm:gap-3 sm:px-4 lg:px-5">
          <NavDrawer groups={nav} />
          <Wordmark className="lg:w-[12.75rem]" />
          {user.unitName ? (
            <p className="hidden min-w-0 truncate text-sm text-on-masthead-muted xl:block">{user.unitName}</p>
          ) : null}
          {hasSearch ? <SiteSearch /> : null}
          <div className={cx('ml-auto flex items-center gap-1', hasSearch && 'md:ml-0')}>
            <InboxLink unread={user.unread} />
            <AccountMenu user={user} />
          </div>
        </div>
      </Masthead>
      <div className="flex flex-1">
        <aside className="no-print sticky top-14 hidden h-[calc(100vh-3.5rem)] w-56 shrink-0 overflow-y-auto border-r border-line bg-surface-raised lg:block">
          <SideNav groups={nav} />
        </aside>
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 pb-16 pt-5 lg:px-8 lg:pt-6">
          {children}
        </main>
      </div>
      <ToastRegion notice={notice} />
    </div>
  );
}

/** Persons, units, certificates, courses and sittings inside one's scope. */
function SiteSearch() {
  return (
    <Form
      method="get"
      action="/search"
      role="search"
      aria-label="全站"
      className="ml-auto hidden w-72 md:block"
    >
      <input
        type="search"
        name="q"
        data-slash="site"
        maxLength={100}
        aria-label="全站搜索"
        aria-keyshortcuts="/"
        placeholder="搜索人员、单位、证件"
        className="h-9 w-full rounded border border-on-masthead-muted/50 bg-transparent px-3 text-sm text-on-masthead placeholder:text-on-masthead-muted hover:border-on-masthead-muted focus-visible:outline-on-masthead"
      />
    </Form>
  );
}
