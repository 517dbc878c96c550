import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { viewUnitCampaigns } from '../campaigns-view.server.ts';
import { UnitCampaignsTable } from '../ui/unit-campaigns-table.tsx';

export const meta: MetaFunction = () => [{ title: '填报任务 · 执法学堂' }];

const TABLE = { sorts: [], defaultSort: { field: 'due', direction: 'asc' }, filters: [] } as const;

export const loader = door('campaign.read_own_unit', async ({ ctx, request }) => {
  const query = parseTableQuery<string, string>(new URL(request.url).searchParams, TABLE);
  const page = await viewUnitCampaigns(ctx, query);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { ...page.value, pageSize: query.size, sort: query.sort };
});

/** What the own units are asked: what is owed first. */
export default function UnitCampaigns() {
  return (
    <>
      <PageHead title="填报任务" />
      <UnitCampaignsTable {...useLoaderData<typeof loader>()} />
    </>
  );
}
