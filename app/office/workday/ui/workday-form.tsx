import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { ImportMode } from '../workday-change.ts';

export const MAX_CALENDAR_BYTES = 1024 * 1024;

export interface WorkdayFormValues {
  text: string;
  basis: string;
  mode: ImportMode;
}

export interface WorkdayFormProps {
  commandId: string;
  values: WorkdayFormValues | null;
  errors: Readonly<Record<string, string | undefined>>;
}

/** First step: what the notice says. */
export function WorkdayForm({ commandId, values, errors }: WorkdayFormProps) {
  return (
    <FormShell id="workdays" commandId={commandId} encType="multipart/form-data">
      <TextField
        label="依据文件"
        name="basis"
        required
        defaultValue={values?.basis}
        error={errors.basis}
        hint="通知的名称和文号"
      />
      <TextArea
        label="放假调休安排"
        name="text"
        rows={10}
        defaultValue={values?.text}
        error={errors.text}
        hint="一行一天或一段，如“2026-10-01至2026-10-07 休 国庆节”“2026-10-10 班 国庆节调休上班”"
      />
      <FileField
        label="或上传表格"
        name="file"
        maxBytes={MAX_CALENDAR_BYTES}
        kinds="表头为“日期、类型、名称”的 .xlsx、.xls、.csv"
        hint="选了文件就以文件为准"
        error={errors.file}
      />
      <RadioGroup
        label="导入方式"
        name="mode"
        required
        defaultValue={values?.mode ?? 'replace_year'}
        error={errors.mode}
        options={[
          { value: 'replace_year', label: '整年通知', hint: '所涉年度中没有写到的日子，恢复按星期计算' },
          { value: 'supplement', label: '补充调整', hint: '只新增或更改写到的日子' },
        ]}
      />
      <SubmitButton name="intent" value="check" busyText="正在核对…">
        核对
      </SubmitButton>
    </FormShell>
  );
}

export interface ConfirmFormProps {
  commandId: string;
  values: WorkdayFormValues;
  digest: string;
  changeCount: number;
}

/** Second step: exactly what was shown is applied. */
export function ConfirmForm({ commandId, values, digest, changeCount }: ConfirmFormProps) {
  return (
    <FormShell id="workdays-confirm" commandId={commandId}>
      <input type="hidden" name="text" value={values.text} />
      <input type="hidden" name="basis" value={values.basis} />
      <input type="hidden" name="mode" value={values.mode} />
      <input type="hidden" name="digest" value={digest} />
      <SubmitButton name="intent" value="confirm" busyText="正在导入…">
        {`确认导入，更改 ${changeCount} 天`}
      </SubmitButton>
    </FormShell>
  );
}
