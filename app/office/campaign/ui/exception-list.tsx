import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { ExceptionLine } from '../kinds/kind.ts';

/** What differs from the preset, before and after side by side. */
export function ExceptionList({
  exceptions,
  sameLabel,
}: {
  exceptions: readonly ExceptionLine[];
  sameLabel: string;
}) {
  if (exceptions.length === 0)
    return (
      <p>
        <StateBadge shape="solid" tone="positive">
          {sameLabel}
        </StateBadge>
        ，没有变化。
      </p>
    );
  return (
    <ul className="space-y-6">
      {exceptions.map((line) => {
        const compares = line.facts.some((fact) => fact.before !== null);
        return (
          <li key={line.key}>
            <h3 className="mb-1 font-semibold">
              {line.title}
              <span className="ml-3 font-normal">
                <StateBadge shape="half" tone="caution">
                  {line.verdict}
                </StateBadge>
              </span>
            </h3>
            <SimpleTable
              caption={`${line.title}：${line.verdict}`}
              hideCaption
              head={compares ? ['项目', '上年', '本次'] : ['项目', '本次']}
              rows={line.facts.map((fact) => ({
                key: fact.label,
                cells: compares
                  ? [fact.label, fact.before ?? '–', fact.after ?? '–']
                  : [fact.label, fact.after ?? '–'],
              }))}
            />
          </li>
        );
      })}
    </ul>
  );
}
