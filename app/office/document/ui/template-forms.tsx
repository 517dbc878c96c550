import { formatDay } from '#app/platform/time/day.ts';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { MAX_TEMPLATE_BYTES } from '../limits.ts';
import type { TemplateUse, TemplateVersion } from '../template.store.server.ts';

export function UploadForm({ commandId, error }: { commandId: string; error?: string | undefined }) {
  return (
    <FormShell id="upload" commandId={commandId} encType="multipart/form-data">
      <input type="hidden" name="intent" value="upload" />
      <FileField
        label="模板文件"
        name="file"
        required
        kinds="Word 文档（.docx）或 Excel 工作簿（.xlsx）"
        maxBytes={MAX_TEMPLATE_BYTES}
        accept=".docx,.xlsx"
        error={error}
        hint="不得含宏、控件、嵌入对象和外部链接。省里下发、没有字段的工作簿也可上传，下一步在页面上对应列。"
      />
      <TextField label="说明" name="note" maxLength={200} hint="如：按省厅2026年新式样调整" />
      <SubmitButton busyText="正在检查…">上传并检查</SubmitButton>
    </FormShell>
  );
}

export interface ActivateFormProps {
  commandId: string;
  versions: readonly TemplateVersion[];
  today: string;
  error?: string | undefined;
}

/** Which version the region draws with, from a day on. */
export function ActivateForm({ commandId, versions, today, error }: ActivateFormProps) {
  const ready = versions.filter((version) => version.isReady);
  return (
    <FormShell id="activate" commandId={commandId}>
      <input type="hidden" name="intent" value="activate" />
      <SelectField
        label="模板版本"
        name="version"
        required
        placeholder={null}
        options={[
          ...ready.map((version) => ({
            value: version.id,
            label: `第 ${version.versionNo} 版（${version.fileName}）`,
          })),
          { value: 'default', label: '默认模板' },
        ]}
      />
      <DateField
        label="自哪一天起"
        name="fromDay"
        required
        defaultValue={today}
        min={today}
        error={error}
        hint="此前出具的文书不变；本地区和未另行选择的下级地区自这一天起使用"
      />
      <SubmitButton tone="secondary">启用</SubmitButton>
    </FormShell>
  );
}

/** What holds now and what is to come. */
export function PlannedUses({ planned, today }: { planned: readonly TemplateUse[]; today: string }) {
  const coming = planned.filter((use) => use.validFrom > today);
  if (coming.length === 0) return null;
  return (
    <ul className="mt-2 text-sm">
      {coming.map((use) => (
        <li key={use.validFrom}>
          {`自 ${formatDay(use.validFrom)} 起改用${use.versionNo === null ? '默认模板' : `第 ${use.versionNo} 版`}`}
        </li>
      ))}
    </ul>
  );
}
