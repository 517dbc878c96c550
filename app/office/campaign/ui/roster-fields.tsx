import { useState } from 'react';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { fieldId } from '#app/platform/ui/form/form-context.ts';
import { Options } from '#app/platform/ui/form/select-field.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { useHydrated } from '#app/platform/ui/hydrated.ts';
import type { RosterPerson } from '../kinds/roster-clearing.ts';
import { CLEARING_LABELS, CLEARING_STATUSES, isLeaving } from '../kinds/roster-clearing.ts';
import type { FieldAt } from './answer-form.tsx';

const STATUSES = [
  { value: '', label: '在岗' },
  ...CLEARING_STATUSES.map((value) => ({ value, label: CLEARING_LABELS[value] })),
];

/** Everyone of the unit, preset 在岗; who is not touched stays so. */
export function RosterFields({ people, fieldAt }: { people: readonly RosterPerson[]; fieldAt: FieldAt }) {
  return (
    <section aria-labelledby="roster" className="space-y-4">
      <h2 id="roster" className="text-lg font-semibold">
        在册人员 {people.length} 人
      </h2>
      <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
        {people.map((person) => (
          <PersonRow key={person.personId} person={person} fieldAt={fieldAt} />
        ))}
      </ul>
    </section>
  );
}

function PersonRow({ person, fieldAt }: { person: RosterPerson; fieldAt: FieldAt }) {
  const { personId, name, idNumberMasked, position } = person;
  const chosen = fieldAt(`${personId}.status`);
  const [status, setStatus] = useState(chosen.defaultValue);
  const isHydrated = useHydrated();
  const known = CLEARING_STATUSES.find((one) => one === status) ?? null;
  return (
    <li className="px-4 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <p>
          <span className="font-semibold">{name}</span>
          <span className="ml-3 text-sm tabular-nums text-ink-muted">
            {idNumberMasked}
            {position === null ? '' : `，${position}`}
          </span>
        </p>
        <div className="w-full sm:w-64">
          <label htmlFor={fieldId('answer', chosen.name)} className="sr-only">
            {name}的情况
          </label>
          <select
            id={fieldId('answer', chosen.name)}
            name={chosen.name}
            defaultValue={chosen.defaultValue}
            className="control"
            onChange={(event) => setStatus(event.currentTarget.value)}
          >
            <Options options={STATUSES} />
          </select>
        </div>
      </div>
      <details open={known !== null} hidden={isHydrated && known === null} className="mt-2">
        <summary className="cursor-pointer text-sm text-accent">日期和依据</summary>
        <div className="grid gap-4 pt-3 sm:grid-cols-2">
          <DateField
            label={known === null || isLeaving(known) ? '离岗日期' : '离开日期'}
            {...fieldAt(`${personId}.day`)}
            required
          />
          {known === null || !isLeaving(known) ? (
            <DateField
              label="预计返回日期"
              {...fieldAt(`${personId}.until`)}
              hint="借调、挂职、驻村、产假、长病假填写"
            />
          ) : null}
          <TextField label="依据文号" {...fieldAt(`${personId}.proofNo`)} required />
          <TextField label="说明" {...fieldAt(`${personId}.note`)} />
        </div>
      </details>
    </li>
  );
}
