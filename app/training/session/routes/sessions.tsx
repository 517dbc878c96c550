import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { CATEGORY_LABELS } from '../../ledger/hours.ts';
import { FORM_LABELS, FORMS } from '../session.ts';
import type { SessionLine } from '../sessions-view.server.ts';
import { sessionsView } from '../sessions-view.server.ts';
import { SessionBadge } from '../ui/attendance-words.tsx';

export const meta: MetaFunction = () => [{ title: '培训班 · 执法学堂' }];

const STATUSES = [
  { value: 'scheduled', label: '未结班' },
  { value: 'closed', label: '已结班' },
  { value: 'cancelled', label: '已取消' },
] as const;

export const loader = door('session.read', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: ['starts', 'title', 'people'],
    defaultSort: { field: 'starts', direction: 'desc' },
    filters: ['status', 'form'],
  });
  const view = await sessionsView(ctx, {
    ...query,
    text: query.q,
    status: STATUSES.find((one) => one.value === query.filters.status)?.value,
    form: FORMS.find((form) => form === query.filters.form),
  });
  if (!view.ok) throw new Response(null, { status: 403 });
  return { ...view.value, size: query.size, sort: query.sort };
});

const COLUMNS: readonly Column<SessionLine>[] = [
  { id: 'title', header: '班次', sortable: true, cell: (row) => row.title },
  {
    id: 'starts',
    header: '时间',
    sortable: true,
    cell: (row) => <span className="whitespace-nowrap tabular-nums">{row.when}</span>,
  },
  { id: 'place', header: '地点', hideable: true, cell: (row) => row.place },
  { id: 'unit', header: '主办单位', hideable: true, cell: (row) => row.unitName },
  {
    id: 'form',
    header: '形式',
    hideable: true,
    filter: { kind: 'select', options: FORMS.map((form) => ({ value: form, label: FORM_LABELS[form] })) },
    cell: (row) => FORM_LABELS[row.form],
  },
  { id: 'category', header: '类别', hideable: true, cell: (row) => CATEGORY_LABELS[row.category] },
  {
    id: 'stated',
    header: '规定学时',
    unit: '学时',
    align: 'end',
    hideable: true,
    cell: (row) => (row.statedCreditSeconds === null ? '按时间' : formatHoursFigure(row.statedCreditSeconds)),
  },
  {
    id: 'people',
    header: '人数',
    unit: '人',
    align: 'end',
    sortable: true,
    cell: (row) => `${row.people}/${row.capacity}`,
  },
  {
    id: 'status',
    header: '状态',
    filter: { kind: 'select', options: STATUSES },
    cell: (row) => <SessionBadge status={row.status} isDue={row.isDue} />,
  },
];

export default function SessionsPage() {
  const { rows, total, page, size, sort, maySchedule } = useLoaderData<typeof loader>();
  const schedule = maySchedule ? (
    <LinkButton to="/coordinate/sessions/new" tone="primary">
      安排培训班
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHead title="培训班" meta="本单位和下级单位主办的培训班" action={schedule} />
      <DataTable
        caption="培训班"
        columns={COLUMNS}
        rows={rows}
        total={total}
        page={page}
        pageSize={size}
        sort={sort}
        rowKey={(row) => row.id}
        rowHref={(row) => `/coordinate/sessions/${row.id}`}
        searchHint="班次、地点或授课人"
        empty={
          <EmptyState
            title="还没有培训班"
            text="安排一期培训班，添加学员，课后登记考勤并结班，学时即记入台账。"
            action={schedule}
          />
        }
      />
    </>
  );
}
