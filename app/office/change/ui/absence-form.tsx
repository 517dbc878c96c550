import type { SubmissionResult } from '@conform-to/react';
import { ABSENCE_KINDS, ABSENCE_LABELS } from '#app/organization/change/absence.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { ABSENCE_FIELD_LABELS as LABELS, absenceSchema } from '../people.schema.ts';

/** A new absence; the sentence above the button says what it means for the card. */
export function AbsenceForm({
  personName,
  unitName,
  commandId,
  lastResult,
}: {
  personName: string;
  unitName: string;
  commandId: string;
  lastResult: SubmissionResult<string[]> | null;
}) {
  const { shell, fields, errors } = useServerForm({
    id: 'absence',
    schema: absenceSchema,
    lastResult,
    defaultValue: { cardKeeper: unitName },
    labels: LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <SelectField
        label={LABELS.kind}
        options={ABSENCE_KINDS.map((kind) => ({ value: kind, label: ABSENCE_LABELS[kind] }))}
        {...fieldProps(fields.kind)}
      />
      <DateField label={LABELS.validFrom} {...fieldProps(fields.validFrom)} />
      <DateField label={LABELS.expectedReturnDay} {...fieldProps(fields.expectedReturnDay)} />
      <TextField
        label={LABELS.destination}
        hint="借调、挂职、驻村的单位或地点"
        {...fieldProps(fields.destination)}
      />
      <TextField label={LABELS.documentNo} width="medium" {...fieldProps(fields.documentNo)} />
      <TextField
        label={LABELS.cardKeeper}
        hint="离岗期间保管执法证件的单位或人员；本人持有的留空"
        {...fieldProps(fields.cardKeeper)}
      />
      <Callout tone="info" title={`${personName} 离岗期间仍归属${unitName}`}>
        证件代管记入证件履历，证件状态不变，不启动收回、注销时限；预计返岗日期过后提醒本单位登记返岗或延长。
      </Callout>
      <SubmitButton busyText="正在登记…">登记离岗</SubmitButton>
    </FormShell>
  );
}
