import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';

interface Group {
  readonly title: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
}

/** What goes with a person who moves, area by area; an area without anything says so. */
export function FactGroups({ groups }: { groups: readonly Group[] }) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-2">
      {groups.map((group) => (
        <Card key={group.title} title={group.title}>
          {group.facts.length === 0 ? (
            <p className="text-ink-muted">无。</p>
          ) : (
            <DefinitionList items={group.facts.map((fact) => ({ term: fact.label, value: fact.value }))} />
          )}
        </Card>
      ))}
    </div>
  );
}
