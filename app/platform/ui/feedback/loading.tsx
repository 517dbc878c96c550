import { cx } from '../cx.ts';

const WIDTHS = ['w-full', 'w-11/12', 'w-4/5'] as const;

/** Grey lines in the place of what comes, so that nothing jumps when it does. They stand still. */
export function Loading({ lines = 3, label = '正在载入…' }: { lines?: number; label?: string }) {
  return (
    <div role="status" className="space-y-3 py-2">
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span
          key={index}
          aria-hidden="true"
          className={cx('block h-4 rounded-sm bg-surface-sunken', WIDTHS[index % WIDTHS.length])}
        />
      ))}
    </div>
  );
}
