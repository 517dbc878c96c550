import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

export type CalloutTone = 'info' | 'success' | 'warning' | 'danger';

const TONES: Record<CalloutTone, { box: string; word: string }> = {
  info: { box: 'border-accent bg-accent-soft', word: 'text-accent' },
  success: { box: 'border-positive bg-positive-soft', word: 'text-positive' },
  warning: { box: 'border-caution bg-caution-soft', word: 'text-caution' },
  danger: { box: 'border-danger bg-danger-soft', word: 'text-danger' },
};

export interface CalloutProps {
  tone: CalloutTone;
  /** says the matter, so that the tone needs no reading by colour */
  title: string;
  action?: ReactNode;
  children?: ReactNode;
}

/** Something to know before going on, where it matters. */
export function Callout({ tone, title, action, children }: CalloutProps) {
  const look = TONES[tone];
  return (
    <div className={cx('keep-together rounded border-l-4 px-5 py-3', look.box)}>
      <p className={cx('font-semibold', look.word)}>{title}</p>
      {children ? <div className="mt-1 text-ink">{children}</div> : null}
      {action ? <div className="mt-3">{action}</div> : null}
    </div>
  );
}
