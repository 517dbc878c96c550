import type { SubmissionResult } from '@conform-to/react';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { MAX_PROOF_BYTES, PROOF_ACCEPT, PROOF_KINDS } from '../../claim/proof.ts';
import { CORRECTION_REASON_LABELS, CORRECTION_REASONS } from '../correction.ts';
import { REQUEST_LABELS, requestSchema } from '../correction.schema.ts';

export interface RequestFormProps {
  readonly commandId: string;
  readonly expectedVersion?: number | undefined;
  readonly entrySeconds: number;
  readonly needsProof: boolean;
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** What is right instead of an entry, why, and with which proof. */
export function RequestForm(props: RequestFormProps) {
  const { shell, fields, errors } = useServerForm({
    id: 'correction',
    schema: requestSchema,
    lastResult: props.lastResult,
    labels: REQUEST_LABELS,
  });
  return (
    <FormShell
      {...shell}
      commandId={props.commandId}
      expectedVersion={props.expectedVersion}
      encType="multipart/form-data"
      warnUnsaved
    >
      <ErrorSummary errors={errors} />
      <TextField
        label={REQUEST_LABELS.hours}
        width="short"
        unit="学时"
        inputMode="decimal"
        autoComplete="off"
        hint={`现登记 ${formatHours(props.entrySeconds)}；整条作废的填 0`}
        {...fieldProps(fields.hours)}
      />
      <SelectField
        label={REQUEST_LABELS.reasonCode}
        options={CORRECTION_REASONS.map((value) => ({ value, label: CORRECTION_REASON_LABELS[value] }))}
        {...fieldProps(fields.reasonCode)}
      />
      <TextArea
        label={REQUEST_LABELS.reason}
        rows={3}
        hint="会与更正记录一并保存，本人可以看到"
        {...fieldProps(fields.reason)}
      />
      <FileField
        label={REQUEST_LABELS.proofs}
        name="proofs"
        error={errors.find(({ name }) => name === 'proofs')?.message}
        multiple
        accept={PROOF_ACCEPT}
        maxBytes={MAX_PROOF_BYTES}
        kinds={PROOF_KINDS}
        required={props.needsProof}
        hint="如签到表、结业证书、情况说明"
      />
      <SubmitButton busyText="正在提交…">提交更正申请</SubmitButton>
    </FormShell>
  );
}
