import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { DeputyCandidate } from '../delegation.store.server.ts';

export interface DelegationFormProps {
  commandId: string;
  today: string;
  candidates: readonly DeputyCandidate[];
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string | undefined>>;
}

const LABELS: Readonly<Record<string, string>> = {
  deputyAccountId: '代办人',
  kind: '方式',
  fromDay: '开始日期',
  lastDay: '最后一日',
  reason: '事由',
};

/** Names a colleague who stands in, how and for how long. */
export function DelegationForm({ commandId, today, candidates, values, errors }: DelegationFormProps) {
  return (
    <FormShell id="delegation" commandId={commandId} warnUnsaved>
      <ErrorSummary
        errors={Object.entries(errors).flatMap(([name, message]) =>
          message === undefined ? [] : [{ name, label: LABELS[name] ?? name, message }],
        )}
      />
      <SelectField
        label="代办人"
        name="deputyAccountId"
        required
        defaultValue={values.deputyAccountId}
        error={errors.deputyAccountId}
        options={candidates.map((one) => ({
          value: one.accountId,
          label: `${one.displayName}（${one.unitName}）`,
        }))}
      />
      <RadioGroup
        label="方式"
        name="kind"
        required
        defaultValue={values.kind ?? 'absence'}
        error={errors.kind}
        options={[
          { value: 'absence', label: '离岗代办', hint: '出差、休假等，到期自动收回' },
          { value: 'deputy', label: 'B 岗', hint: '长期互为备岗，可不填结束日期' },
        ]}
      />
      <DateField
        label="开始日期"
        name="fromDay"
        required
        defaultValue={values.fromDay ?? today}
        error={errors.fromDay}
      />
      <DateField
        label="最后一日"
        name="lastDay"
        defaultValue={values.lastDay}
        error={errors.lastDay}
        hint="代办到这一天为止，含当日"
      />
      <TextField
        label="事由"
        name="reason"
        required
        defaultValue={values.reason}
        error={errors.reason}
        hint="如“外出培训”"
      />
      <SubmitButton name="intent" value="start" busyText="正在保存…">
        确定代办人
      </SubmitButton>
    </FormShell>
  );
}
