import { Link } from '@remix-run/react';
import { formatInstant } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import type { TaskLine, TaskPage } from '../tasks-view.server.ts';
import { DueText } from './due-text.tsx';

const columnsFor = (kinds: TaskPage['kinds']): readonly Column<TaskLine>[] => [
  {
    id: 'title',
    header: '事项',
    cell: (task) => task.title,
  },
  {
    id: 'due',
    header: '期限',
    sortable: true,
    cell: (task) => <DueText dueDay={task.dueDay} urgency={task.urgency} />,
  },
  {
    id: 'kind',
    header: '类别',
    filter: {
      kind: 'select',
      options: kinds.map(({ kind, label, count }) => ({ value: kind, label: `${label}（${count}）` })),
    },
    cell: (task) => task.kindLabel,
  },
  { id: 'place', header: '单位', hideable: true, cell: (task) => task.placeName ?? '本人' },
  { id: 'proposal', header: '建议', hideable: true, cell: (task) => task.proposal ?? '' },
  { id: 'origin', header: '来源', hideable: true, cell: (task) => task.originLabel },
  { id: 'opened', header: '收到时间', hideable: true, cell: (task) => formatInstant(task.openedAt) },
  {
    id: 'act',
    header: '办理',
    cell: (task) => (
      <Link to={task.path} className="whitespace-nowrap text-accent underline underline-offset-4">
        {task.act}
      </Link>
    ),
  },
];

/** Everything that waits for this person; each row leads to the page where it is decided. */
export function TaskTable({
  rows,
  total,
  page,
  pageSize,
  kinds,
  sort,
}: TaskPage & { pageSize: number; sort: Sort }) {
  return (
    <DataTable
      caption="待办任务"
      rows={rows}
      columns={columnsFor(kinds)}
      total={total}
      page={page}
      pageSize={pageSize}
      sort={sort}
      rowKey={(task) => task.id}
      rowHref={(task) => task.path}
      searchHint={null}
      empty={<EmptyState title="没有待办任务" text="需要您办理的事项会出现在这里，并在首页按期限提醒。" />}
    />
  );
}
