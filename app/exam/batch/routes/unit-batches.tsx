import type { MetaFunction } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Card } from '#app/platform/ui/data/card.tsx';
import { TextLink } from '#app/platform/ui/data/text-link.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { unitBatchPath } from '../batch.ts';
import { batchOfCampaign, viewUnitBatches } from '../registration/unit-batches-view.server.ts';
import { BatchBadge } from '../ui/badges.tsx';

export const meta: MetaFunction = () => [{ title: '考试报名 · 执法学堂' }];

/** `?campaign=` comes from the office's list of what a unit owes and leads to the batch behind it. */
export const loader = door('exam.read_registration', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const [campaign, unit] = [search.get('campaign'), search.get('unit')];
  if (isId(campaign)) {
    const batch = await batchOfCampaign(ctx, campaign);
    if (!batch.ok) throw new Response(null, { status: 404 });
    throw redirect(`${unitBatchPath(batch.value.batchId)}${isId(unit) ? `?unit=${unit}` : ''}`);
  }
  const page = await viewUnitBatches(ctx);
  if (!page.ok) throw new Response(null, { status: 403 });
  return page.value;
});

export default function UnitBatches() {
  const { rows, mayRegister, mayCheck } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="考试报名" />
      {rows.length === 0 ? (
        <EmptyState title="暂无考试批次" text="司法局开放报名后显示在这里，并通知单位联络员。" />
      ) : (
        <Card>
          <SimpleTable
            caption="考试批次"
            hideCaption
            head={[
              '批次',
              '状态',
              '报名截止',
              '地区',
              { label: '已报名', unit: '人', align: 'end' },
              { label: '审核通过', unit: '人', align: 'end' },
              { label: '退回', unit: '人', align: 'end' },
              '办理',
            ]}
            rows={rows.map((row) => ({
              key: row.id,
              cells: [
                <TextLink key="title" to={unitBatchPath(row.id)}>
                  {row.title}
                </TextLink>,
                <BatchBadge key="state" status={row.status} phase={row.phase} />,
                <span key="until" className="whitespace-nowrap">
                  {formatInstant(row.registerUntil)}
                </span>,
                row.regionName,
                formatCount(row.registered),
                formatCount(row.approved),
                formatCount(row.returned),
                <span key="links" className="flex flex-wrap gap-x-4">
                  <TextLink to={unitBatchPath(row.id)}>
                    {mayRegister && (row.phase === 'regular' || row.phase === 'late') ? '报名' : '查看'}
                  </TextLink>
                  {mayCheck ? (
                    <TextLink to={`${unitBatchPath(row.id)}/check`}>
                      {row.unchecked > 0 ? `初审（${formatCount(row.unchecked)} 人）` : '初审'}
                    </TextLink>
                  ) : null}
                </span>,
              ],
            }))}
          />
        </Card>
      )}
    </>
  );
}
