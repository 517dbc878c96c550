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
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { parseForm } from '#app/platform/ui/form/parse-form.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { answerExemption } from '../answer-exemption.server.ts';
import { exemptionPath, exemptionWords } from '../exemption-messages.ts';
import { EXEMPTION_REFUSALS } from '../exemption-refusals.ts';
import type { ExemptionLine } from '../exemption-views.server.ts';
import { viewExemption } from '../exemption-views.server.ts';
import { exemptionAnswerSchema } from '../exemption.schema.ts';
import { ExemptionActs } from '../ui/exemption-acts.tsx';
import { ExemptionBadge } from '../ui/exemption-badge.tsx';

export const meta: MetaFunction = () => [{ title: '免训核减申请 · 执法学堂' }];

export const loader = door('exemption.read', async ({ ctx, params }) => {
  const page = await viewExemption(ctx, params.exemption ?? '');
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  const commandIds = { approve: newId(), decline: newId(), withdraw: newId(), end: newId() };
  return { ...page.value, commandIds };
});

const NOTICES = { approve: 'approved', decline: 'returned', withdraw: 'withdrawn', end: 'saved' } as const;

export const action = door('exemption.read', async ({ ctx, params, request }) => {
  const requestId = params.exemption;
  if (!isId(requestId)) throw new Response(null, { status: 404 });
  const submission = parseForm(await request.formData(), exemptionAnswerSchema);
  if (submission.status !== 'success') throw new Response(null, { status: 400 });
  const { act, note = null, commandId } = submission.value;
  const outcome = await answerExemption(ctx, { requestId, act, note, commandId });
  if (outcome.ok) return redirect(`${exemptionPath(requestId)}?notice=${NOTICES[act]}`);
  const refusal = answerFor(outcome, EXEMPTION_REFUSALS);
  return data({ refusal: refusal.text }, { status: refusal.status });
});

const HINTS = {
  own: '申请由您提出，须由另一人批准后生效',
  self: '本人的免训、核减须由他人批准',
  bureau: '本地区规定由司法局批准',
} as const;

export default function Exemption() {
  const { request, hint, commandIds, ...may } = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={`${request.year}年${request.effect === 'exempt' ? '免训' : '核减'}：${request.personName}`}
        breadcrumb={[
          { label: '免训核减', to: `/coordinate/exemptions?year=${request.year}` },
          { label: request.personName },
        ]}
        meta={request.unitName}
      />
      <div className="space-y-6">
        <Refusal text={answered?.refusal ?? null} />
        {hint === null ? null : <Callout tone="info" title={HINTS[hint]} />}
        <RequestCard request={request} />
        <ExemptionActs request={request} may={may} commandIds={commandIds} />
      </div>
    </>
  );
}

function RequestCard({ request }: { request: ExemptionLine }) {
  const scan =
    request.scanName === null ? null : (
      <a href={`${exemptionPath(request.id)}/scan`} className="text-accent underline underline-offset-4">
        {request.scanName}
      </a>
    );
  const decided =
    request.decidedAt === null ? null : `${request.decidedByName ?? ''}，${formatInstant(request.decidedAt)}`;
  return (
    <Card title="申请内容" action={<ExemptionBadge state={request.state} />}>
      <DefinitionList
        items={[
          { term: '内容', value: exemptionWords(request) },
          { term: '文号', value: request.documentNo },
          { term: '说明', value: request.remark === '' ? null : request.remark },
          { term: '证明材料', value: scan },
          { term: '申请', value: `${request.filedByName}，${formatInstant(request.filedAt)}` },
          // Before the decision there is nothing to say about it.
          ...(decided === null
            ? []
            : [
                { term: '办理', value: decided },
                { term: '意见', value: request.note },
              ]),
        ]}
      />
    </Card>
  );
}
