import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { CHECK_STATE_WORDS } from '../sitting-checks.ts';
import { viewSittingChecks } from '../sitting-checks-view.server.ts';

export const meta: MetaFunction = () => [{ title: '考前设备检测情况 · 执法学堂' }];

export const loader = door('exam.invigilate', async ({ ctx, params, request }) => {
  if (!isId(params.sitting)) throw new Response(null, { status: 404 });
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['seat'] as const,
    defaultSort: { field: 'seat', direction: 'asc' },
    filters: ['state'],
  });
  const outcome = await viewSittingChecks(ctx, params.sitting, query);
  if (!outcome.ok) throw new Response(null, { status: outcome.code === 'FORBIDDEN' ? 403 : 404 });
  return { ...outcome.value, size: query.size, sort: query.sort };
});

type Row = ReturnType<typeof useLoaderData<typeof loader>>['rows'][number];

const instant = (at: Date | null) => (
  <span className="whitespace-nowrap">{at === null ? '–' : formatInstant(at)}</span>
);

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'seat',
    header: '座位',
    cell: (row) => (
      <span className="whitespace-nowrap">
        {row.roomName === null ? '–' : `${row.roomName} ${row.seatNo ?? ''} 号`}
      </span>
    ),
  },
  {
    id: 'person',
    header: '考生',
    cell: (row) => <span className="whitespace-nowrap">{row.personName}</span>,
  },
  {
    id: 'state',
    header: '设备',
    filter: {
      kind: 'select',
      options: Object.entries(CHECK_STATE_WORDS).map(([value, { label }]) => ({ value, label })),
    },
    cell: (row) => {
      const { label, shape, tone } = CHECK_STATE_WORDS[row.verdict ?? 'unchecked'];
      return (
        <StateBadge shape={shape} tone={tone}>
          {label}
        </StateBadge>
      );
    },
  },
  { id: 'unit', header: '单位', hideable: true, cell: (row) => row.unitName },
  { id: 'ticket', header: '准考证号', hideable: true, cell: (row) => row.ticketNo ?? '–' },
  { id: 'label', header: '检测座位', hideable: true, cell: (row) => row.seatLabel ?? '–' },
  { id: 'checkedAt', header: '检测时间', hideable: true, cell: (row) => instant(row.checkedAt) },
  { id: 'rehearsedAt', header: '完成演练', hideable: true, cell: (row) => instant(row.rehearsedAt) },
];

export default function SittingChecksPage() {
  const { sittingId, title, candidates, unchecked, notReady, ...list } = useLoaderData<typeof loader>();
  const { rows, total, page, size, sort } = list;
  return (
    <>
      <PageHead
        title="考前设备检测情况"
        breadcrumb={[
          { label: '监考', to: '/invigilate' },
          { label: title, to: `/invigilate/${sittingId}` },
        ]}
        meta={`考生 ${formatCount(candidates)} 人，未检测 ${formatCount(unchecked)} 人，设备不适合考试 ${formatCount(notReady)} 人。只列考前 14 天内的最近一次。`}
      />
      <DataTable
        caption="考前设备检测情况"
        columns={COLUMNS}
        rows={rows}
        total={total}
        page={page}
        pageSize={size}
        sort={sort}
        rowKey={(row) => row.registrationId}
        searchHint="姓名或准考证号"
        empty={<EmptyState title="没有符合条件的考生" text="可以更换筛选条件。" />}
      />
    </>
  );
}
