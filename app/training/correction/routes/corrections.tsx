import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { CORRECTION_ORIGIN_LABELS, CORRECTION_STATE_LABELS, CORRECTION_STATES } from '../correction.ts';
import { correctionPath } from '../correction-tasks.ts';
import type { CorrectionsView } from '../correction-view.server.ts';
import { viewCorrections } from '../correction-view.server.ts';
import { changeText, CorrectionBadge } from '../ui/correction-parts.tsx';

export const meta: MetaFunction = () => [{ title: '学时更正 · 执法学堂' }];

export const loader = door('hours.read_correction', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['filed'],
    defaultSort: { field: 'filed', direction: 'desc' },
    filters: ['state'],
  });
  const { page, size, sort, filters, q } = query;
  const state = CORRECTION_STATES.find((one) => one === filters.state);
  const view = await viewCorrections(ctx, { page, size, direction: sort.direction, text: q, state });
  if (!view.ok) throw new Response(null, { status: 403 });
  return { ...view.value, pageSize: size, sort };
});

type Row = CorrectionsView['rows'][number];

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'person',
    header: '姓名',
    cell: (row) => <span className="whitespace-nowrap">{row.personName}</span>,
  },
  { id: 'unit', header: '单位', hideable: true, cell: (row) => row.unitName },
  { id: 'title', header: '学时记录', cell: (row) => row.entryTitle },
  {
    id: 'day',
    header: '记入日期',
    hideable: true,
    cell: (row) => <span className="whitespace-nowrap tabular-nums">{formatDay(row.entryDay)}</span>,
  },
  {
    id: 'change',
    header: '更正',
    cell: (row) => <span className="whitespace-nowrap tabular-nums">{changeText(row)}</span>,
  },
  { id: 'origin', header: '来源', hideable: true, cell: (row) => CORRECTION_ORIGIN_LABELS[row.origin] },
  {
    id: 'state',
    header: '状态',
    filter: {
      kind: 'select',
      options: CORRECTION_STATES.map((value) => ({ value, label: CORRECTION_STATE_LABELS[value] })),
    },
    cell: (row) => <CorrectionBadge state={row.state} />,
  },
];

/** Requests and objections about the hours of the units in reach. */
export default function Corrections() {
  const { mayRequest, ...table } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="学时更正"
        meta="记入台账的学时不能改写，只能经两人办理后冲销并更正，原记录保留"
        action={
          mayRequest ? (
            <LinkButton to="/coordinate/hour-corrections/new" tone="primary">
              提出更正
            </LinkButton>
          ) : null
        }
      />
      <DataTable
        {...table}
        caption="学时更正申请"
        columns={COLUMNS}
        rowKey={(row) => row.id}
        rowHref={(row) => correctionPath(row.id)}
        searchHint="姓名或学时记录名称"
        empty={<EmptyState title="没有更正申请" text="提出的更正申请和人员异议会显示在这里。" />}
      />
    </>
  );
}
