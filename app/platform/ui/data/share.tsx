import { formatCount, formatPercent, NO_FIGURE } from '../text/format.ts';

/** `87.5%（7,748/8,854）`, the denominator quieter than the share; `–` when the whole is 0. */
export function Share({ part, whole }: { part: number; whole: number }) {
  if (whole <= 0) return <span>{NO_FIGURE}</span>;
  return (
    <span className="whitespace-nowrap tabular-nums">
      {formatPercent(part, whole)}
      <span className="text-ink-muted">
        （{formatCount(part)}/{formatCount(whole)}）
      </span>
    </span>
  );
}
