import type { SubmissionResult } from '@conform-to/react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { FILING_LABELS, filingSchema } from '../application.schema.ts';

export interface FilingFormProps {
  personId: string;
  personName: string;
  unitName: string;
  fields: readonly { readonly code: string; readonly name: string }[];
  fieldCode: string | null;
  area: string;
  commandId: string;
  lastResult: SubmissionResult<string[]> | null;
}

/** What the unit states; the sentence above the button says what will be sent to whom. */
export function FilingForm(props: FilingFormProps) {
  const { personId, personName, unitName, fields: choices, fieldCode, area, commandId, lastResult } = props;
  const { shell, fields, errors } = useServerForm({
    id: 'filing',
    schema: filingSchema,
    lastResult,
    defaultValue: { fieldCode: fieldCode ?? '', area },
    labels: FILING_LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="personId" value={personId} />
      <SelectField
        label={FILING_LABELS.fieldCode}
        options={choices.map(({ code, name }) => ({ value: code, label: name }))}
        {...fieldProps(fields.fieldCode)}
      />
      <TextField
        label={FILING_LABELS.area}
        hint="与证件上所印一致，如 某县行政区域"
        {...fieldProps(fields.area)}
      />
      <Callout tone="info" title={`将由 ${unitName} 为 ${personName} 申领行政执法证`}>
        提交后由司法局（乡镇由司法所）初审，再由另一名人员批准并核发。提交前请核对在编在岗情况。
      </Callout>
      <SubmitButton busyText="正在提交…">提交申领</SubmitButton>
    </FormShell>
  );
}
