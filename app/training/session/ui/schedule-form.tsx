import type { FieldMetadata, FormMetadata, SubmissionResult } from '@conform-to/react';
import type { z } from 'zod';
import { Button } from '#app/platform/ui/data/button.tsx';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { CheckboxField } from '#app/platform/ui/form/checkbox-field.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { CATEGORIES, CATEGORY_LABELS } from '../../ledger/hours.ts';
import { SCHEDULE_LABELS as LABELS, scheduleFormSchema } from '../session.schema.ts';
import { FORM_LABELS, FORMS, MAX_BLOCKS } from '../session.ts';

const FORM_ID = 'schedule-session';

export interface ScheduleFormProps {
  units: readonly { id: string; name: string }[];
  commandId: string;
  lastResult: SubmissionResult<string[]> | null;
}

/** A class: what, when, where, for how many. Times are Beijing time. */
export function ScheduleForm({ units, commandId, lastResult }: ScheduleFormProps) {
  const { form, shell, fields, errors } = useServerForm({
    id: FORM_ID,
    schema: scheduleFormSchema,
    lastResult,
    labels: LABELS,
    defaultValue: {
      commandId,
      unitId: units.length === 1 ? (units[0]?.id ?? '') : '',
      category: 'public_law',
      form: 'class',
      capacity: '50',
      blocks: [{ day: '', from: '09:00', to: '11:30' }],
    },
  });
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <TextField label="班次名称" hint="如：行政处罚法轮训（第一期）" {...fieldProps(fields.title)} />
      <SelectField
        label="主办单位"
        options={units.map((unit) => ({ value: unit.id, label: unit.name }))}
        {...fieldProps(fields.unitId)}
      />
      <div className="flex flex-wrap gap-x-8 gap-y-6">
        <SelectField
          label="培训类别"
          placeholder={null}
          options={CATEGORIES.map((value) => ({ value, label: CATEGORY_LABELS[value] }))}
          {...fieldProps(fields.category)}
        />
        <SelectField
          label="培训形式"
          placeholder={null}
          options={FORMS.map((value) => ({ value, label: FORM_LABELS[value] }))}
          {...fieldProps(fields.form)}
        />
      </div>
      <Blocks form={form} blocks={fields.blocks} />
      <TextField
        label="规定学时"
        width="short"
        unit="学时"
        inputMode="decimal"
        hint="通知写明学时的，填写后按出勤比例计入；没有写明的留空，按到课时间折算"
        {...fieldProps(fields.statedHours)}
        required={false}
      />
      <CheckboxField
        label="离岗培训"
        hint="专为证件暂扣人员举办的勾选；学时照常计入，并标明是离岗培训"
        name={fields.isOffPost.name}
        defaultChecked={fields.isOffPost.initialValue === 'on'}
      />
      <TextField label="地点" {...fieldProps(fields.place)} />
      <TextField label="授课人" width="medium" {...fieldProps(fields.lecturer)} />
      <TextField label="名额" width="short" unit="人" inputMode="numeric" {...fieldProps(fields.capacity)} />
      <SubmitButton busyText="正在安排…">安排培训班，下一步添加学员</SubmitButton>
    </FormShell>
  );
}

type ScheduleInput = z.input<typeof scheduleFormSchema>;

interface BlocksProps {
  form: FormMetadata<ScheduleInput, string[]>;
  blocks: FieldMetadata<ScheduleInput['blocks'], ScheduleInput, string[]>;
}

/** The stretches of the class; one more or less works without JavaScript too. */
function Blocks({ form, blocks }: BlocksProps) {
  const list = blocks.getFieldList();
  return (
    <fieldset>
      <legend className="mb-1 font-semibold">上课时段</legend>
      <p className="mb-3 text-sm text-ink-muted">
        北京时间。中间休息的，分成几个时段填写，只计时段内的时间。
      </p>
      {blocks.errors?.[0] ? <p className="mb-2 text-sm font-medium text-danger">{blocks.errors[0]}</p> : null}
      <ol className="space-y-4">
        {list.map((item, index) => {
          const block = item.getFieldset();
          return (
            <li
              key={item.key}
              className="max-w-3xl rounded-md border border-line bg-surface-raised px-5 py-4"
            >
              <div className="flex flex-wrap items-end gap-x-6 gap-y-4">
                <DateField
                  label={`时段 ${index + 1} 日期`}
                  hint="如 2026-11-21"
                  {...fieldProps(block.day)}
                  required
                />
                <TextField label="开始" type="time" width="short" {...fieldProps(block.from)} required />
                <TextField label="结束" type="time" width="short" {...fieldProps(block.to)} required />
                {list.length > 1 ? (
                  <button
                    {...form.remove.getButtonProps({ name: blocks.name, index })}
                    className={buttonClass('quiet', 'small')}
                  >
                    {`删除时段 ${index + 1}`}
                  </button>
                ) : null}
              </div>
            </li>
          );
        })}
      </ol>
      {list.length < MAX_BLOCKS ? (
        <Button
          type="submit"
          size="small"
          className="mt-3"
          {...form.insert.getButtonProps({ name: blocks.name })}
        >
          增加时段
        </Button>
      ) : null}
    </fieldset>
  );
}
