import type { SubmissionResult } from '@conform-to/react';
import { Form } from '@remix-run/react';
import { buttonClass } from '#app/platform/ui/data/button-class.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { DateField } from '#app/platform/ui/form/date-field.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { TRANSFER_LABELS, transferSchema } from '../people.schema.ts';
import type { TargetChoice } from '../transfers-view.server.ts';

export interface TransferFormProps {
  personId: string;
  personName: string;
  /** what was searched for */
  text: string;
  targets: readonly TargetChoice[];
  commandId: string;
  lastResult: SubmissionResult<string[]> | null;
}

/** The new unit is searched first, by a form of its own; then the transfer is filed. */
export function TransferForm(props: TransferFormProps) {
  const { personId, personName, text, targets, commandId, lastResult } = props;
  const { shell, fields, errors } = useServerForm({
    id: 'transfer',
    schema: transferSchema,
    lastResult,
    labels: TRANSFER_LABELS,
  });
  return (
    <div className="space-y-8">
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <input type="hidden" name="person" value={personId} />
        <TextField
          label="查找转入单位"
          name="to"
          id="target-q"
          defaultValue={text}
          hint="单位名称、拼音或县（市、区）名称"
          required
        />
        <button type="submit" className={buttonClass('secondary')}>
          查找
        </button>
      </Form>
      {text === '' ? null : targets.length === 0 ? (
        <p className="text-ink-muted">没有符合条件的单位，请换一个关键词。</p>
      ) : (
        <FormShell {...shell} commandId={commandId} warnUnsaved>
          <ErrorSummary errors={errors} />
          <SelectField
            label={TRANSFER_LABELS.toUnitId}
            options={targets.map((target) => ({
              value: target.id,
              label: `${target.name}（${target.place}）`,
            }))}
            {...fieldProps(fields.toUnitId)}
          />
          <DateField
            label={TRANSFER_LABELS.effectiveDay}
            hint="到新单位的第一天"
            {...fieldProps(fields.effectiveDay)}
          />
          <TextField label={TRANSFER_LABELS.documentNo} width="medium" {...fieldProps(fields.documentNo)} />
          <TextArea label={TRANSFER_LABELS.reason} rows={3} {...fieldProps(fields.reason)} />
          <Callout tone="info" title={`将向转入单位提交 ${personName} 的调动`}>
            转入单位确认前，人员归属不变；确认后学时、履历随人保留，证件由发证机关办理变更。
          </Callout>
          <SubmitButton busyText="正在提交…">提交转出</SubmitButton>
        </FormShell>
      )}
    </div>
  );
}
