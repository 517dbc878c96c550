import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { CAMPAIGNS_TABLE } from '../board-table-spec.ts';
import { viewCampaigns } from '../campaigns-view.server.ts';
import { CampaignsTable } from '../ui/campaigns-table.tsx';

export const meta: MetaFunction = () => [{ title: '任务下发 · 执法学堂' }];

export const loader = door('campaign.read', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, CAMPAIGNS_TABLE);
  const page = await viewCampaigns(ctx, query);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { ...page.value, pageSize: query.size, sort: query.sort };
});

/** What was sent down, and how far it is. */
export default function BureauCampaigns() {
  const { mayIssue, ...table } = useLoaderData<typeof loader>();
  const issue = mayIssue ? (
    <LinkButton tone="primary" to="/bureau/campaigns/new">
      下发任务
    </LinkButton>
  ) : undefined;
  return (
    <>
      <PageHead title="任务下发" action={issue} />
      <CampaignsTable {...table} emptyAction={issue} />
    </>
  );
}
