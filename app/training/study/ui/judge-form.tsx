import type { SubmissionResult } from '@conform-to/react';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { RadioGroup } from '#app/platform/ui/form/radio-group.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import { VERDICT_LABELS, VERDICT_MEANINGS, VERDICTS } from '../finding-words.ts';
import { judgeSchema } from '../study.schema.ts';

export interface JudgeFormProps {
  commandId: string;
  seenJudgements: number;
  lastResult: SubmissionResult<string[]> | null;
}

const LABELS = { verdict: '核实结果', reason: '理由' } as const;

/** A person's judgement: one of three, with the reason the learner will read. */
export function JudgeForm({ commandId, seenJudgements, lastResult }: JudgeFormProps) {
  const { shell, fields, errors } = useServerForm({
    id: 'judge',
    schema: judgeSchema,
    lastResult,
    labels: LABELS,
  });
  return (
    <FormShell {...shell} commandId={commandId}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="seenJudgements" value={seenJudgements} />
      <RadioGroup
        label={LABELS.verdict}
        {...fieldProps(fields.verdict)}
        options={VERDICTS.map((verdict) => ({
          value: verdict,
          label: VERDICT_LABELS[verdict],
          hint: VERDICT_MEANINGS[verdict],
        }))}
      />
      <TextArea
        label={LABELS.reason}
        hint="本人可以看到，请写明核实经过。"
        {...fieldProps(fields.reason)}
        rows={3}
      />
      <SubmitButton busyText="正在保存…">保存核实结果</SubmitButton>
    </FormShell>
  );
}
