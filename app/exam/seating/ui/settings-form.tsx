import type { SubmissionResult } from '@conform-to/react';
import { toLocalInput } from '#app/platform/time/day.ts';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { SITTING_LABELS, settingsFormSchema } from '../../batch/batch.schema.ts';
import {
  AdmissionFields,
  DurationFields,
  FocusFields,
  ResultReleaseField,
  StartModeField,
  WhenField,
} from '../../batch/ui/sitting-fields.tsx';
import type { SittingSettings } from '../../sitting/sitting-settings.ts';

interface SettingsFormProps {
  readonly settings: SittingSettings;
  readonly version: number;
  readonly ticketCount: number;
  readonly commandId: string;
  readonly lastResult: SubmissionResult<string[]> | null;
}

const LABELS = { ...SITTING_LABELS, reason: '修改原因' };

const minutesOf = (seconds: number): string => String(Math.round(seconds / 60));
const ticked = (on: boolean): 'on' | undefined => (on ? 'on' : undefined);

/** What the form begins with: as the sitting is held now. */
function defaultsOf(settings: SittingSettings) {
  return {
    checkInFrom: settings.checkInFrom === null ? '' : toLocalInput(settings.checkInFrom),
    latestEntryAt: toLocalInput(settings.latestEntryAt),
    hardEndAt: toLocalInput(settings.hardEndAt),
    durationMinutes: minutesOf(settings.durationSeconds),
    earliestHandInMinutes: minutesOf(settings.earliestHandInSeconds),
    startMode: settings.startMode,
    needsAccessCode: ticked(settings.needsAccessCode),
    needsDeviceRelease: ticked(settings.needsDeviceRelease),
    focusPolicy: settings.focusPolicy,
    focusLimit: settings.focusLimit === null ? '' : String(settings.focusLimit),
    resultRelease: settings.resultRelease,
  };
}

/** Every setting that may change without another date; what happens is said before the button. */
export function SettingsForm({ settings, version, ticketCount, commandId, lastResult }: SettingsFormProps) {
  const { shell, fields, errors } = useServerForm({
    id: 'settings',
    schema: settingsFormSchema,
    lastResult,
    defaultValue: defaultsOf(settings),
    labels: LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} expectedVersion={version} warnUnsaved>
      <ErrorSummary errors={errors} />
      <div className="grid max-w-3xl gap-5 sm:grid-cols-2">
        <WhenField name="checkInFrom" field={fields.checkInFrom} hint="留空为开考时" />
        <WhenField name="latestEntryAt" field={fields.latestEntryAt} hint="此后不能入场" />
        <WhenField name="hardEndAt" field={fields.hardEndAt} hint="到时一律交卷" />
        <DurationFields fields={fields} />
      </div>
      <StartModeField field={fields.startMode} />
      <AdmissionFields fields={fields} />
      <FocusFields fields={fields} />
      <ResultReleaseField field={fields.resultRelease} />
      <TextField
        label={LABELS.reason}
        hint="写入记录和通知，如：考点交通管制，推迟最迟入场"
        {...fieldProps(fields.reason)}
      />
      <p className="border-l-2 border-line-strong pl-4">
        {ticketCount === 0
          ? '本场还没有发放准考证，修改后直接生效。'
          : `本场已有 ${formatCount(ticketCount)} 人领到准考证。修改时间、时长、最早交卷、开考方式的，同时通知考生本人和所在单位联络员；准考证号不变，请重新打印。`}
      </p>
      <SubmitButton busyText="正在保存…">保存设置</SubmitButton>
    </FormShell>
  );
}
