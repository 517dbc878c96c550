import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { handleClaim } from '../claim-action.server.ts';
import { claimPath } from '../claim-tasks.ts';
import { viewClaimDesk, viewClaimRules } from '../claim-view.server.ts';
import { ClaimFacts, ClaimHistory, ProofList } from '../ui/claim-detail.tsx';
import { ClaimRefused } from '../ui/claim-refused.tsx';
import { CompleteClaim } from '../ui/complete-claim.tsx';
import { DeskForms, OverlapNotice, WhyNot, WithdrawClaim } from '../ui/desk-forms.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.claim.personName ?? ''}学时认定 · 执法学堂` },
];

export const loader = door('claim.read', async ({ ctx, params }) => {
  if (!isId(params.claim)) throw new Response(null, { status: 404 });
  const page = await viewClaimDesk(ctx, params.claim);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  const { convention, lectureText } = await viewClaimRules(ctx);
  const commandIds = { approve: newId(), return: newId(), complete: newId(), withdraw: newId() };
  return { ...page.value, rules: { convention, lectureText }, commandIds };
});

export const action = door('claim.read', async ({ ctx, params, request }) => {
  if (!isId(params.claim)) throw new Response(null, { status: 404 });
  const answer = await handleClaim(ctx, 'unit', params.claim, await request.formData());
  if (answer.notice !== null) return redirect(`${claimPath(params.claim)}?notice=${answer.notice}`);
  return data(answer, { status: answer.status });
});

export default function ClaimDesk() {
  const page = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() ?? null;
  const { claim, commandIds } = page;
  return (
    <>
      <PageHead
        title={`${claim.personName}：${claim.title}`}
        breadcrumb={[{ label: '学时认定', to: '/coordinate/claims' }]}
        meta={page.unitName}
        action={page.mayWithdraw ? <WithdrawClaim claim={claim} commandId={commandIds.withdraw} /> : null}
      />
      <ClaimRefused answer={answer} />
      <div className="space-y-6">
        <WhyNot whyNot={page.whyNot} closedYear={page.closedYear} />
        {claim.state === 'returned' ? (
          <Callout tone="warning" title="申请已退回，待补正">
            退回理由：{claim.note}
          </Callout>
        ) : null}
        <ClaimFacts claim={claim} unitName={page.unitName} />
        <OverlapNotice overlaps={page.overlaps} />
        <ProofList proofs={page.proofs} />
        {page.mayDecide && page.whyNot === null ? (
          <DeskForms claim={claim} commandIds={commandIds} answer={answer} />
        ) : null}
        <ClaimHistory events={page.events} />
        {page.mayComplete ? (
          <CompleteClaim
            {...{ claim, proofs: page.proofs, rules: page.rules }}
            commandId={commandIds.complete}
            lastResult={answer?.lastResult ?? null}
          />
        ) : null}
      </div>
    </>
  );
}
