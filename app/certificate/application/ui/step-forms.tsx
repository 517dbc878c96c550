import type { SubmissionResult } from '@conform-to/react';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import type { ApplicationEventKind } from '../application.ts';
import { ISSUE_LABELS, STEP_LABELS, issueSchema, stepSchema } from '../application.schema.ts';

export interface Stamp {
  commandId: string;
  expectedVersion: number;
  lastResult: SubmissionResult<string[]> | null;
}

type Intent = Exclude<ApplicationEventKind, 'issued'>;

const BUTTONS: Readonly<Record<Intent, { text: string; tone: 'primary' | 'secondary' | 'danger' }>> = {
  submitted: { text: '重新申报', tone: 'primary' },
  accepted: { text: '初审通过', tone: 'primary' },
  approved: { text: '批准核发', tone: 'primary' },
  returned: { text: '退回单位补正', tone: 'secondary' },
  rejected: { text: '不予核发', tone: 'danger' },
};

/** Opinion first, then the buttons that name what they do. */
export function StepForm({
  intents,
  sentence,
  stamp,
}: {
  intents: readonly Intent[];
  /** in plain words, what agreeing will do */
  sentence: string;
  stamp: Stamp;
}) {
  const { shell, fields, errors } = useServerForm({
    id: 'step',
    schema: stepSchema,
    lastResult: stamp.lastResult,
    labels: STEP_LABELS,
  });
  const mustSayWhy = intents.includes('returned') || intents.includes('rejected');
  return (
    <FormShell {...shell} commandId={stamp.commandId} expectedVersion={stamp.expectedVersion}>
      <ErrorSummary errors={errors} />
      <TextArea
        label={STEP_LABELS.opinion}
        rows={3}
        hint={mustSayWhy ? '退回或不予核发时须写明理由' : undefined}
        {...fieldProps(fields.opinion)}
      />
      <p className="border-l-2 border-line-strong pl-4">{sentence}</p>
      <div className="flex flex-wrap gap-3">
        {intents.map((intent) => (
          <SubmitButton key={intent} name="intent" value={intent} tone={BUTTONS[intent].tone}>
            {BUTTONS[intent].text}
          </SubmitButton>
        ))}
      </div>
    </FormShell>
  );
}

/** The issue with its preview in plain words: the last look before a card exists. */
export function IssueForm({
  sentence,
  suggestedBasis,
  stamp,
}: {
  sentence: string;
  suggestedBasis: string;
  stamp: Stamp;
}) {
  const { shell, fields, errors } = useServerForm({
    id: 'issue',
    schema: issueSchema,
    lastResult: stamp.lastResult,
    defaultValue: { legalBasis: suggestedBasis },
    labels: ISSUE_LABELS,
  });
  return (
    <FormShell {...shell} commandId={stamp.commandId} expectedVersion={stamp.expectedVersion}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="intent" value="issued" />
      <TextField
        label={ISSUE_LABELS.legalBasis}
        hint="写明法规名称和条款，将记入证件履历"
        {...fieldProps(fields.legalBasis)}
      />
      <TextField
        label={ISSUE_LABELS.documentNo}
        width="medium"
        hint="批准文件编号，可在签发后补录"
        {...fieldProps(fields.documentNo)}
      />
      <Callout tone="info" title="核发预览">
        {sentence}证号在核发时按顺序取用，最终以核发结果为准。
      </Callout>
      <SubmitButton busyText="正在核发…">核发证件</SubmitButton>
    </FormShell>
  );
}
