import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { door } from '#app/accounts/door.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { DefinitionList } from '#app/platform/ui/data/definition-list.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { acceptSchema, answerSchema } from '../people.schema.ts';
import { CHANGE_REFUSALS } from '../refusals.ts';
import type { TransferAnswerInput } from '../transfers.server.ts';
import { answerTransferAs } from '../transfers.server.ts';
import { viewTransfer } from '../transfers-view.server.ts';
import { AcceptForm, CloseForm } from '../ui/accept-form.tsx';
import { FactGroups } from '../ui/fact-groups.tsx';
import { TransferBadge } from '../ui/change-badge.tsx';

export const meta: MetaFunction = () => [{ title: '人员调动办理 · 执法学堂' }];

export const loader = door('transfer.manage', async ({ ctx, params }) => {
  if (!isId(params.transfer)) throw new Response(null, { status: 404 });
  const outcome = await viewTransfer(ctx, params.transfer);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { page: outcome.value, commandIds: { accept: newId(), close: newId() } };
});

const NOTICES = { accept: 'approved', return: 'returned', withdraw: 'withdrawn' } as const;

async function answer(
  ctx: ActorCtx,
  input: TransferAnswerInput,
  lastResult: ReturnType<ReturnType<typeof parseForm>['reply']>,
) {
  const outcome = await answerTransferAs(ctx, input);
  if (outcome.ok) return redirect(`?notice=${NOTICES[input.act]}`);
  const refusal = answerFor(outcome, CHANGE_REFUSALS);
  return data({ lastResult, refusal: refusal.text }, { status: refusal.status });
}

export const action = door('transfer.manage', async ({ ctx, params, request }) => {
  const transferId = params.transfer;
  if (!isId(transferId)) throw new Response(null, { status: 404 });
  const formData = await request.formData();
  if (formData.get('act') === 'accept') {
    const submission = parseForm(formData, acceptSchema);
    if (submission.status !== 'success')
      return data({ lastResult: submission.reply(), refusal: null }, { status: 422 });
    const { establishment, position, department, isEnforcementPost, fieldCode, enforcementArea, commandId } =
      submission.value;
    const post = {
      establishment,
      position: position ?? null,
      department: department ?? null,
      isEnforcementPost: isEnforcementPost === 'yes',
      fieldCode: fieldCode ?? null,
      enforcementArea: enforcementArea ?? null,
    };
    return answer(ctx, { act: 'accept', transferId, post, commandId }, submission.reply());
  }
  const submission = parseForm(formData, answerSchema);
  if (submission.status !== 'success')
    return data({ lastResult: null, refusal: '提交的内容不完整，请刷新页面后重试。' }, { status: 422 });
  const { act, note, commandId } = submission.value;
  return answer(ctx, { act, transferId, note: note ?? null, commandId }, submission.reply());
});

/** The person with card, hours, registrations, classes and rights together; below, the answer. */
export default function Transfer() {
  const { page, commandIds } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const { person } = page;
  return (
    <>
      <PageHead
        title={`调动：${person.name}`}
        breadcrumb={[
          { label: '机构与人员' },
          { label: '人员调动', to: '/coordinate/transfers' },
          { label: person.name },
        ]}
        meta={<TransferBadge state={page.state} />}
      />
      <div className="space-y-6">
        {answered?.refusal ? <Callout tone="danger" title={answered.refusal} /> : null}
        <Card title="调动">
          <DefinitionList
            columns={2}
            items={[
              { term: '转出单位', value: page.fromName },
              { term: '转入单位', value: page.toName },
              { term: '调动日期', value: formatDay(page.effectiveDay) },
              { term: '文号', value: page.documentNo ?? '–' },
              { term: '调动原因', value: page.reason },
              { term: '身份证号', value: person.idNumberMasked },
              ...(page.decidedAt === null
                ? []
                : [{ term: '办结时间', value: formatInstant(page.decidedAt) }]),
              ...(page.note === null ? [] : [{ term: '退回或撤回说明', value: page.note }]),
            ]}
          />
        </Card>
        <FactGroups groups={page.groups} />
        {page.mayAnswer ? (
          <AcceptForm page={page} commandId={commandIds.accept} lastResult={answered?.lastResult ?? null} />
        ) : null}
        {page.mayAnswer || page.mayWithdraw ? (
          <CloseForm mayReturn={page.mayAnswer} mayWithdraw={page.mayWithdraw} commandId={commandIds.close} />
        ) : null}
      </div>
    </>
  );
}
