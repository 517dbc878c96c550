import type { SubmissionResult } from '@conform-to/react';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { PLACE_MODES, PLACE_MODE_LABELS } from '../../sitting/sitting-settings.ts';
import { SITTING_LABELS as LABELS, sittingFormSchema } from '../batch.schema.ts';
import {
  AdmissionFields,
  DurationFields,
  FocusFields,
  ResultReleaseField,
  StartModeField,
  WhenField,
  optionsOf,
} from './sitting-fields.tsx';

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
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <TextField label={LABELS.title} {...fieldProps(fields.title)} />
      <fieldset>
        <legend className="mb-3 text-lg font-semibold">时间</legend>
        <div className="grid max-w-3xl gap-5 sm:grid-cols-2">
          <WhenField
            name="checkInFrom"
            field={fields.checkInFrom}
            hint="一般为开考前 30 分钟；留空为开考时"
          />
          <WhenField name="opensAt" field={fields.opensAt} hint="统一开考的从此时计时" />
          <WhenField name="latestEntryAt" field={fields.latestEntryAt} hint="一般为开考后 30 分钟" />
          <WhenField name="hardEndAt" field={fields.hardEndAt} hint="到时一律交卷" />
          <DurationFields fields={fields} />
        </div>
      </fieldset>
      <StartModeField field={fields.startMode} />
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
      <AdmissionFields fields={fields} />
      <TextArea
        label={LABELS.ipRanges}
        rows={2}
        hint="每行一个，如 10.1.2.0/24；不限制的留空，各考场可另设"
        {...fieldProps(fields.ipRanges)}
      />
      <FocusFields fields={fields} />
      <ResultReleaseField field={fields.resultRelease} />
      <SubmitButton busyText="正在保存…">增加场次</SubmitButton>
    </FormShell>
  );
}
