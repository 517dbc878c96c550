import type { SubmissionResult } from '@conform-to/react';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SelectField } from '#app/platform/ui/form/select-field.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { BATCH_LABELS, batchFormSchema } from '../batch.schema.ts';
import type { NewBatchPage } from '../new-batch-view.server.ts';
import { WindowFields } from './window-fields.tsx';

interface BatchFormProps {
  readonly page: NewBatchPage;
  readonly commandId: string;
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** A new batch as a draft: units see nothing before it is opened. */
export function BatchForm({ page, commandId, lastResult }: BatchFormProps) {
  const { shell, fields, errors } = useServerForm({
    id: 'batch',
    schema: batchFormSchema,
    lastResult,
    defaultValue: {
      regionId: page.regions[0]?.value ?? '',
      blueprintCode: page.blueprints[0]?.value ?? '',
    },
    labels: BATCH_LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId} warnUnsaved>
      <ErrorSummary errors={errors} />
      <TextField
        label={BATCH_LABELS.title}
        hint="如 2026年第二次行政执法资格考试"
        {...fieldProps(fields.title)}
      />
      <SelectField label={BATCH_LABELS.regionId} options={page.regions} {...fieldProps(fields.regionId)} />
      <SelectField
        label={BATCH_LABELS.blueprintCode}
        options={page.blueprints}
        {...fieldProps(fields.blueprintCode)}
      />
      <SelectField
        label={BATCH_LABELS.preconditionCourse}
        options={page.courses}
        placeholder="不作要求"
        hint="开考前须学完；报名时尚未学完的会提示单位"
        {...fieldProps(fields.preconditionCourse)}
        required={false}
      />
      <WindowFields fields={fields} />
      <SubmitButton busyText="正在保存…">建立批次</SubmitButton>
    </FormShell>
  );
}
