import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId, newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { Callout } from '#app/platform/ui/feedback/callout.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { ScanList } from '../../approval/ui/scan-list.tsx';
import { viewApproval } from '../approval-view.server.ts';
import { postApproval } from '../approve-action.server.ts';
import { ApprovalCard } from '../ui/approval-form.tsx';
import { CampaignBadge } from '../ui/badges.tsx';
import { BoardStats } from '../ui/board-head.tsx';
import { ExceptionList } from '../ui/exception-list.tsx';

export const meta: MetaFunction = () => [{ title: '登记批准 · 执法学堂' }];

export const loader = door('campaign.approve', async ({ ctx, params }) => {
  if (!isId(params.campaign)) throw new Response(null, { status: 404 });
  const page = await viewApproval(ctx, params.campaign);
  if (!page.ok) throw new Response(null, { status: page.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...page.value, commandId: newId() };
});

export const action = door('campaign.approve', async ({ ctx, params, request }) => {
  if (!isId(params.campaign)) throw new Response(null, { status: 404 });
  const refused = await postApproval(ctx, params.campaign, await request.formData());
  return refused === null
    ? redirect('?notice=approved')
    : data({ posted: refused.posted }, { status: refused.status });
});

/** The approval alone: what the second person decides about, also on a phone. */
export default function CampaignApproval() {
  const { campaign, counts, answers, scans, ...page } = useLoaderData<typeof loader>();
  const posted = useActionData<typeof action>()?.posted ?? null;
  const isDecided = campaign.state === 'approved' || campaign.state === 'announced';
  return (
    <>
      <PageHead
        title={campaign.title}
        breadcrumb={[{ label: campaign.kindLabel }, { label: '登记批准' }]}
        meta={
          <>
            <CampaignBadge state={campaign.state} />
            {`，${campaign.regionName}，${formatDay(campaign.issuedDay)}下发`}
            {campaign.documentNo === null ? '' : `，${campaign.documentNo}`}
          </>
        }
      />
      <div className="space-y-6">
        {posted?.refusal ? (
          <div role="alert">
            <Callout tone="danger" title={posted.refusal} />
          </div>
        ) : null}
        <BoardStats counts={counts} />
        {answers.map((answer) => (
          <Card key={answer.unitName} title={answer.unitName}>
            <ExceptionList exceptions={answer.exceptions} sameLabel="" />
          </Card>
        ))}
        {isDecided ? (
          <Card title="扫描件">
            <ScanList scans={scans} />
          </Card>
        ) : (
          <ApprovalCard {...page} campaign={campaign} counts={counts} posted={posted} />
        )}
      </div>
    </>
  );
}
