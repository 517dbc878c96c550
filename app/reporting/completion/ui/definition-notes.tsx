import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Definition } from '../definitions.ts';

/** 口径: how each figure is counted and where that is written. Folded on screen, always printed. */
export function DefinitionNotes({ definitions }: { definitions: readonly Definition[] }) {
  return (
    <section aria-label="统计口径" className="rounded-md border border-line bg-surface-raised px-5 py-4">
      <h2 className="text-base font-semibold">统计口径</h2>
      <dl className="mt-3 grid gap-x-10 gap-y-4 lg:grid-cols-2">
        {definitions.map((definition) => (
          <div key={definition.term}>
            <dt className="flex flex-wrap items-baseline gap-x-3 text-sm font-semibold">
              {definition.term}
              {definition.isLapsed ? (
                <StateBadge shape="hollow" tone="danger">
                  依据已到期
                </StateBadge>
              ) : null}
            </dt>
            <dd className="mt-0.5 text-sm">
              {definition.text}
              {definition.source ? (
                <span className="mt-0.5 block text-ink-muted">依据：{definition.source}</span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
