import type { SubmissionResult } from '@conform-to/react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { checkboxProps, fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { CORRECT_LABELS, correctPersonSchema } from '../roster.schema.ts';

export interface CorrectFormProps {
  readonly commandId: string;
  readonly person: {
    readonly name: string;
    readonly idNumberMasked: string;
    readonly education: string | null;
    readonly hasLegalQualification: boolean;
  };
  readonly maxScanBytes: number;
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** What stands beside each field is what is registered; a field left blank stays as it is. */
export function CorrectForm({ commandId, person, maxScanBytes, lastResult }: CorrectFormProps) {
  const { shell, fields, errors } = useServerForm({
    id: 'correct',
    schema: correctPersonSchema,
    lastResult,
    defaultValue: {
      education: person.education ?? '',
      ...(person.hasLegalQualification ? { hasLegalQualification: 'on' as const } : {}),
    },
    labels: CORRECT_LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} encType="multipart/form-data" warnUnsaved>
      <ErrorSummary errors={errors} />
      <Callout tone="info" title="姓名和身份证号的更正，须由另一名人员复核后生效">
        其他内容提交后即时生效。更正前后的内容和依据都会留存。
      </Callout>
      <TextField
        label={CORRECT_LABELS.name}
        width="medium"
        autoComplete="off"
        hint={`现登记：${person.name}。不更正的留空`}
        {...fieldProps(fields.name)}
      />
      <TextField
        label={CORRECT_LABELS.idNumber}
        width="medium"
        autoComplete="off"
        hint={`现登记：${person.idNumberMasked}。不更正的留空`}
        {...fieldProps(fields.idNumber)}
      />
      <TextField label={CORRECT_LABELS.education} width="medium" {...fieldProps(fields.education)} />
      <CheckboxField
        label={CORRECT_LABELS.hasLegalQualification}
        {...checkboxProps(fields.hasLegalQualification)}
      />
      <TextField
        label={CORRECT_LABELS.phone}
        width="medium"
        inputMode="tel"
        autoComplete="off"
        hint="不更正的留空"
        {...fieldProps(fields.phone)}
      />
      <TextArea
        label={CORRECT_LABELS.proof}
        rows={2}
        hint="如 户口本、公安机关证明及文号"
        {...fieldProps(fields.proof)}
      />
      <FileField
        label="证明材料扫描件"
        name="scan"
        maxBytes={maxScanBytes}
        kinds="PDF、JPG 或 PNG"
        hint="加密保存，只有经办和复核人员可以查看"
      />
      <SubmitButton busyText="正在提交…">提交更正</SubmitButton>
    </FormShell>
  );
}
