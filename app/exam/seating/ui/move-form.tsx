import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { PlanPage } from '../plan-view.server.ts';
import type { Posted } from '../posted.ts';
import { SeatedPersonField } from './seated-person-field.tsx';

const NOTHING: Readonly<Record<string, string>> = {};

/** Moves one person of the shown room to a free seat of any room; the reason is kept. */
export function MoveForm({ page, posted }: { page: PlanPage; posted: Posted | null }) {
  if (page.grid.flat().every(({ person }) => person === null)) return null;
  const values = posted?.values ?? NOTHING;
  const errors = posted?.errors ?? NOTHING;
  return (
    <FormShell id="move" commandId={page.commandId}>
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <SeatedPersonField page={page} posted={posted} />
        <SelectField
          label="调整到考场"
          name="roomId"
          required
          placeholder={null}
          defaultValue={values.roomId ?? page.room?.id}
          error={errors.roomId}
          options={page.rooms.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <TextField
          label="座位号"
          name="seatNo"
          required
          width="short"
          inputMode="numeric"
          hint="须为空座"
          defaultValue={values.seatNo}
          error={errors.seatNo}
        />
        <TextField
          label="调整原因"
          name="reason"
          required
          hint="如：行动不便，调至靠门座位"
          defaultValue={values.reason}
          error={errors.reason}
        />
      </div>
      <SubmitButton tone="secondary">调整座位</SubmitButton>
    </FormShell>
  );
}
