import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { checkboxProps, fieldProps } from '#app/platform/ui/form/use-server-form.ts';
import {
  FOCUS_POLICIES,
  FOCUS_POLICY_LABELS,
  RESULT_RELEASES,
  RESULT_RELEASE_LABELS,
  START_MODES,
  START_MODE_LABELS,
} from '../../sitting/sitting-settings.ts';
import { SITTING_LABELS as LABELS } from '../batch.schema.ts';

type Field = Parameters<typeof fieldProps>[0];
type Fields<K extends string> = Readonly<Record<K, Field>>;

export const optionsOf = <V extends string>(values: readonly V[], labels: Readonly<Record<V, string>>) =>
  values.map((value) => ({ value, label: labels[value] }));

/** One time of the sitting. */
export function WhenField({
  name,
  field,
  hint,
}: {
  name: 'opensAt' | 'latestEntryAt' | 'hardEndAt' | 'checkInFrom';
  field: Field;
  hint: string;
}) {
  return (
    <TextField label={LABELS[name]} type="datetime-local" width="medium" hint={hint} {...fieldProps(field)} />
  );
}

export function DurationFields({ fields }: { fields: Fields<'durationMinutes' | 'earliestHandInMinutes'> }) {
  return (
    <>
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
    </>
  );
}

export function StartModeField({ field }: { field: Field }) {
  return (
    <RadioGroup
      label={LABELS.startMode}
      options={optionsOf(START_MODES, START_MODE_LABELS)}
      {...fieldProps(field)}
    />
  );
}

/** What an invigilator does before somebody answers, here or on another machine. */
export function AdmissionFields({ fields }: { fields: Fields<'needsAccessCode' | 'needsDeviceRelease'> }) {
  return (
    <>
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
    </>
  );
}

export function FocusFields({ fields }: { fields: Fields<'focusPolicy' | 'focusLimit'> }) {
  return (
    <>
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
    </>
  );
}

export function ResultReleaseField({ field }: { field: Field }) {
  return (
    <RadioGroup
      label={LABELS.resultRelease}
      options={optionsOf(RESULT_RELEASES, RESULT_RELEASE_LABELS)}
      {...fieldProps(field)}
    />
  );
}
