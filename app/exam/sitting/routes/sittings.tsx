import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { dayOf, formatClock, formatDay } from '#app/platform/time/day.ts';
import { Share } from '#app/platform/ui/data/share.tsx';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { SITTING_PHASE_WORDS, SITTING_SORTS } from '../sitting-list.ts';
import type { SittingLine } from '../sittings-view.server.ts';
import { viewSittings } from '../sittings-view.server.ts';

export const meta: MetaFunction = () => [{ title: '考试场次 · 执法学堂' }];

export const loader = door('exam.manage', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: SITTING_SORTS,
    defaultSort: { field: 'opensAt', direction: 'desc' },
    filters: ['phase'],
  });
  const outcome = await viewSittings(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, size: query.size, sort: query.sort };
});

/** What one asks for first stands first: on a phone the rest lies to the right. */
const COLUMNS: readonly Column<SittingLine>[] = [
  {
    id: 'title',
    header: '场次',
    sortable: true,
    cell: (row) => <span className="block min-w-36">{row.title}</span>,
  },
  {
    id: 'phase',
    header: '状态',
    filter: {
      kind: 'select',
      options: Object.entries(SITTING_PHASE_WORDS).map(([value, { label }]) => ({ value, label })),
    },
    cell: (row) => {
      const { label, shape, tone } = SITTING_PHASE_WORDS[row.phase];
      return (
        <StateBadge shape={shape} tone={tone}>
          {label}
        </StateBadge>
      );
    },
  },
  {
    id: 'opensAt',
    header: '考试时间',
    sortable: true,
    hideable: true,
    cell: (row) => (
      <span className="whitespace-nowrap">
        {formatDay(dayOf(row.opensAt))}
        <br />
        {dayOf(row.opensAt) === dayOf(row.hardEndAt)
          ? `${formatClock(row.opensAt)}–${formatClock(row.hardEndAt)}`
          : `至 ${formatDay(dayOf(row.hardEndAt))}`}
      </span>
    ),
  },
  {
    id: 'region',
    header: '地区',
    hideable: true,
    cell: (row) => <span className="whitespace-nowrap">{row.regionName}</span>,
  },
  {
    id: 'registered',
    header: '报名',
    unit: '人',
    align: 'end',
    sortable: true,
    cell: (row) => formatCount(row.registered),
  },
  {
    id: 'approved',
    header: '审核通过',
    align: 'end',
    hideable: true,
    cell: (row) => <Share part={row.approved} whole={row.registered} />,
  },
  {
    id: 'started',
    header: '已开考',
    align: 'end',
    sortable: true,
    cell: (row) => <Share part={row.started} whole={row.approved} />,
  },
  {
    id: 'graded',
    header: '已交卷评分',
    align: 'end',
    cell: (row) => <Share part={row.graded} whole={row.started} />,
  },
  {
    id: 'passed',
    header: '合格',
    align: 'end',
    sortable: true,
    cell: (row) => <Share part={row.passed} whole={row.graded} />,
  },
];

export default function Sittings() {
  const { rows, total, page, size, sort } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="考试场次" meta="按人统计：每人取最近一版成绩；合格率以已评分的人为分母。" />
      <DataTable
        caption="考试场次"
        columns={COLUMNS}
        rows={rows}
        total={total}
        page={page}
        pageSize={size}
        sort={sort}
        rowKey={(row) => row.sittingId}
        rowHref={(row) => `/bureau/exams/${row.sittingId}/papers`}
        searchHint="场次名称"
        empty={
          <EmptyState
            title="暂无考试场次"
            text="本地区还没有安排考试，或没有符合条件的场次。"
            action={<LinkButton to="/bureau/exams/batches">去考试批次</LinkButton>}
          />
        }
      />
    </>
  );
}
