import type { ReactNode } from 'react';

export interface CandidateFrameProps {
  /** name of the exam */
  title: string;
  /** name of the candidate */
  name: string;
  /** beside the name, small: when it ends */
  note?: string | undefined;
  /** remaining time and save state in words; keeps its width while they change */
  head: ReactNode;
  /** the map of questions: at the right, below on narrow screens */
  aside?: ReactNode;
  children: ReactNode;
}

/** The exam room: nothing leads away and nothing moves. It carries no form library, no dialogs and no router links,
 *  because this page has a budget of its own. A word without
 *  end in a question or a message breaks anywhere, before it pushes an option out of the window. */
export function CandidateFrame({ title, name, note, head, aside, children }: CandidateFrameProps) {
  return (
    <div className="flex min-h-screen flex-col bg-surface-raised [overflow-wrap:anywhere]">
      <header className="sticky top-0 z-frame border-b border-line-strong bg-surface-raised">
        <div className="mx-auto flex min-h-14 max-w-page flex-wrap items-center justify-between gap-x-8 gap-y-1 px-4 py-2 lg:px-8">
          <div className="min-w-0">
            <h1 className="truncate text-base font-semibold" title={title}>
              {title}
            </h1>
            <p className="text-sm text-ink-muted">
              {name}
              {note === undefined ? null : <span className="ml-3 tabular-nums">{note}</span>}
            </p>
          </div>
          <div className="tabular-nums">{head}</div>
        </div>
      </header>
      <div className="mx-auto flex w-full max-w-page flex-1 flex-col lg:flex-row">
        <main id="main" tabIndex={-1} className="min-w-0 flex-1 px-4 py-6 lg:px-8 lg:py-8">
          {children}
        </main>
        {aside ? (
          <aside className="shrink-0 border-t border-line px-4 py-6 lg:w-80 lg:border-l lg:border-t-0 lg:px-6 lg:py-8">
            <div className="lg:sticky lg:top-24">{aside}</div>
          </aside>
        ) : null}
      </div>
    </div>
  );
}
