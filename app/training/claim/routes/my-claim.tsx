import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { handleClaim } from '../claim-action.server.ts';
import { ownClaimPath } from '../claim-tasks.ts';
import { viewClaimRules, viewOwnClaim } from '../claim-view.server.ts';
import { ClaimFacts, ClaimHistory, ProofList } from '../ui/claim-detail.tsx';
import { CompleteClaim } from '../ui/complete-claim.tsx';
import { ClaimRefused } from '../ui/claim-refused.tsx';
import { WithdrawClaim } from '../ui/desk-forms.tsx';

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: `${page?.claim.title ?? '学时认定'} · 执法学堂` },
];

export const loader = door('claim.file_own', async ({ ctx, params }) => {
  if (!isId(params.claim)) throw new Response(null, { status: 404 });
  const page = await viewOwnClaim(ctx, params.claim);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  const { convention, lectureText } = await viewClaimRules(ctx);
  const commandIds = { complete: newId(), withdraw: newId() };
  return { ...page.value, rules: { convention, lectureText }, commandIds };
});

export const action = door('claim.file_own', async ({ ctx, params, request }) => {
  if (!isId(params.claim)) throw new Response(null, { status: 404 });
  const answer = await handleClaim(ctx, 'own', params.claim, await request.formData());
  if (answer.notice !== null) return redirect(`${ownClaimPath(params.claim)}?notice=${answer.notice}`);
  return data(answer, { status: answer.status });
});

export default function MyClaim() {
  const { claim, unitName, events, proofs, mayComplete, mayWithdraw, rules, commandIds } =
    useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <>
      <PageHead
        title={claim.title}
        breadcrumb={[
          { label: '我的学时', to: '/hours' },
          { label: '学时认定', to: '/hours/claims' },
        ]}
        action={mayWithdraw ? <WithdrawClaim claim={claim} commandId={commandIds.withdraw} /> : null}
      />
      <ClaimRefused answer={answer ?? null} />
      <div className="space-y-6">
        {claim.state === 'returned' ? (
          <Callout tone="warning" title="申请已退回，请补正后重新提交">
            退回理由：{claim.note}
          </Callout>
        ) : null}
        <ClaimFacts claim={claim} unitName={unitName} />
        <ProofList proofs={proofs} />
        <ClaimHistory events={events} />
        {mayComplete ? (
          <CompleteClaim
            {...{ claim, proofs, rules }}
            commandId={commandIds.complete}
            lastResult={answer?.lastResult ?? null}
          />
        ) : null}
      </div>
    </>
  );
}
