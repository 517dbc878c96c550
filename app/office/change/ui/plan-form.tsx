import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { PLAN_LABELS } from '../plan-words.ts';
import type { PlanFieldsProps } from './plan-fields.tsx';
import { PlanFields } from './plan-fields.tsx';

export interface PlanFormProps extends PlanFieldsProps {
  commandId: string;
  /** to the choice of units, with those that are chosen */
  back: string;
}

/** Second step of an act: what becomes of what, from which day, by which document. */
export function PlanForm({ commandId, back, ...fields }: PlanFormProps) {
  const { page, values, errors } = fields;
  const errorOf = (name: string) => errors.find((one) => one.name === name)?.message;
  return (
    <FormShell id="plan" commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <p>
        <span className="text-ink-muted">已选：</span>
        {page.picked.map((choice) => choice.name).join('、')}
      </p>
      <PlanFields {...fields} />
      <DateField
        label={PLAN_LABELS.effectiveDay ?? ''}
        name="effectiveDay"
        required
        defaultValue={values.effectiveDay ?? ''}
        error={errorOf('effectiveDay')}
        hint="如 2026-11-21；晚于今天的，到期自动生效，此前可以撤销"
      />
      <TextField
        label={PLAN_LABELS.documentNo ?? ''}
        name="documentNo"
        required
        width="medium"
        maxLength={60}
        defaultValue={values.documentNo ?? ''}
        error={errorOf('documentNo')}
        hint="如 某编发〔2026〕12号"
      />
      <div className="flex flex-wrap gap-3">
        <SubmitButton busyText="正在核对…">下一步：预览影响</SubmitButton>
        <LinkButton to={back}>重新选择</LinkButton>
      </div>
    </FormShell>
  );
}
