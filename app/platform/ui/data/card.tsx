import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

export interface CardProps {
  title?: string | undefined;
  /** beside the title, e.g. a link or a badge */
  action?: ReactNode;
  footer?: ReactNode;
  /** heading level in the page's outline */
  level?: 2 | 3 | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** One matter in a bordered box. Cards do not nest. */
export function Card({ title, action, footer, level = 2, className, children }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section
      className={cx('keep-together flex flex-col rounded-md border border-line bg-surface-raised', className)}
    >
      {title || action ? (
        <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-5 pt-4">
          {title ? <Heading className="text-base font-semibold">{title}</Heading> : null}
          {action ? <div className="text-sm">{action}</div> : null}
        </header>
      ) : null}
      <div className="flex-1 px-5 py-4">{children}</div>
      {footer ? <footer className="border-t border-line px-5 py-3 text-sm">{footer}</footer> : null}
    </section>
  );
}
