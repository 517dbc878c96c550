import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';
import { TextArea } from '#app/platform/ui/form/text-area.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { ProofList } from '../../claim/ui/claim-detail.tsx';
import type { CorrectionFormAnswer } from '../correction-action.server.ts';
import { submitAnswer, submitRequest } from '../correction-action.server.ts';
import { correctionPath } from '../correction-tasks.ts';
import type { CorrectionDesk } from '../correction-view.server.ts';
import { viewCorrection } from '../correction-view.server.ts';
import { changeText, CorrectionFacts, CorrectionHistory } from '../ui/correction-parts.tsx';
import { RequestForm } from '../ui/request-form.tsx';

export const meta: MetaFunction = () => [{ title: '学时更正办理 · 执法学堂' }];

export const loader = door('hours.read_correction', async ({ ctx, params }) => {
  if (!isId(params.correction)) throw new Response(null, { status: 404 });
  const page = await viewCorrection(ctx, params.correction);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return {
    page: page.value,
    commandIds: { apply: newId(), decline: newId(), withdraw: newId(), file: newId() },
  };
});

export const action = door('hours.read_correction', async ({ ctx, params, request }) => {
  if (!isId(params.correction)) throw new Response(null, { status: 404 });
  const form = await request.formData();
  const answer = form.has('intent')
    ? await submitAnswer(ctx, params.correction, form)
    : await submitRequest(ctx, { correctionId: params.correction }, form);
  if (answer.correctionId !== null)
    return redirect(`${correctionPath(answer.correctionId)}?notice=${answer.notice}`);
  return data(answer, { status: answer.status });
});

const WHY_NOT = {
  MAKER_IS_CHECKER: '由您提出，须由其他人员审核',
  ENTRY_OF_ONESELF: '这是您本人的学时，须由其他人员办理',
} as const;

export default function Correction() {
  const { page, commandIds } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  const { correction, closedYear, whyNot } = page;
  return (
    <>
      <PageHead
        title={`学时更正：${correction.personName}“${correction.entryTitle}”`}
        breadcrumb={[{ label: '学时更正', to: '/coordinate/hour-corrections' }]}
        meta={page.unitName}
        action={
          page.mayWithdraw ? (
            <ConfirmDialog
              id="withdraw"
              title="撤回申请"
              trigger="撤回申请"
              confirm="撤回申请"
              commandId={commandIds.withdraw}
              expectedVersion={correction.version}
              hidden={{ intent: 'withdraw' }}
            >
              撤回后，这条学时保持原样，可以重新提出。
            </ConfirmDialog>
          ) : null
        }
      />
      <div className="space-y-6">
        <Refusal text={answer?.refusal ?? null} />
        {whyNot === null || whyNot === 'YEAR_CLOSED' ? null : <Callout tone="info" title={WHY_NOT[whyNot]} />}
        {closedYear === null ? null : (
          <Callout tone="warning" title={`${closedYear} 年度学时已封账，更正须由司法局审核`} />
        )}
        <CorrectionFacts correction={correction} unitName={page.unitName} />
        <ProofList proofs={page.proofs} />
        {page.mayTakeUp ? (
          <Card title="提出更正申请">
            <RequestForm
              commandId={commandIds.file}
              expectedVersion={correction.version}
              entrySeconds={correction.entrySeconds}
              needsProof={false}
              lastResult={answer?.lastResult ?? null}
            />
          </Card>
        ) : null}
        <Decision page={page} commandIds={commandIds} answer={answer} />
        <CorrectionHistory events={page.events} />
      </div>
    </>
  );
}

interface DecisionProps {
  readonly page: CorrectionDesk;
  readonly commandIds: { readonly apply: string; readonly decline: string };
  readonly answer: CorrectionFormAnswer | null;
}

/** Agree or turn down; what it means stands before the button. */
function Decision({ page, commandIds, answer }: DecisionProps) {
  const { correction, mayApply, mayDecline } = page;
  const of = (intent: string) => (answer?.typed.intent === intent ? answer : null);
  return (
    <div className="no-print grid items-start gap-6 lg:grid-cols-2">
      {mayApply ? (
        <Card title="同意更正">
          <FormShell id="apply" commandId={commandIds.apply} expectedVersion={correction.version}>
            <TextArea label="审核意见" name="note" rows={2} defaultValue={of('apply')?.typed.note} />
            <p className="text-sm text-ink-muted">
              同意后，原记录冲销，按“{changeText(correction)}”记入台账，两条记录都保留，并通知本人。
            </p>
            <SubmitButton name="intent" value="apply" busyText="正在更正…">
              同意并更正
            </SubmitButton>
          </FormShell>
        </Card>
      ) : null}
      {mayDecline ? (
        <Card title={correction.state === 'objected' ? '不予更正' : '不同意'}>
          <FormShell id="decline" commandId={commandIds.decline} expectedVersion={correction.version}>
            <TextArea
              label="理由"
              name="note"
              rows={3}
              required
              defaultValue={of('decline')?.typed.note}
              error={of('decline')?.errors.note}
              hint={correction.origin === 'objection' ? '会答复本人，请写明核对情况' : '提出人会看到'}
            />
            <SubmitButton name="intent" value="decline" tone="secondary">
              {correction.state === 'objected' ? '答复本人，不予更正' : '不同意更正'}
            </SubmitButton>
          </FormShell>
        </Card>
      ) : null}
    </div>
  );
}
