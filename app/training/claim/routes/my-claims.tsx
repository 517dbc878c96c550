import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { CLAIM_KIND_LABELS } from '../claim.ts';
import { ownClaimPath } from '../claim-tasks.ts';
import { viewOwnClaims } from '../claim-view.server.ts';
import { ClaimBadge, claimDays } from '../ui/claim-detail.tsx';

export const meta: MetaFunction = () => [{ title: '学时认定 · 执法学堂' }];

export const loader = door('claim.file_own', async ({ ctx }) => {
  const claims = await viewOwnClaims(ctx);
  if (!claims.ok) throw new Response(null, { status: 403 });
  return { claims: claims.value };
});

/** Own claims with where each stands. */
export default function MyClaims() {
  const { claims } = useLoaderData<typeof loader>();
  const file = (
    <LinkButton to="/hours/claims/new" tone="primary">
      申请认定
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title="学时认定"
        breadcrumb={[{ label: '我的学时', to: '/hours' }]}
        meta="参加平台以外的培训、授课、考试竞赛、演练、跟班学习，可申请计入学时"
        action={file}
      />
      {claims.length === 0 ? (
        <EmptyState
          title="还没有申请"
          text="参加省、市、党校或其他平台的培训后，凭证明材料申请，经单位认定后计入学时。"
          action={file}
        />
      ) : (
        <ul className="divide-y divide-line rounded-md border border-line bg-surface-raised">
          {claims.map((claim) => (
            <li key={claim.id} className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1 px-5 py-3">
              <p className="min-w-0 font-medium">
                <TextLink to={ownClaimPath(claim.id)}>{claim.title}</TextLink>
              </p>
              <p className="text-right font-semibold tabular-nums">
                {formatHours(claim.approvedSeconds ?? claim.creditSeconds)}
              </p>
              <p className="col-span-2 flex flex-wrap gap-x-4 text-sm text-ink-muted">
                <ClaimBadge state={claim.state} />
                <span>
                  {CLAIM_KIND_LABELS[claim.kind]} · {claimDays(claim)} · {claim.organiser}
                </span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
