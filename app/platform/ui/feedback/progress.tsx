export interface ProgressBarProps {
  value: number;
  max: number;
  label: string;
  /** counts and remaining time in words: `已处理 3,200 / 8,854，约 2 分钟` */
  detail: string;
}

/** Long work, with its counts. The bar repeats what the words say. */
export function ProgressBar({ value, max, label, detail }: ProgressBarProps) {
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  return (
    <div>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm">
        <span className="font-semibold">{label}</span>
        <span className="tabular-nums text-ink-muted">{detail}</span>
      </div>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={detail}
        className="mt-1.5 h-2 overflow-hidden rounded-sm bg-chart-track"
      >
        <div className="h-full bg-accent" style={{ width: `${(share * 100).toFixed(2)}%` }} />
      </div>
    </div>
  );
}
