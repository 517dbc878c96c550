import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

export interface StatProps {
  label: string;
  /** formatted by the caller: `7,748`, `87.5%` */
  value: string;
  unit?: string | undefined;
  /** what the figure is made of: denominator, day, comparison */
  detail?: ReactNode;
  tone?: 'neutral' | 'positive' | 'caution' | 'danger' | undefined;
}

const TONES = {
  neutral: 'text-ink',
  positive: 'text-positive',
  caution: 'text-caution',
  danger: 'text-danger',
} as const;

/** One figure with its name, unit and denominator. */
export function Stat({ label, value, unit, detail, tone = 'neutral' }: StatProps) {
  return (
    <div className="min-w-0">
      <p className="text-sm text-ink-muted">{label}</p>
      <p className={cx('mt-1 flex items-baseline gap-1 tabular-nums', TONES[tone])}>
        <span className="text-3xl font-semibold tracking-tight">{value}</span>
        {unit ? <span className="text-sm text-ink-muted">{unit}</span> : null}
      </p>
      {detail ? <p className="mt-1 text-sm text-ink-muted">{detail}</p> : null}
    </div>
  );
}

/** Stats side by side, divided by lines rather than boxes. */
export function StatRow({ children }: { children: ReactNode }) {
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,8.5rem),1fr))] gap-6 rounded-md border border-line bg-surface-raised p-5">
      {children}
    </div>
  );
}
