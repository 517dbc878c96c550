export interface RingProps {
  /** both in the same unit; the ring is full at `max` and never overfull */
  value: number;
  max: number;
  /** formatted figure in the middle: `42.67` */
  figure: string;
  /** below the figure: `/ 60 学时` */
  caption: string;
  /** what a screen reader hears: `本年学时 42.67，目标 60` */
  label: string;
}

const SIZE = 160;
const STROKE = 12;
const RADIUS = (SIZE - STROKE) / 2;
const LENGTH = 2 * Math.PI * RADIUS;

/** Progress towards one target as a ring, drawn on the server. */
export function Ring({ value, max, figure, caption, label }: RingProps) {
  const share = max > 0 ? Math.min(Math.max(value / max, 0), 1) : 0;
  const circle = { cx: SIZE / 2, cy: SIZE / 2, r: RADIUS, fill: 'none', strokeWidth: STROKE };
  return (
    <div role="img" aria-label={label} className="relative inline-block h-40 w-40 shrink-0">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} className="h-full w-full -rotate-90" aria-hidden="true">
        <circle {...circle} className="stroke-chart-track" />
        {share > 0 ? (
          <circle
            {...circle}
            className="stroke-accent"
            strokeDasharray={`${(LENGTH * share).toFixed(2)} ${LENGTH.toFixed(2)}`}
          />
        ) : null}
      </svg>
      <span
        aria-hidden="true"
        className="absolute inset-0 flex flex-col items-center justify-center tabular-nums"
      >
        <span className="text-3xl font-semibold tracking-tight">{figure}</span>
        <span className="text-sm text-ink-muted">{caption}</span>
      </span>
    </div>
  );
}
