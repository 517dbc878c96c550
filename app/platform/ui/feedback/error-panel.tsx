import type { ReactNode } from 'react';

export interface ErrorPanelProps {
  /** HTTP status, or the state of the network or session */
  status: number | 'offline' | 'expired';
  title: string;
  text: string;
  /** stands in the log; told to whoever is asked for help */
  requestId?: string | null | undefined;
  /** the one next step */
  next: ReactNode;
}

/** A page or part that cannot be shown: what happened, what is kept, what to do. */
export function ErrorPanel({ status, title, text, requestId, next }: ErrorPanelProps) {
  return (
    <section className="mx-auto max-w-measure px-6 py-16">
      {typeof status === 'number' ? (
        <p className="text-sm tabular-nums text-ink-muted">{`状态 ${status}`}</p>
      ) : null}
      <h1 className="mt-1 text-2xl font-semibold">{title}</h1>
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
