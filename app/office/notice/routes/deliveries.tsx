import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { filterOf, viewDeliveries } from '../delivery/deliveries-view.server.ts';
import { ChannelTable, DeliveryTable } from '../ui/delivery-table.tsx';

export const meta: MetaFunction = () => [{ title: '投递记录 · 执法学堂' }];

export const loader = door('delivery.read', async ({ ctx, request }) => {
  const { filters, page, size } = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['created'],
    defaultSort: { field: 'created', direction: 'desc' },
    filters: ['channel', 'state'],
    defaultSize: 50,
  });
  const log = await viewDeliveries(ctx, filterOf(filters), { page, size });
  if (!log.ok) throw new Response(null, { status: 403 });
  return { ...log.value, pageSize: size };
});

export default function Deliveries() {
  const { channels, ...log } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="投递记录"
        breadcrumb={[{ label: '平台' }, { label: '投递记录' }]}
        meta="通知经邮件和网关发出的情况；失败后自动重试，最多 8 次，不显示通知内容"
      />
      <div className="space-y-10">
        <div className="max-w-3xl">
          <ChannelTable channels={channels} />
        </div>
        <DeliveryTable {...log} />
      </div>
    </>
  );
}
