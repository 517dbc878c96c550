import type { SubmissionResult } from '@conform-to/react';
import { ESTABLISHMENT_LABELS, ESTABLISHMENTS } from '#app/organization/person/person.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { ACCEPT_LABELS, acceptSchema } from '../people.schema.ts';
import type { TransferPage } from '../transfers-view.server.ts';

/** The new unit states the post and takes the person in. */
export function AcceptForm({
  page,
  commandId,
  lastResult,
}: {
  page: TransferPage;
  commandId: string;
  lastResult: SubmissionResult<string[]> | null;
}) {
  const { home, person, toName, effectiveDay } = page;
  const { shell, fields, errors } = useServerForm({
    id: 'accept',
    schema: acceptSchema,
    lastResult,
    defaultValue: {
      establishment: home?.establishment,
      isEnforcementPost: home?.isEnforcementPost === false ? 'no' : 'yes',
      fieldCode: home?.fieldCode ?? '',
      enforcementArea: home?.enforcementArea ?? '',
    },
    labels: ACCEPT_LABELS,
  });
  return (
    <Card title="转入确认">
      <FormShell {...shell} commandId={commandId}>
        <ErrorSummary errors={errors} />
        <input type="hidden" name="act" value="accept" />
        <SelectField
          label={ACCEPT_LABELS.establishment}
          options={ESTABLISHMENTS.map((one) => ({ value: one, label: ESTABLISHMENT_LABELS[one] }))}
          {...fieldProps(fields.establishment)}
        />
        <TextField label={ACCEPT_LABELS.department} {...fieldProps(fields.department)} />
        <TextField label={ACCEPT_LABELS.position} {...fieldProps(fields.position)} />
        <RadioGroup
          label={ACCEPT_LABELS.isEnforcementPost}
          options={[
            { value: 'yes', label: '是' },
            { value: 'no', label: '否' },
          ]}
          {...fieldProps(fields.isEnforcementPost)}
        />
        <SelectField
          label={ACCEPT_LABELS.fieldCode}
          options={page.fields.map((field) => ({ value: field.code, label: field.name }))}
          {...fieldProps(fields.fieldCode)}
        />
        <TextField label={ACCEPT_LABELS.enforcementArea} {...fieldProps(fields.enforcementArea)} />
        <p className="border-l-2 border-line-strong pl-4">
          {`确认后，${person.name} 自 ${formatDay(effectiveDay)} 起归属${toName}；学时、履历随人保留，证件事项转发证机关办理。`}
        </p>
        <SubmitButton busyText="正在确认…">确认转入</SubmitButton>
      </FormShell>
    </Card>
  );
}

/** 退回 by the new unit or 撤回 by the old one. */
export function CloseForm({
  mayReturn,
  mayWithdraw,
  commandId,
}: {
  mayReturn: boolean;
  mayWithdraw: boolean;
  commandId: string;
}) {
  return (
    <Card title={mayReturn ? '不予接收' : '撤回调动'}>
      <FormShell id="close" commandId={commandId}>
        <TextArea label="说明" name="note" rows={3} hint={mayReturn ? '退回时须写明理由' : undefined} />
        <div className="flex flex-wrap gap-3">
          {mayReturn ? (
            <SubmitButton name="act" value="return" tone="danger">
              退回转出单位
            </SubmitButton>
          ) : null}
          {mayWithdraw ? (
            <SubmitButton name="act" value="withdraw" tone="secondary">
              撤回调动
            </SubmitButton>
          ) : null}
        </div>
      </FormShell>
    </Card>
  );
}
