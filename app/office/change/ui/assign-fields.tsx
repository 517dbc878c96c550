import type { Option } from '#app/platform/ui/form/select-field.tsx';
import { Options } from '#app/platform/ui/form/select-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import type { PlanValues } from '../plan-form.ts';
import { KEEP_UNIT, NEW_TARGET } from '../plan-form.ts';
import type { Choice } from '../wizard-view.server.ts';
import type { Filled } from './plan-fields.tsx';

interface AssignPeopleProps {
  people: readonly { readonly id: string; readonly name: string }[];
  values: PlanValues;
  options: readonly Option[];
  /** what happens to who is not assigned */
  empty: string;
  hint: string;
}

/** One row a person: where each of them goes. */
export function AssignPeople({ people, values, options, empty, hint }: AssignPeopleProps) {
  if (people.length === 0) return <p className="text-ink-muted">该单位目前没有在编在册人员。</p>;
  return (
    <div className="max-w-3xl">
      <p className="mb-2 text-sm text-ink-muted">{hint}</p>
      <SimpleTable
        caption={`人员安排（${people.length} 人）`}
        head={['姓名', '去向']}
        rows={people.map((person) => ({
          key: person.id,
          cells: [
            person.name,
            <select
              key="place"
              name={`person.${person.id}`}
              aria-label={`${person.name}的去向`}
              defaultValue={values[`person.${person.id}`] ?? ''}
              className="control"
            >
              <option value="">{empty}</option>
              <Options options={options} />
            </select>,
          ],
        }))}
      />
    </div>
  );
}

const NEEDED_WHEN = '有单位选择“并入新设单位”时填写';

/** Units of merging townships: each goes over as it is, or merges in the same act. */
export function AssignUnits({
  merging,
  values,
  filled,
}: {
  merging: readonly Choice[];
  values: PlanValues;
  filled: Filled;
}) {
  return (
    <div className="max-w-3xl space-y-4">
      <SimpleTable
        caption={`所属单位安排（${merging.length} 个）`}
        head={['单位', '安排']}
        rows={merging.map((unit) => ({
          key: unit.id,
          cells: [
            `${unit.name}（${unit.place}）`,
            <select
              key="place"
              name={`unit.${unit.id}`}
              aria-label={`${unit.name}的安排`}
              defaultValue={values[`unit.${unit.id}`] ?? KEEP_UNIT}
              className="control"
            >
              <option value={KEEP_UNIT}>保留，随区划划入</option>
              <option value={NEW_TARGET}>并入新设单位</option>
              <Options
                options={merging
                  .filter((other) => other.id !== unit.id)
                  .map((other) => ({ value: other.id, label: `并入 ${other.name}` }))}
              />
            </select>,
          ],
        }))}
      />
      <TextField {...filled('newUnitName')} required={NEEDED_WHEN} />
      <TextField
        {...filled('newUnitCode')}
        width="medium"
        required={NEEDED_WHEN}
        hint="字母、数字或短横线，在本系统内唯一"
      />
    </div>
  );
}
