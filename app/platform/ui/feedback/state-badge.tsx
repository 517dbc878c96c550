import { cx } from '../cx.ts';

export type BadgeShape = 'solid' | 'half' | 'hollow' | 'dot';
export type BadgeTone = 'positive' | 'caution' | 'neutral' | 'danger' | 'pending';

export interface StateBadgeProps {
  /** solid: holds; half: held back; hollow: ended; dot: waits for someone */
  shape: BadgeShape;
  tone: BadgeTone;
  size?: 'medium' | 'large' | undefined;
  /** the state in words, which always stands */
  children: string;
}

const TONES: Record<BadgeTone, string> = {
  positive: 'text-positive',
  caution: 'text-caution',
  neutral: 'text-ink-muted',
  danger: 'text-danger',
  pending: 'text-accent',
};

/** A state: a word, with a shape before it that is told apart without colour. */
export function StateBadge({ shape, tone, size = 'medium', children }: StateBadgeProps) {
  return (
    <span
      data-shape={shape}
      className={cx(
        'whitespace-nowrap',
        TONES[tone],
        size === 'large' ? 'text-4xl font-semibold' : 'text-sm',
      )}
    >
      <Shape shape={shape} />
      {children}
    </span>
  );
}

function Shape({ shape }: { shape: BadgeShape }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 10 10"
      className="mr-[0.4em] inline-block h-[0.7em] w-[0.7em] align-[0.03em]"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    >
      {shape === 'dot' ? (
        <circle cx="5" cy="5" r="2.25" fill="currentColor" stroke="none" />
      ) : (
        <circle cx="5" cy="5" r="4" fill={shape === 'solid' ? 'currentColor' : 'none'} />
      )}
      {shape === 'half' ? <path d="M5 1a4 4 0 0 0 0 8z" fill="currentColor" stroke="none" /> : null}
    </svg>
  );
}
