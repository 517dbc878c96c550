import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

export interface ErrorPanelProps {
  /** HTTP status, or the state of the network or session */
  status: number | 'offline' | 'expired';
  title: string;
  text: string;
  /** stands in the log; told to whoever is asked for help */
  requestId?: string | null | undefined;
  /** the one next step */
  next: ReactNode;
  /** 1 where it stands for the whole page, lower inside one */
  level?: 1 | 2 | 3 | undefined;
}

const HEADINGS = { 1: 'h1', 2: 'h2', 3: 'h3' } as const;

/** A page or part that cannot be shown: what happened, what is kept, what to do. */
export function ErrorPanel({ status, title, text, requestId, next, level = 1 }: ErrorPanelProps) {
  const Heading = HEADINGS[level];
  return (
    <section className={cx('max-w-measure', level === 1 && 'py-6')}>
      {typeof status === 'number' ? (
        <p className="text-sm tabular-nums text-ink-muted">{`状态 ${status}`}</p>
      ) : null}
      <Heading className={cx('mt-1 font-semibold', level === 1 ? 'text-2xl' : 'text-lg')}>{title}</Heading>
      <p className="mt-3">{text}</p>
      <div className="mt-6">{next}</div>
      {requestId ? (
        <p className="mt-10 border-t border-line pt-3 text-sm text-ink-muted">
          请求编号 <span className="select-all break-all font-mono">{requestId}</span>，咨询时请提供。
        </p>
      ) : null}
    </section>
  );
}
