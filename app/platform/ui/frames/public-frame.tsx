import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { Disclosure } from '../data/disclosure.tsx';
import { ToastRegion } from '../feedback/toast.tsx';
import type { Notice } from '../feedback/toast.tsx';
import { DEFAULT_PREFERENCES } from '../theme/preferences.ts';
import type { Preferences } from '../theme/preferences.ts';
import { useFocusOnArrival } from './arrival.ts';
import { SkipLink } from './masthead.tsx';
import { PreferenceForms } from './preference-forms.tsx';

export interface PublicFrameProps {
  preferences?: Preferences | undefined;
  /** who answers here: `云州市司法局` */
  office?: string | undefined;
  notice?: Notice | null | undefined;
  children: ReactNode;
}

/** The counter: one question in the middle, nothing beside it. */
export function PublicFrame({
  preferences = DEFAULT_PREFERENCES,
  office,
  notice,
  children,
}: PublicFrameProps) {
  useFocusOnArrival();
  return (
    <div className="flex min-h-screen flex-col bg-surface-raised">
      <SkipLink />
      <header className="no-print border-b border-line">
        <div className="mx-auto flex h-14 max-w-3xl items-center gap-4 px-4 lg:px-8">
          <Link to="/" className="text-lg font-semibold tracking-[0.12em] text-accent">
            执法学堂
          </Link>
          {office ? <span className="truncate text-sm text-ink-muted">{office}</span> : null}
          <div className="ml-auto">
            <Disclosure
              summary="显示设置"
              summaryClassName="flex h-10 items-center rounded px-2 text-sm text-accent hover:bg-accent-soft"
            >
              <div className="p-4">
                <PreferenceForms theme={preferences.theme} elder={preferences.elder} />
              </div>
            </Disclosure>
          </div>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="mx-auto w-full max-w-3xl flex-1 px-4 py-12 lg:px-8 lg:py-20">
        {children}
      </main>
      <footer className="no-print border-t border-line">
        <nav
          aria-label="公共服务"
          className="mx-auto flex max-w-3xl flex-wrap gap-x-6 gap-y-2 px-4 py-5 text-sm text-ink-muted lg:px-8"
        >
          <Link to="/verify" className="hover:text-accent">
            执法证件查验
          </Link>
          <Link to="/login" className="hover:text-accent">
            工作人员登录
          </Link>
        </nav>
      </footer>
      <ToastRegion notice={notice} />
    </div>
  );
}
