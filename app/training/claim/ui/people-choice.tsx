import { formatCount } from '#app/platform/ui/text/format.ts';
import type { PersonChoice } from '../claims-view.server.ts';

export interface PeopleChoiceProps {
  readonly people: readonly PersonChoice[];
  /** How many match, shown or not. */
  readonly total: number;
  readonly chosenIds: readonly string[];
}

/** The people of one training, ticked. What is ticked stays when the form comes back. */
export function PeopleChoice({ people, total, chosenIds }: PeopleChoiceProps) {
  const chosen = new Set(chosenIds);
  return (
    <fieldset className="max-w-3xl">
      <legend className="mb-1 font-semibold">参加人员</legend>
      <p className="mb-1.5 text-sm text-ink-muted">
        {total > people.length
          ? `共 ${formatCount(total)} 人，列出前 ${formatCount(people.length)} 人，请先按姓名查找`
          : `共 ${formatCount(total)} 人，勾选参加培训的人员`}
      </p>
      <ul className="grid max-h-80 gap-x-6 overflow-auto rounded border border-line-strong bg-surface-raised p-3 sm:grid-cols-2">
        {people.map(({ id, name, unitName }) => (
          <li key={id} className="flex min-h-8 items-start gap-3 py-1">
            <input
              type="checkbox"
              id={`person-${id}`}
              name="personIds"
              value={id}
              defaultChecked={chosen.has(id)}
              className="tick mt-[0.21875rem]"
            />
            <label htmlFor={`person-${id}`} className="cursor-pointer">
              {name}
              <span className="ml-2 text-sm text-ink-muted">{unitName}</span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
