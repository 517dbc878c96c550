import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { Share } from '#app/platform/ui/data/share.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { keyInPath } from '../../confirmation.ts';
import type { KeyInHalls } from '../key-in-view.server.ts';
import { viewKeyInHalls } from '../key-in-view.server.ts';

export const meta: MetaFunction = () => [{ title: '答题卡录入 · 执法学堂' }];

export const loader = door('exam.key_in', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['opensAt'],
    defaultSort: { field: 'opensAt', direction: 'desc' },
    filters: [],
  });
  const outcome = await viewKeyInHalls(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, size: query.size, sort: query.sort };
});

const COLUMNS: readonly Column<KeyInHalls['rows'][number]>[] = [
  { id: 'title', header: '场次', cell: (row) => <span className="block min-w-40">{row.title}</span> },
  {
    id: 'opensAt',
    header: '开考时间',
    cell: (row) => <span className="whitespace-nowrap">{formatInstant(row.opensAt)}</span>,
  },
  { id: 'waits', header: '已录一遍', unit: '份', align: 'end', cell: (row) => formatCount(row.waits) },
  { id: 'differ', header: '不一致待核定', unit: '份', align: 'end', cell: (row) => formatCount(row.differ) },
  {
    id: 'landed',
    header: '已入库评分',
    align: 'end',
    cell: (row) => <Share part={row.landed} whole={row.sheets} />,
  },
];

/** Printed sittings whose answer sheets are to be keyed in. */
export default function KeyInHallsPage() {
  const { rows, total, page, size, sort } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="答题卡录入"
        meta="纸笔考试的答题卡由两人独立录入，一致的入库评分，不一致的由第三人核定。"
      />
      <DataTable
        caption="纸笔考试场次"
        columns={COLUMNS}
        rows={rows}
        total={total}
        page={page}
        pageSize={size}
        sort={sort}
        searchHint={null}
        rowKey={(row) => row.sittingId}
        rowHref={(row) => keyInPath(row.sittingId)}
        empty={<EmptyState title="没有需要录入的场次" text="两人启封印制、已经开考的纸笔场次列在这里。" />}
      />
    </>
  );
}
