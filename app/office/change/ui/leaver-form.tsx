import type { SubmissionResult } from '@conform-to/react';
import { LEAVING_LABELS, LEAVING_REASONS } from '#app/organization/change/leaving.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { LEAVER_LABELS, leaverSchema } from '../people.schema.ts';

/** The leaving with its reason, day and proof; what follows is said before the button. */
export function LeaverForm({
  personName,
  commandId,
  lastResult,
}: {
  personName: string;
  commandId: string;
  lastResult: SubmissionResult<string[]> | null;
}) {
  const { shell, fields, errors } = useServerForm({
    id: 'leaver',
    schema: leaverSchema,
    lastResult,
    labels: LEAVER_LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <SelectField
        label={LEAVER_LABELS.reason}
        options={LEAVING_REASONS.map((reason) => ({ value: reason, label: LEAVING_LABELS[reason] }))}
        {...fieldProps(fields.reason)}
      />
      <DateField
        label={LEAVER_LABELS.awayFromDay}
        hint="不再属于本单位的第一天，如 2026-11-21"
        {...fieldProps(fields.awayFromDay)}
      />
      <TextField
        label={LEAVER_LABELS.documentNo}
        width="medium"
        hint="退休审批、免职、调令、处分决定等文号"
        {...fieldProps(fields.documentNo)}
      />
      <TextArea label={LEAVER_LABELS.note} rows={3} {...fieldProps(fields.note)} />
      <Callout tone="warning" title={`将登记 ${personName} 离岗`}>
        自离岗之日起不再计入应训人员，系统授权同日终止，在途调动退回；证件的收回、注销转司法局办理。历史学时和履历保留。
      </Callout>
      <SubmitButton tone="danger" busyText="正在登记…">
        登记离岗
      </SubmitButton>
    </FormShell>
  );
}
