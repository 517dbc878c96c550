import type { SubmissionResult } from '@conform-to/react';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { checkboxProps, fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import {
  FOCUS_POLICIES,
  FOCUS_POLICY_LABELS,
  PLACE_MODES,
  PLACE_MODE_LABELS,
  RESULT_RELEASES,
  RESULT_RELEASE_LABELS,
  START_MODES,
  START_MODE_LABELS,
} from '../../sitting/sitting-settings.ts';
import { SITTING_LABELS as LABELS, sittingFormSchema } from '../batch.schema.ts';

const optionsOf = <V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>) =>
  values.map((value) => ({ value, label: labels[value] }));

interface SittingFormProps {
  readonly title: string;
  readonly durationMinutes: number;
  readonly commandId: string;
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** Every setting of a sitting (domain.md §5.5); what is usual is set already. */
export function SittingForm({ title, durationMinutes, commandId, lastResult }: SittingFormProps) {
  const { shell, fields, errors } = useServerForm({
    id: 'sitting',
    schema: sittingFormSchema,
    lastResult,
    defaultValue: {
      title,
      durationMinutes: String(durationMinutes),
      earliestHandInMinutes: '30',
      attemptLimit: '1',
      startMode: 'bell',
      placeMode: 'rooms',
      focusPolicy: 'note',
      resultRelease: 'by_bureau',
      needsAccessCode: 'on',
      needsDeviceRelease: 'on',
    },
    labels: LABELS,
  });
  const when = (name: 'opensAt' | 'latestEntryAt' | 'hardEndAt' | 'checkInFrom', hint: string) => (
    <TextField
      label={LABELS[name]}
      type="datetime-local"
      width="medium"
      hint={hint}
      {...fieldProps(fields[name])}
    />
  );
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <TextField label={LABELS.title} {...fieldProps(fields.title)} />
      <fieldset>
        <legend className="mb-3 text-lg font-semibold">时间</legend>
        <div className="grid max-w-3xl gap-5 sm:grid-cols-2">
          {when('checkInFrom', '一般为开考前 30 分钟；留空为开考时')}
          {when('opensAt', '统一开考的从此时计时')}
          {when('latestEntryAt', '一般为开考后 30 分钟')}
          {when('hardEndAt', '到时一律交卷')}
          <TextField
            label={LABELS.durationMinutes}
            width="short"
            unit="分钟"
            inputMode="numeric"
            hint="按试卷的规定填好，可以修改"
            {...fieldProps(fields.durationMinutes)}
          />
          <TextField
            label={LABELS.earliestHandInMinutes}
            width="short"
            unit="分钟"
            inputMode="numeric"
            hint="开始作答后多久可以交卷"
            {...fieldProps(fields.earliestHandInMinutes)}
          />
        </div>
      </fieldset>
      <RadioGroup
        label={LABELS.startMode}
        options={optionsOf(START_MODES, START_MODE_LABELS)}
        {...fieldProps(fields.startMode)}
      />
      <TextField
        label={LABELS.attemptLimit}
        width="short"
        unit="次"
        inputMode="numeric"
        {...fieldProps(fields.attemptLimit)}
      />
      <RadioGroup
        label={LABELS.placeMode}
        options={optionsOf(PLACE_MODES, PLACE_MODE_LABELS)}
        {...fieldProps(fields.placeMode)}
      />
      <CheckboxField
        label={LABELS.needsAccessCode}
        hint="口令由监考人员在开考时宣布；远程考试不能使用"
        {...checkboxProps(fields.needsAccessCode)}
      />
      <CheckboxField
        label={LABELS.needsDeviceRelease}
        hint="设备故障时，监考人员允许换机后，在另一台设备上继续作答"
        {...checkboxProps(fields.needsDeviceRelease)}
      />
      <TextArea
        label={LABELS.ipRanges}
        rows={2}
        hint="每行一个，如 10.1.2.0/24；不限制的留空，各考场可另设"
        {...fieldProps(fields.ipRanges)}
      />
      <RadioGroup
        label={LABELS.focusPolicy}
        hint="离开页面只是情况记录，是否违纪由监考人员认定"
        options={optionsOf(FOCUS_POLICIES, FOCUS_POLICY_LABELS)}
        {...fieldProps(fields.focusPolicy)}
      />
      <TextField
        label={LABELS.focusLimit}
        width="short"
        unit="次"
        inputMode="numeric"
        hint="选择“超过规定次数后强制交卷”时填写"
        {...fieldProps(fields.focusLimit)}
      />
      <RadioGroup
        label={LABELS.resultRelease}
        options={optionsOf(RESULT_RELEASES, RESULT_RELEASE_LABELS)}
        {...fieldProps(fields.resultRelease)}
      />
      <SubmitButton busyText="正在保存…">增加场次</SubmitButton>
    </FormShell>
  );
}
