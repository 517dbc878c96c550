import type { SubmissionResult } from '@conform-to/react';
import { formatInstant, toLocalInput } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { fieldProps, useServerForm } from '#app/platform/ui/form/use-server-form.ts';
import type { BatchStep } from '../batch.ts';
import { WINDOW_LABELS, windowsFormSchema } from '../batch.schema.ts';
import type { Batch } from '../batch.store.server.ts';
import { WindowFields } from './window-fields.tsx';

interface Step {
  readonly step: BatchStep;
  readonly text: string;
  readonly tone: 'primary' | 'secondary' | 'danger';
}

const STEPS: Readonly<Record<Batch['status'], readonly Step[]>> = {
  draft: [
    { step: 'open', text: '开放报名', tone: 'primary' },
    { step: 'cancel', text: '取消批次', tone: 'danger' },
  ],
  open: [
    { step: 'close', text: '结束报名', tone: 'secondary' },
    { step: 'cancel', text: '取消批次', tone: 'danger' },
  ],
  closed: [
    { step: 'reopen', text: '恢复报名', tone: 'secondary' },
    { step: 'cancel', text: '取消批次', tone: 'danger' },
  ],
  cancelled: [],
};

const CONSEQUENCES: Readonly<Record<Batch['status'], string>> = {
  draft: '开放后，各单位可以在报名时间内报名。取消的批次不能恢复。',
  open: '结束后各单位不能再报名、补报，审核照常进行。取消的批次和它的场次不再举行，不能恢复。',
  closed: '恢复报名须在报名或补报截止前；已过的，请先调整时间。',
  cancelled: '',
};

/** What the batch is, and its times. */
export function BatchFacts({ batch, regionName }: { batch: Batch; regionName: string }) {
  return (
    <Card title="批次">
      <DefinitionList
        columns={2}
        items={[
          { term: '组织地区', value: regionName },
          { term: '批次号', value: `${batch.year}年第 ${batch.no} 批` },
          { term: WINDOW_LABELS.registerFrom, value: formatInstant(batch.registerFrom) },
          { term: WINDOW_LABELS.registerUntil, value: formatInstant(batch.registerUntil) },
          {
            term: WINDOW_LABELS.lateUntil,
            value: batch.lateUntil === null ? '不接受补报' : formatInstant(batch.lateUntil),
          },
          { term: WINDOW_LABELS.withdrawUntil, value: formatInstant(batch.withdrawUntil) },
          {
            term: '规定课程',
            value:
              batch.preconditionCourse === null ? (
                '不作要求'
              ) : (
                <TextLink to={`/courses/${batch.preconditionCourse}`}>查看课程</TextLink>
              ),
          },
          {
            term: '报名通知',
            value:
              batch.campaignId === null ? (
                '未下发'
              ) : (
                <TextLink to={`/bureau/campaigns/${batch.campaignId}`}>填报进度</TextLink>
              ),
          },
        ]}
      />
    </Card>
  );
}

interface Stamp {
  readonly commandId: string;
  readonly lastResult: SubmissionResult<string[]> | null;
}

/** Steps of the whole batch: the reason first, the consequence in words, then the buttons that name it. */
export function BatchSteps({
  batch,
  reason,
  commandIds,
}: {
  batch: Batch;
  /** What was typed before the step was refused. */
  reason: string;
  commandIds: { readonly step: string; readonly issue: string };
}) {
  const steps = STEPS[batch.status];
  if (steps.length === 0) return null;
  const needsReason = batch.status !== 'draft';
  return (
    <Card title="办理">
      <div className="grid gap-6">
        {batch.status === 'open' && batch.campaignId === null ? (
          <FormShell id="issue" commandId={commandIds.issue} expectedVersion={batch.version}>
            <input type="hidden" name="intent" value="issue" />
            <p>向本地区有在册人员的各单位下发报名通知，单位报送名单后可以查看进度、催报。</p>
            <SubmitButton busyText="正在下发…">下发报名通知</SubmitButton>
          </FormShell>
        ) : null}
        <FormShell id="step" commandId={commandIds.step} expectedVersion={batch.version}>
          {needsReason ? (
            <TextArea label="理由" name="reason" rows={2} defaultValue={reason} required="取消、恢复时填写" />
          ) : null}
          <p className="border-l-2 border-line-strong pl-4">{CONSEQUENCES[batch.status]}</p>
          <div className="flex flex-wrap gap-3">
            {steps.map(({ step, text, tone }) => (
              <SubmitButton key={step} name="intent" value={step} tone={tone}>
                {text}
              </SubmitButton>
            ))}
          </div>
        </FormShell>
      </div>
    </Card>
  );
}

/** Other dates, folded away: it happens seldom. */
export function ChangeWindows({ batch, stamp }: { batch: Batch; stamp: Stamp }) {
  const { shell, fields, errors } = useServerForm({
    id: 'change',
    schema: windowsFormSchema,
    lastResult: stamp.lastResult,
    defaultValue: {
      registerFrom: toLocalInput(batch.registerFrom),
      registerUntil: toLocalInput(batch.registerUntil),
      lateUntil: batch.lateUntil === null ? '' : toLocalInput(batch.lateUntil),
      withdrawUntil: toLocalInput(batch.withdrawUntil),
    },
    labels: { ...WINDOW_LABELS, reason: '理由' },
  });
  if (batch.status === 'cancelled') return null;
  return (
    <details
      open={stamp.lastResult !== null}
      className="rounded-md border border-line bg-surface-raised px-5 py-4"
    >
      <summary className="cursor-pointer font-semibold">调整报名时间</summary>
      <div className="mt-4">
        <FormShell {...shell} commandId={stamp.commandId} expectedVersion={batch.version}>
          <ErrorSummary errors={errors} />
          <input type="hidden" name="intent" value="change" />
          <WindowFields fields={fields} />
          <TextArea
            label="理由"
            rows={2}
            {...fieldProps(fields.reason)}
            required={batch.status === 'draft' ? false : true}
          />
          <SubmitButton busyText="正在保存…" tone="secondary">
            保存时间
          </SubmitButton>
        </FormShell>
      </div>
    </details>
  );
}

export function AddSittingLink({ batch }: { batch: Batch }) {
  if (batch.status === 'cancelled') return null;
  return (
    <LinkButton to={`/bureau/exams/batches/${batch.id}/sittings/new`} size="small">
      增加场次
    </LinkButton>
  );
}
