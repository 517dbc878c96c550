import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

/** Closes an open `<details>` on a click elsewhere and on Escape, giving the focus back to its summary. */
function useDismiss() {
  const ref = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const onPointer = (event: PointerEvent) => {
      const details = ref.current;
      if (details?.open && event.target instanceof Node && !details.contains(event.target))
        details.open = false;
    };
    const onKey = (event: KeyboardEvent) => {
      const details = ref.current;
      if (event.key !== 'Escape' || !details?.open) return;
      details.open = false;
      details.querySelector('summary')?.focus();
    };
    document.addEventListener('pointerdown', onPointer);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      document.removeEventListener('keydown', onKey);
    };
  }, []);
  return ref;
}

export interface DisclosureProps {
  summary: ReactNode;
  summaryClassName: string;
  align?: 'start' | 'end' | undefined;
  children: ReactNode;
}

/** A small panel below its summary: a native `<details>`, so it opens without JavaScript. */
export function Disclosure({ summary, summaryClassName, align = 'end', children }: DisclosureProps) {
  const ref = useDismiss();
  return (
    <details ref={ref} className="no-print relative">
      <summary className={summaryClassName}>{summary}</summary>
      <div
        className={cx(
          'absolute z-popover mt-1 w-64 max-w-[calc(100vw-2rem)] rounded-md border border-line bg-surface-raised text-ink shadow-overlay',
          align === 'end' ? 'right-0' : 'left-0',
        )}
      >
        {children}
      </div>
    </details>
  );
}
