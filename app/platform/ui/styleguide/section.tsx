import type { ReactNode } from 'react';

/** One chapter of the style guide. */
export function Section({
  id,
  title,
  note,
  children,
}: {
  id: string;
  title: string;
  note?: string;
  children: ReactNode;
}) {
  return (
    <section id={id} className="scroll-mt-20 border-t border-line py-10">
      <h2 className="text-xl font-semibold">{title}</h2>
      {note ? <p className="mt-1 max-w-measure text-sm text-ink-muted">{note}</p> : null}
      <div className="mt-6 space-y-8">{children}</div>
    </section>
  );
}

/** Variants of one component side by side, named by their use. */
export function Sample({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <p className="mb-2 text-sm text-ink-muted">{label}</p>
      {children}
    </div>
  );
}

export function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap items-center gap-x-4 gap-y-3">{children}</div>;
}
