import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FileField } from '#app/platform/ui/form/file-field.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { listErrors } from '#app/platform/ui/form/use-server-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { MAX_PROOF_BYTES, PROOF_ACCEPT, PROOF_KINDS } from '../../claim/proof.ts';
import type { HourEntry } from '../../ledger/entry.ts';
import type { CorrectionFormAnswer } from '../correction-action.server.ts';
import { submitAnswer, submitObjection } from '../correction-action.server.ts';
import type { HourCorrection } from '../correction.store.server.ts';
import { OBJECTION_LABELS } from '../correction.schema.ts';
import { viewObjections } from '../correction-view.server.ts';
import { changeText, CorrectionBadge } from '../ui/correction-parts.tsx';

export const meta: MetaFunction = () => [{ title: '学时异议 · 执法学堂' }];

export const loader = door('hours.object', async ({ ctx, request }) => {
  const view = await viewObjections(ctx, new URL(request.url).searchParams.get('entry'));
  if (!view.ok) throw new Response(null, { status: view.code === 'FORBIDDEN' ? 403 : 404 });
  const commandIds = Object.fromEntries(view.value.corrections.map(({ id }) => [id, newId()]));
  return { ...view.value, commandId: newId(), commandIds };
});

export const action = door('hours.object', async ({ ctx, request }) => {
  const form = await request.formData();
  const correctionId = form.get('correctionId');
  const answer = isId(correctionId)
    ? await submitAnswer(ctx, correctionId, form)
    : await submitObjection(ctx, form);
  if (answer.correctionId !== null) return redirect(`/hours/objections?notice=${answer.notice}`);
  return data(answer, { status: answer.status });
});

/** The form about one entry, and what became of earlier objections. */
export default function MyObjections() {
  const { entry, corrections, commandId, commandIds } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  return (
    <>
      <PageHead
        title="学时异议"
        breadcrumb={[{ label: '我的学时', to: '/hours' }]}
        meta="认为某条学时有误的，可以提出异议，由记入学时的单位核对后答复"
      />
      <div className="space-y-6">
        <Refusal text={answer?.refusal ?? null} />
        {entry === null ? null : <ObjectionForm {...{ entry, commandId, answer }} />}
        {corrections.length > 0 ? (
          <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
            {corrections.map((one) => (
              <OneCorrection key={one.id} correction={one} commandId={commandIds[one.id] ?? ''} />
            ))}
          </ul>
        ) : entry === null ? (
          <EmptyState title="没有异议记录" text="在“我的学时”的明细中，可对某一条提出异议。" />
        ) : null}
      </div>
    </>
  );
}

function ObjectionForm({
  entry,
  commandId,
  answer,
}: {
  entry: HourEntry;
  commandId: string;
  answer: CorrectionFormAnswer | null;
}) {
  const error = answer?.lastResult?.error?.objection?.[0];
  return (
    <Card title={`对“${entry.title}”提出异议`}>
      <p className="mb-4 text-ink-muted">
        {formatDay(entry.occurredDay)}，{formatHours(entry.creditSeconds)}
      </p>
      <FormShell id="objection" commandId={commandId} encType="multipart/form-data" warnUnsaved>
        <ErrorSummary errors={listErrors(answer?.lastResult?.error, OBJECTION_LABELS)} />
        <input type="hidden" name="entryId" value={entry.id} />
        <TextArea
          label={OBJECTION_LABELS.objection}
          name="objection"
          rows={3}
          required
          defaultValue={answer?.typed.objection}
          error={error}
          hint="写明哪里不对、应为多少学时"
        />
        <FileField
          label={OBJECTION_LABELS.proofs}
          name="proofs"
          error={answer?.lastResult?.error?.proofs?.[0]}
          multiple
          accept={PROOF_ACCEPT}
          maxBytes={MAX_PROOF_BYTES}
          kinds={PROOF_KINDS}
        />
        <SubmitButton busyText="正在提交…">提交异议</SubmitButton>
      </FormShell>
    </Card>
  );
}

function OneCorrection({ correction, commandId }: { correction: HourCorrection; commandId: string }) {
  const { state, note, objection, reason } = correction;
  return (
    <li className="space-y-1 px-5 py-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-6">
        <span className="font-medium">{correction.entryTitle}</span>
        <CorrectionBadge state={state} />
      </p>
      <p className="text-sm text-ink-muted">
        {formatDay(correction.entryDay)} · {changeText(correction)}
      </p>
      <p className="text-sm">{objection ?? reason}</p>
      {note === null ? null : <p className="text-sm text-ink-muted">办理意见：{note}</p>}
      {state === 'objected' ? (
        <FormShell
          id={`withdraw-${correction.id}`}
          commandId={commandId}
          expectedVersion={correction.version}
        >
          <input type="hidden" name="correctionId" value={correction.id} />
          <SubmitButton name="intent" value="withdraw" tone="secondary">
            撤回异议
          </SubmitButton>
        </FormShell>
      ) : null}
    </li>
  );
}
