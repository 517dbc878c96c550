import type { ReactNode } from 'react';

/** Nothing here, why, and the one next step. */
export function EmptyState({ title, text, action }: { title: string; text: string; action?: ReactNode }) {
  return (
    <div className="mx-auto max-w-measure px-6 py-12 text-center">
      <p className="text-lg font-semibold">{title}</p>
      <p className="mt-2 text-ink-muted">{text}</p>
      {action ? <div className="mt-6">{action}</div> : null}
    </div>
  );
}
