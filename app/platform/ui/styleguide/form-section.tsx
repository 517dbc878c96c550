import type { SubmissionResult } from '@conform-to/react';
import { CheckboxField } from '../form/checkbox-field.tsx';
import { DateRangeField } from '../form/date-range-field.tsx';
import { ErrorSummary } from '../form/error-summary.tsx';
import { FileField } from '../form/file-field.tsx';
import { FormShell } from '../form/form-shell.tsx';
import { RadioGroup } from '../form/radio-group.tsx';
import { SelectField } from '../form/select-field.tsx';
import { SubmitButton } from '../form/submit-button.tsx';
import { TextArea } from '../form/text-area.tsx';
import { TextField } from '../form/text-field.tsx';
import { checkboxProps, fieldProps, useServerForm } from '../form/use-server-form.ts';
import { SAMPLE_UNITS } from './sample-officers.ts';
import { PLAN_LABELS, samplePlanSchema } from './sample-plan.schema.ts';
import { Section } from './section.tsx';

const FORM_ID = 'sample-plan';
const MAX_FILE_BYTES = 10 * 1024 * 1024;
const MODES = [
  { value: 'onsite', label: '集中面授', hint: '按签到与签退计学时' },
  { value: 'online', label: '网络学习', hint: '按核验时长计学时' },
  { value: 'mixed', label: '面授与网络结合' },
];

export interface FormSectionProps {
  commandId: string;
  lastResult: SubmissionResult<string[]> | null;
}

export function FormSection({ commandId, lastResult }: FormSectionProps) {
  const { shell, fields, errors } = useServerForm({
    id: FORM_ID,
    schema: samplePlanSchema,
    lastResult,
    labels: PLAN_LABELS,
  });
  return (
    <Section id="form" title="表单" note="无脚本也能提交；出错时保留已填内容，汇总在上，逐项说明在旁。">
      <FormShell {...shell} commandId={commandId} warnUnsaved>
        <ErrorSummary errors={errors} />
        <TextField label={PLAN_LABELS.title} hint="写明对象与期次" {...fieldProps(fields.title)} />
        <SelectField
          label={PLAN_LABELS.unit}
          options={SAMPLE_UNITS.map((unit) => ({ value: unit, label: unit }))}
          {...fieldProps(fields.unit)}
        />
        <DateRangeField
          label={PLAN_LABELS.startDay}
          required
          fromName={fields.startDay.name}
          fromValue={fields.startDay.defaultValue}
          fromError={fields.startDay.errors?.[0]}
          toName={fields.endDay.name}
          toValue={fields.endDay.defaultValue}
          toError={fields.endDay.errors?.[0]}
        />
        <TextField
          label={PLAN_LABELS.statedHours}
          width="short"
          unit="学时"
          inputMode="numeric"
          {...fieldProps(fields.statedHours)}
        />
        <RadioGroup label={PLAN_LABELS.mode} options={MODES} {...fieldProps(fields.mode)} />
        <TextArea label={PLAN_LABELS.reason} {...fieldProps(fields.reason)} />
        <FileField
          label="学员名单"
          name="roster"
          kinds="Excel 工作簿（.xlsx）"
          accept=".xlsx"
          maxBytes={MAX_FILE_BYTES}
        />
        <CheckboxField
          label="场地与师资已落实，名单经单位负责人同意"
          {...checkboxProps(fields.isConfirmed)}
        />
        <SubmitButton busyText="正在提交…">提交办班计划</SubmitButton>
      </FormShell>
    </Section>
  );
}
