import type { MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { door } from '#app/accounts/door.server.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import { PageHead } from '#app/platform/ui/frames/page-head.tsx';
import type { Option } from '#app/platform/ui/form/select-field.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import { DIFFICULTY_LABELS, SECTION_LABELS, STATUS_LABELS, TYPE_LABELS } from '../question.ts';
import { QUESTION_FILTERS, QUESTION_SORTS } from '../question-list.ts';
import type { QuestionLine } from '../questions-view.server.ts';
import { viewQuestions } from '../questions-view.server.ts';
import { QuestionBadge } from '../ui/question-badge.tsx';

export const meta: MetaFunction = () => [{ title: '题库 · 执法学堂' }];

export const loader = door('bank.read', async ({ ctx, request }) => {
  const query = parseTableQuery(new URL(request.url).searchParams, {
    sorts: QUESTION_SORTS,
    defaultSort: { field: 'code', direction: 'asc' },
    filters: QUESTION_FILTERS,
  });
  const outcome = await viewQuestions(ctx, query);
  if (!outcome.ok) throw new Response(null, { status: 403 });
  return { ...outcome.value, size: query.size, sort: query.sort };
});

const optionsOf = (labels: Readonly<Record<string, string>>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));

function columnsFor(laws: readonly string[]): readonly Column<QuestionLine>[] {
  return [
    {
      id: 'code',
      header: '题号',
      sortable: true,
      cell: (row) => <span className="whitespace-nowrap">{row.code}</span>,
    },
    {
      id: 'stem',
      header: '题干',
      cell: (row) => <span className="block min-w-64 max-w-md">{row.stem}</span>,
    },
    {
      id: 'type',
      header: '题型',
      sortable: true,
      hideable: true,
      filter: { kind: 'select', options: optionsOf(TYPE_LABELS) },
      cell: (row) => <span className="whitespace-nowrap">{TYPE_LABELS[row.type]}</span>,
    },
    {
      id: 'section',
      header: '部分',
      sortable: true,
      hideable: true,
      filter: { kind: 'select', options: optionsOf(SECTION_LABELS) },
      cell: (row) => <span className="whitespace-nowrap">{SECTION_LABELS[row.section]}</span>,
    },
    {
      id: 'law',
      header: '依据',
      hideable: true,
      filter: { kind: 'select', options: laws.map((law) => ({ value: law, label: law })) },
      cell: (row) => <span className="whitespace-nowrap">{row.law}</span>,
    },
    {
      id: 'article',
      header: '条',
      align: 'end',
      sortable: true,
      hideable: true,
      filter: { kind: 'text' },
      cell: (row) => row.article,
    },
    {
      id: 'difficulty',
      header: '难度',
      sortable: true,
      hideable: true,
      filter: { kind: 'select', options: optionsOf(DIFFICULTY_LABELS) },
      cell: (row) => DIFFICULTY_LABELS[row.difficulty],
    },
    {
      id: 'status',
      header: '状态',
      hideable: true,
      filter: { kind: 'select', options: optionsOf(STATUS_LABELS) },
      cell: (row) => <QuestionBadge status={row.status} />,
    },
    {
      id: 'version',
      header: '版本',
      align: 'end',
      sortable: true,
      hideable: true,
      cell: (row) => row.versionNo,
    },
  ];
}

export default function Questions() {
  const { rows, total, page, size, sort, laws } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHead title="题库" meta={`共 ${formatCount(total)} 道题符合条件。`} />
      <DataTable
        caption="题库"
        columns={columnsFor(laws)}
        rows={rows}
        total={total}
        page={page}
        pageSize={size}
        sort={sort}
        rowKey={(row) => row.questionId}
        rowHref={(row) => `/bank/questions/${row.questionId}`}
        searchHint="题干或题号"
        empty={<EmptyState title="题库还没有题" text="题目随系统内容一起装入。" />}
      />
    </>
  );
}
