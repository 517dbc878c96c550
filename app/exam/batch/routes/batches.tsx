import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { Share } from '#app/platform/ui/data/share.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { BATCH_STATUS_WORDS, batchPath } from '../batch.ts';
import type { BatchesPage } from '../batch-view.server.ts';
import { viewBatches } from '../batch-view.server.ts';
import { BatchBadge } from '../ui/badges.tsx';

export const meta: MetaFunction = () => [{ title: '考试批次 · 执法学堂' }];

const TABLE = { sorts: [], defaultSort: { field: 'from', direction: 'desc' }, filters: ['status'] } as const;

export const loader = door('exam.manage', async ({ ctx, request }) => {
  const query = parseTableQuery<string, 'status'>(new URL(request.url).searchParams, TABLE);
  const outcome = await viewBatches(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, size: query.size, sort: query.sort };
});

/** What one asks for first stands first: on a phone the rest lies to the right. */
const COLUMNS: readonly Column<BatchesPage['rows'][number]>[] = [
  { id: 'title', header: '批次', cell: (row) => <span className="block min-w-40">{row.title}</span> },
  {
    id: 'status',
    header: '状态',
    filter: {
      kind: 'select',
      options: Object.entries(BATCH_STATUS_WORDS).map(([value, { label }]) => ({ value, label })),
    },
    cell: (row) => <BatchBadge status={row.status} phase={row.phase} />,
  },
  {
    id: 'window',
    header: '报名时间',
    hideable: true,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {formatInstant(row.registerFrom)}
        <br />
        {`至 ${formatInstant(row.registerUntil)}`}
      </span>
    ),
  },
  { id: 'region', header: '地区', hideable: true, cell: (row) => row.regionName },
  { id: 'sittings', header: '场次', unit: '场', align: 'end', cell: (row) => formatCount(row.sittings) },
  { id: 'registered', header: '报名', unit: '人', align: 'end', cell: (row) => formatCount(row.registered) },
  { id: 'waiting', header: '待审核', unit: '人', align: 'end', cell: (row) => formatCount(row.waiting) },
  {
    id: 'approved',
    header: '审核通过',
    align: 'end',
    cell: (row) => <Share part={row.approved} whole={row.registered} />,
  },
];

export default function Batches() {
  const { rows, total, page, size, sort } = useLoaderData<typeof loader>();
  const add = (
    <LinkButton to={batchPath('new')} tone="primary">
      新建批次
    </LinkButton>
  );
  return (
    <>
      <PageHead title="考试批次" action={add} />
      <DataTable
        caption="考试批次"
        columns={COLUMNS}
        rows={rows}
        total={total}
        page={page}
        pageSize={size}
        sort={sort}
        rowKey={(row) => row.id}
        rowHref={(row) => batchPath(row.id)}
        searchHint="批次名称"
        empty={<EmptyState title="暂无考试批次" text="新建批次后，向各单位开放报名。" action={add} />}
      />
    </>
  );
}
