import { formatDay } from '#app/platform/time/day.ts';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { Posted } from '../posted.ts';

const LABELS: Readonly<Record<string, string>> = {
  regionId: '下发范围',
  fieldCode: '执法领域',
  year: '年度',
  title: '任务名称',
  body: '填报要求',
  workdays: '填报期限',
  unitNames: '只下发给这些单位',
};

export interface IssueFormProps {
  commandId: string;
  regions: readonly { readonly id: string; readonly name: string }[];
  fields: readonly { readonly code: string; readonly name: string }[];
  preset: {
    readonly kind: string;
    readonly year: number;
    readonly title: string;
    readonly body: string;
    readonly workdays: number;
    readonly dueDay: string;
  };
  posted: Posted | null;
}

/** 下发任务: everything is proposed, the office changes what differs. */
export function IssueForm({ commandId, regions, fields, preset, posted }: IssueFormProps) {
  const errors = posted?.errors ?? {};
  const typed = posted?.values ?? {};
  const at = (name: string, proposed: string) => ({
    name,
    label: LABELS[name] ?? name,
    error: errors[name],
    defaultValue: typed[name] ?? proposed,
  });
  const listed = Object.entries(errors).map(([name, message]) => ({
    name,
    label: LABELS[name] ?? name,
    message,
  }));
  return (
    <FormShell id="issue" commandId={commandId} warnUnsaved>
      <ErrorSummary errors={listed} />
      <input type="hidden" name="kind" value={preset.kind} />
      <TextField {...at('title', preset.title)} required />
      <TextField {...at('year', String(preset.year))} required width="short" inputMode="numeric" />
      <SelectField
        {...at('regionId', regions[0]?.id ?? '')}
        required
        placeholder={null}
        hint="所选地区及其下级地区的单位"
        options={regions.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        {...at('fieldCode', '')}
        placeholder="全部领域"
        options={fields.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <TextField
        {...at('workdays', String(preset.workdays))}
        required
        width="short"
        unit="个工作日"
        inputMode="numeric"
        hint={`自下发次日起算，节假日调休已计入；${preset.workdays} 个工作日截至${formatDay(preset.dueDay)}`}
      />
      <TextArea {...at('body', preset.body)} required rows={5} />
      <TextArea
        {...at('unitNames', '')}
        rows={4}
        hint="每行一个单位名称，可以从表格中粘贴；不填则下发给范围内的全部单位"
      />
      <p className="border-l-2 border-line-strong pl-4">
        下发后，各单位联络员会收到通知和待办任务，填报内容已按登记信息预置。
      </p>
      <SubmitButton busyText="正在下发…">下发</SubmitButton>
    </FormShell>
  );
}
