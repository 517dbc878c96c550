import type { SubmissionResult } from '@conform-to/react';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { checkboxProps, fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { ENTER_LABELS, enterPersonSchema } from '../roster.schema.ts';
import { PostFields } from './post-fields.tsx';

export interface EnterPersonFormProps {
  readonly commandId: string;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  readonly today: string;
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** A new person, or one who comes back: the number decides which. */
export function EnterPersonForm({
  commandId,
  units,
  fields: choices,
  today,
  lastResult,
}: EnterPersonFormProps) {
  const { shell, fields, errors } = useServerForm({
    id: 'enter',
    schema: enterPersonSchema,
    lastResult,
    defaultValue: { fromDay: today, unitId: units.length === 1 ? (units[0]?.id ?? '') : '' },
    labels: ENTER_LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <TextField label={ENTER_LABELS.name} width="medium" autoComplete="off" {...fieldProps(fields.name)} />
      <TextField
        label={ENTER_LABELS.idNumber}
        width="medium"
        autoComplete="off"
        hint="18 位；按号码核对是否已在系统中登记，保存后只显示首尾各 4 位"
        {...fieldProps(fields.idNumber)}
      />
      <SelectField
        label={ENTER_LABELS.unitId}
        options={units.map(({ id, name }) => ({ value: id, label: name }))}
        {...fieldProps(fields.unitId)}
      />
      <DateField label={ENTER_LABELS.fromDay} {...fieldProps(fields.fromDay)} />
      <PostFields
        fields={choices}
        establishment={fieldProps(fields.establishment)}
        position={fieldProps(fields.position)}
        department={fieldProps(fields.department)}
        isEnforcementPost={checkboxProps(fields.isEnforcementPost)}
        fieldCode={fieldProps(fields.fieldCode)}
        enforcementArea={fieldProps(fields.enforcementArea)}
      />
      <TextField
        label={ENTER_LABELS.education}
        width="medium"
        hint="如 大学本科"
        {...fieldProps(fields.education)}
      />
      <CheckboxField
        label={ENTER_LABELS.hasLegalQualification}
        {...checkboxProps(fields.hasLegalQualification)}
      />
      <TextField
        label={ENTER_LABELS.phone}
        width="medium"
        inputMode="tel"
        autoComplete="off"
        hint="加密保存"
        {...fieldProps(fields.phone)}
      />
      <SubmitButton busyText="正在登记…">登记人员</SubmitButton>
    </FormShell>
  );
}
