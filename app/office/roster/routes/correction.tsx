import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { ConfirmDialog } from '#app/platform/ui/feedback/confirm-dialog.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { answerCorrection } from '../correct-person.server.ts';
import { viewCorrection } from '../correction-view.server.ts';
import { ROSTER_REFUSALS } from '../refusals.ts';
import { correctionPath, personPath } from '../roster-tasks.ts';
import { answerCorrectionSchema } from '../roster.schema.ts';
import { ChangeTable, CorrectionBadge } from '../ui/person-history.tsx';

export const meta: MetaFunction = () => [{ title: '信息更正复核 · 执法学堂' }];

export const loader = door('roster.read_correction', async ({ ctx, params }) => {
  const page = await viewCorrection(ctx, params.correction ?? '');
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  const commandIds = { apply: newId(), decline: newId(), withdraw: newId() };
  return { ...page.value, commandIds };
});

const NOTICES = { apply: 'approved', decline: 'returned', withdraw: 'withdrawn' } as const;

export const action = door('roster.read_correction', async ({ ctx, params, request }) => {
  const correctionId = params.correction;
  if (!isId(correctionId)) throw new Response(null, { status: 404 });
  const submission = parseForm(await request.formData(), answerCorrectionSchema);
  if (submission.status !== 'success') throw new Response(null, { status: 400 });
  const { act, note = null, commandId } = submission.value;
  const outcome = await answerCorrection(ctx, { correctionId, act, note, commandId });
  if (outcome.ok) return redirect(`${correctionPath(correctionId)}?notice=${NOTICES[act]}`);
  const refusal = answerFor(outcome, ROSTER_REFUSALS);
  return data({ refusal: refusal.text }, { status: refusal.status });
});

export default function Correction() {
  const { correction, unitName, isOwn, mayAnswer, mayWithdraw, commandIds } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`信息更正：${correction.personName}`}
        breadcrumb={[
          { label: '本单位人员', to: '/coordinate/roster' },
          { label: correction.personName, to: personPath(correction.personId) },
          { label: '信息更正' },
        ]}
        meta={unitName}
      />
      <div className="space-y-6">
        {answered?.refusal ? <Callout tone="danger" title={answered.refusal} /> : null}
        {isOwn ? <Callout tone="info" title="由您提出，须由另一名人员复核后生效" /> : null}
        <Card title="更正内容" action={<CorrectionBadge state={correction.state} />}>
          <ChangeTable changes={correction.changes} />
        </Card>
        <Card title="依据">
          <DefinitionList
            items={[
              { term: '依据材料', value: correction.proof },
              {
                term: '扫描件',
                value:
                  correction.scanName === null ? null : (
                    <a
                      href={`${correctionPath(correction.id)}/scan`}
                      className="text-accent underline underline-offset-4"
                    >
                      {correction.scanName}
                    </a>
                  ),
              },
              {
                term: '提出',
                value: `${correction.filedByName}，${formatInstant(correction.filedAt)}`,
              },
              {
                term: '办理',
                value:
                  correction.decidedAt === null
                    ? null
                    : `${correction.decidedByName ?? ''}，${formatInstant(correction.decidedAt)}`,
              },
              { term: '意见', value: correction.note },
            ]}
          />
        </Card>
        <div className="flex flex-wrap gap-3">
          {mayAnswer ? (
            <>
              <ConfirmDialog
                id="apply"
                title="同意更正"
                trigger="同意更正"
                confirm="同意，按更正后登记"
                tone="primary"
                commandId={commandIds.apply}
                hidden={{ act: 'apply' }}
              >
                {correction.personName} 的信息将立即按更正后的内容登记，更正前后的内容和依据留存备查。
              </ConfirmDialog>
              <ConfirmDialog
                id="decline"
                title="不同意更正"
                trigger="不同意"
                confirm="不同意，退回"
                reasonLabel="理由"
                reasonName="note"
                commandId={commandIds.decline}
                hidden={{ act: 'decline' }}
              >
                {correction.personName} 的信息保持不变。
              </ConfirmDialog>
            </>
          ) : null}
          {mayWithdraw ? (
            <ConfirmDialog
              id="withdraw"
              title="撤回更正"
              trigger="撤回"
              confirm="撤回这项更正"
              commandId={commandIds.withdraw}
              hidden={{ act: 'withdraw' }}
            >
              撤回后信息保持不变，可以重新提出。
            </ConfirmDialog>
          ) : null}
        </div>
      </div>
    </>
  );
}
