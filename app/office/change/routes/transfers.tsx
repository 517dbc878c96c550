import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { TRANSFER_STATES, TRANSFER_STATE_LABELS } from '#app/organization/change/transfer.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { TRANSFERS_TABLE } from '../change-tables.ts';
import type { TransferLine } from '../transfers-view.server.ts';
import { viewTransfers } from '../transfers-view.server.ts';
import { TransferBadge } from '../ui/change-badge.tsx';

export const meta: MetaFunction = () => [{ title: '人员调动 · 执法学堂' }];

export const loader = door('transfer.manage', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, TRANSFERS_TABLE);
  const outcome = await viewTransfers(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, pageSize: query.size, sort: query.sort };
});

const COLUMNS: readonly Column<TransferLine>[] = [
  { id: 'name', header: '姓名', cell: (row) => <span className="whitespace-nowrap">{row.name}</span> },
  {
    id: 'direction',
    header: '方向',
    filter: {
      kind: 'select',
      options: [
        { value: 'out', label: '转出' },
        { value: 'in', label: '转入' },
      ],
    },
    cell: (row) => (row.direction === 'out' ? '转出' : '转入'),
  },
  { id: 'from', header: '转出单位', cell: (row) => row.fromName },
  { id: 'to', header: '转入单位', cell: (row) => row.toName },
  { id: 'day', header: '调动日期', sortable: true, cell: (row) => formatDay(row.effectiveDay) },
  {
    id: 'state',
    header: '进度',
    filter: {
      kind: 'select',
      options: TRANSFER_STATES.map((state) => ({ value: state, label: TRANSFER_STATE_LABELS[state] })),
    },
    cell: (row) => <TransferBadge state={row.state} />,
  },
  {
    id: 'filed',
    header: '提交时间',
    sortable: true,
    hideable: true,
    cell: (row) => formatInstant(row.filedAt),
  },
];

/** Transfers out of and into one's units. */
export default function Transfers() {
  const table = useLoaderData<typeof loader>();
  const file = (
    <LinkButton tone="primary" to="/coordinate/transfers/new">
      办理转出
    </LinkButton>
  );
  return (
    <>
      <PageHead
        title="人员调动"
        breadcrumb={[{ label: '机构与人员' }, { label: '人员调动' }]}
        action={file}
      />
      <DataTable
        caption="人员调动"
        columns={COLUMNS}
        {...table}
        rowKey={(row) => row.id}
        rowHref={(row) => `/coordinate/transfers/${row.id}`}
        searchHint="姓名"
        empty={<EmptyState title="暂无调动" text="转出单位提交后，由转入单位确认。" />}
      />
    </>
  );
}
