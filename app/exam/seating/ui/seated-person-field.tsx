import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import type { PlanPage } from '../plan-view.server.ts';
import type { Posted } from '../posted.ts';

/**
 * Chooses one of the people who sit in the shown room, in the order of its plan.
 * @param without leaves out whom a paper was drawn for: they cannot leave the sitting
 */
export function SeatedPersonField({
  page,
  posted,
  without,
}: {
  page: PlanPage;
  posted: Posted | null;
  without?: 'papers';
}) {
  const people = page.grid
    .flat()
    .flatMap(({ person, seatNo }) =>
      person && !(without === 'papers' && person.hasPaper) ? [{ person, seatNo }] : [],
    );
  return (
    <SelectField
      label="考生"
      name="registrationId"
      required
      defaultValue={posted?.values.registrationId}
      error={posted?.errors.registrationId}
      options={people.map(({ person, seatNo }) => ({
        value: person.registrationId,
        label: `${String(seatNo).padStart(2, '0')} ${person.name}（${person.unitName}）`,
      }))}
    />
  );
}
