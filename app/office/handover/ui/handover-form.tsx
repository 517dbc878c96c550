import { Form } from '@remix-run/react';
import { Button } from '#app/platform/ui/data/button.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import type { NewHandoverView } from '../handover-views.server.ts';

const optionsOf = (choices: NewHandoverView['from']) =>
  choices.map((one) => ({ value: one.accountId, label: one.label }));

/** First: whose office passes. A GET form, so that the choice stands in the address and can be sent on. */
export function FromForm({ view }: { view: NewHandoverView }) {
  return (
    <Form method="get" className="mb-8 flex flex-wrap items-end gap-4">
      <SelectField
        label="移交人"
        name="from"
        required
        defaultValue={view.fromAccountId ?? undefined}
        options={optionsOf(view.from)}
      />
      <Button type="submit">列出待交接事项</Button>
    </Form>
  );
}

const LABELS: Readonly<Record<string, string>> = { toAccountId: '接收人', reason: '交接原因' };

export interface HandoverFormProps {
  commandId: string;
  view: NewHandoverView & { fromAccountId: string };
  values: Readonly<Record<string, string>>;
  errors: Readonly<Record<string, string | undefined>>;
}

/** Then: to whom, and why. The button says what will happen to how many things. */
export function HandoverForm({ commandId, view, values, errors }: HandoverFormProps) {
  return (
    <FormShell id="handover" commandId={commandId} warnUnsaved>
      <ErrorSummary
        errors={Object.entries(errors).flatMap(([name, message]) =>
          message === undefined ? [] : [{ name, label: LABELS[name] ?? name, message }],
        )}
      />
      <input type="hidden" name="fromAccountId" value={view.fromAccountId} />
      <input type="hidden" name="itemCount" value={view.itemCount} />
      <SelectField
        label="接收人"
        name="toAccountId"
        required
        defaultValue={values.toAccountId}
        error={errors.toAccountId}
        options={optionsOf(view.to)}
      />
      <TextField
        label="交接原因"
        name="reason"
        required
        defaultValue={values.reason}
        error={errors.reason}
        hint="如“岗位调整”"
      />
      <SubmitButton busyText="正在交接…">{`确认交接以上 ${view.itemCount} 项，今日起生效`}</SubmitButton>
    </FormShell>
  );
}
