import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { FINDING_LABELS, VERDICT_LABELS, VERDICTS } from '../finding-words.ts';
import type { FindingRow } from '../finding.store.server.ts';
import { findingsView } from '../findings-view.server.ts';
import { FINDING_KINDS } from '../findings.ts';
import { FindingBadge } from '../ui/finding-badge.tsx';

export const meta: MetaFunction = () => [{ title: '学习核实 · 执法学堂' }];

export const loader = door('study_finding.read', async ({ ctx, request }) => {
  const search = new URL(request.url).searchParams;
  const { page, size, q, sort, filters } = parseTableQuery(search, {
    sorts: ['day'],
    defaultSort: { field: 'day', direction: 'desc' },
    filters: ['kind', 'state'],
    defaultSize: 20,
  });
  const view = await findingsView(ctx, {
    text: q,
    kind: FINDING_KINDS.find((kind) => kind === filters.kind) ?? null,
    state: (['open', ...VERDICTS] as const).find((state) => state === filters.state) ?? null,
    page,
    size,
  });
  if (!view.ok) throw new Response(null, { status: 403 });
  return { ...view.value, page, size, sort };
});

const COLUMNS: Column<FindingRow>[] = [
  { id: 'person', header: '人员', cell: (row) => row.personName },
  { id: 'unit', header: '单位', hideable: true, cell: (row) => row.unitName },
  { id: 'lesson', header: '课程', cell: (row) => row.lessonTitle },
  {
    id: 'day',
    header: '日期',
    cell: (row) => <span className="whitespace-nowrap">{formatDay(row.day)}</span>,
  },
  {
    id: 'kind',
    header: '情况',
    filter: {
      kind: 'select',
      options: FINDING_KINDS.map((kind) => ({ value: kind, label: FINDING_LABELS[kind] })),
    },
    cell: (row) => FINDING_LABELS[row.kind],
  },
  {
    id: 'state',
    header: '核实',
    filter: {
      kind: 'select',
      options: [
        { value: 'open', label: '待核实' },
        ...VERDICTS.map((verdict) => ({ value: verdict, label: VERDICT_LABELS[verdict] })),
      ],
    },
    cell: (row) => <FindingBadge verdict={row.verdict} />,
  },
];

/** What looked out of the ordinary in online study: facts in a list, judged one by one by a person. */
export default function Findings() {
  const view = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead
        title="学习核实"
        breadcrumb={[{ label: '培训' }, { label: '学习核实' }]}
        meta="系统列出的是事实，不是结论；未经核实不影响学时"
      />
      <DataTable
        caption="需要核实的在线学习情况"
        rows={view.rows}
        columns={COLUMNS}
        total={view.total}
        page={view.page}
        pageSize={view.size}
        sort={view.sort}
        rowKey={(row) => row.id}
        rowHref={(row) => `/coordinate/study-findings/${row.id}`}
        searchHint="姓名"
        empty={<EmptyState title="没有需要核实的情况" text="在线学习中出现异常情况时，会列在这里。" />}
      />
    </>
  );
}
