import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { ToastRegion } from '../feedback/toast.tsx';
import type { Notice } from '../feedback/toast.tsx';
import { AccountMenu } from './account-menu.tsx';
import { useFocusOnArrival } from './arrival.ts';
import type { FrameUser } from './frame-user.ts';
import { InboxLink, Masthead, SkipLink, Wordmark } from './masthead.tsx';

export type OfficerTab = 'home' | 'learn' | 'hours' | 'exam' | 'me';

const TABS: readonly { id: OfficerTab; to: string; label: string }[] = [
  { id: 'home', to: '/', label: '首页' },
  { id: 'learn', to: '/courses', label: '学习' },
  { id: 'hours', to: '/hours', label: '学时' },
  { id: 'exam', to: '/exams', label: '考试' },
  { id: 'me', to: '/me', label: '我的' },
];

export interface OfficerFrameProps {
  user: FrameUser;
  /** the tab the page belongs to; none on pages beside them */
  active?: OfficerTab | undefined;
  notice?: Notice | null | undefined;
  children: ReactNode;
}

/** Frame of those who learn: phone first, five tabs at the thumb; on wide screens the tabs stand in the bar. */
export function OfficerFrame({ user, active, notice, children }: OfficerFrameProps) {
  useFocusOnArrival();
  return (
    <div className="flex min-h-screen flex-col">
      <SkipLink />
      <Masthead>
        <div className="mx-auto flex h-14 max-w-page items-center gap-3 px-4 lg:px-8">
          <Wordmark />
          <nav aria-label="主导航" className="ml-8 hidden self-stretch md:block">
            <ul className="flex h-full gap-1">
              {TABS.map((tab) => (
                <li key={tab.id}>
                  <Link
                    to={tab.to}
                    aria-current={tab.id === active ? 'page' : undefined}
                    className={cx(
                      'flex h-full items-center border-y-2 border-t-transparent px-4',
                      tab.id === active
                        ? 'border-b-on-masthead font-semibold'
                        : 'border-b-transparent text-on-masthead-muted hover:text-on-masthead',
                    )}
                  >
                    {tab.label}
                  </Link>
                </li>
              ))}
            </ul>
          </nav>
          <div className="ml-auto flex items-center gap-1">
            <InboxLink unread={user.unread} />
            <AccountMenu user={user} />
          </div>
        </div>
      </Masthead>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-page flex-1 px-4 pb-28 pt-6 md:pb-16 lg:px-8 lg:pt-8"
      >
        {children}
      </main>
      <BottomTabs active={active} />
      <ToastRegion notice={notice} />
    </div>
  );
}

function BottomTabs({ active }: { active: OfficerTab | undefined }) {
  return (
    <nav
      aria-label="主导航"
      className="no-print fixed inset-x-0 bottom-0 z-frame border-t border-line bg-surface-raised pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="grid grid-cols-5">
        {TABS.map((tab) => (
          <li key={tab.id}>
            <Link
              to={tab.to}
              aria-current={tab.id === active ? 'page' : undefined}
              className={cx(
                '-mt-px flex h-14 items-center justify-center border-t-2',
                tab.id === active
                  ? 'border-accent font-semibold text-accent'
                  : 'border-transparent text-ink-muted',
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
