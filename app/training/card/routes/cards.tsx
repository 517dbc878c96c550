import type { MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { Refusal } from '#app/platform/ui/feedback/refusal.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Bulk, Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount, formatHoursFigure } from '#app/platform/ui/text/format.ts';
import { CONCLUSION_LABELS } from '../../target/year-standing.ts';
import { YearLinks } from '../../target/ui/year-links.tsx';
import { actOnCards } from '../cards-action.server.ts';
import { CARDS_TABLE } from '../cards-table.ts';
import type { CardLine } from '../cards-view.server.ts';
import { viewCards } from '../cards-view.server.ts';

export const meta: MetaFunction = () => [{ title: '业务培训登记卡 · 执法学堂' }];

export const loader = door('hours.read_card', async ({ ctx, request }) => {
  const params = new URL(request.url).searchParams;
  const query = parseTableQuery(params, CARDS_TABLE);
  const page = await viewCards(ctx, params.get('year'), query);
  if (!page.ok) throw new Response(null, { status: 403 });
  return { ...page.value, pageSize: query.size, sort: query.sort, commandId: newId() };
});

export const action = door('hours.read_card', async ({ ctx, request }) => {
  const year = new URL(request.url).searchParams.get('year');
  const answer = await actOnCards(ctx, year, await request.formData());
  return 'to' in answer ? redirect(answer.to) : data({ text: answer.text }, { status: answer.status });
});

type Page = ReturnType<typeof useLoaderData<typeof loader>>;

function columnsFor(units: Page['units']): readonly Column<CardLine>[] {
  return [
    { id: 'name', header: '姓名', sortable: true, cell: (row) => row.name },
    {
      id: 'unit',
      header: '单位',
      sortable: true,
      ...(units.length > 1 ? { filter: { kind: 'select' as const, options: units } } : {}),
      cell: (row) => row.unitName,
    },
    { id: 'position', header: '职务', hideable: true, cell: (row) => row.position ?? '–' },
    {
      id: 'total',
      header: '合计',
      unit: '学时',
      align: 'end',
      cell: (row) => formatHoursFigure(row.totalSeconds),
    },
    {
      id: 'target',
      header: '应完成',
      unit: '学时',
      align: 'end',
      hideable: true,
      cell: (row) => formatHoursFigure(row.targetSeconds),
    },
    { id: 'conclusion', header: '结论', cell: (row) => CONCLUSION_LABELS[row.conclusion] },
    { id: 'seal', header: '封账编号', hideable: true, cell: (row) => row.sealNo ?? '未封账' },
  ];
}

const bulkOf = (commandId: string): Bulk => ({
  commandId,
  allowMatching: true,
  actions: [
    {
      intent: 'docx',
      text: '批量出具 Word',
      tone: 'primary',
      consequence: (count) => `将出具 ${formatCount(count)} 份登记卡，打成一个压缩包`,
    },
    { intent: 'pdf', text: '批量出具 PDF', consequence: () => '' },
    { intent: 'xlsx', text: '批量出具 Excel', consequence: () => '' },
  ],
});

/** Cards of the people in reach: look at one, or have many drawn. */
export default function Cards() {
  const page = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>()?.text ?? null;
  const { year, years, asOfDay, rows, total, units, mayDraw, commandId, pageSize, sort } = page;
  return (
    <>
      <PageHead
        title="业务培训登记卡"
        meta={`${year}年度，截至${formatDay(asOfDay)}`}
        scope={<YearLinks year={year} years={years} />}
      />
      <Refusal text={refusal} />
      <DataTable
        caption={`${year}年度业务培训登记卡`}
        columns={columnsFor(units)}
        {...{ rows, total, pageSize, sort }}
        page={page.page}
        rowKey={(row) => row.personId}
        rowHref={(row) => `/coordinate/cards/${row.personId}?year=${year}`}
        searchHint="姓名或拼音"
        empty={<EmptyState title="没有人员" text="您管辖的单位在该日期没有在册人员。" />}
        {...(mayDraw
          ? {
              bulk: bulkOf(commandId),
              selection: { label: (row: CardLine) => `${row.name}，${row.unitName}` },
            }
          : {})}
      />
    </>
  );
}
