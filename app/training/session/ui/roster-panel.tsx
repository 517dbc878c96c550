import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { formatHoursFigure } from '#app/platform/ui/text/format.ts';
import type { PersonLine } from '../session-view.server.ts';
import { AttendanceBadge, markText, STATE_WORDS } from './attendance-words.tsx';
import type { SessionHead } from './session-facts.tsx';

export interface RosterPanelProps {
  view: SessionHead;
  panel: { rows: PersonLine[]; total: number; page: number; size: number; sort: Sort };
  commandId: string;
}

function columnsOf(view: SessionHead): Column<PersonLine>[] {
  const blocks = view.blocks.map((block, index): Column<PersonLine> => ({
    id: `block${index + 1}`,
    header: view.blocks.length === 1 ? '考勤' : `时段 ${index + 1}`,
    hideable: true,
    cell: (row) => <span className="whitespace-nowrap tabular-nums">{markText(row.marks[block.id])}</span>,
  }));
  return [
    { id: 'name', header: '姓名', sortable: true, cell: (row) => row.name },
    { id: 'unit', header: '单位', sortable: true, cell: (row) => row.unitName },
    {
      id: 'number',
      header: '身份证号',
      hideable: true,
      cell: (row) => <span className="whitespace-nowrap tabular-nums">{row.idNumberMasked}</span>,
    },
    ...blocks,
    {
      id: 'state',
      header: '出勤',
      sortable: true,
      filter: {
        kind: 'select',
        options: Object.entries(STATE_WORDS).map(([value, { text }]) => ({ value, label: text })),
      },
      cell: (row) => <AttendanceBadge state={row.state} />,
    },
    {
      id: 'credit',
      header: view.session.status === 'closed' ? '计入' : '将计入',
      unit: '学时',
      align: 'end',
      cell: (row) => (row.credit ? formatHoursFigure(row.credit.creditSeconds) : '–'),
    },
  ];
}

/** Everybody in the class, with what is noted of each. */
export function RosterPanel({ view, panel, commandId }: RosterPanelProps) {
  const mayRemove = view.may.schedule && view.session.status === 'scheduled';
  const bulk = mayRemove
    ? {
        selection: {
          label: (row: PersonLine) => `${row.name}，${row.unitName}`,
          isSelectable: (row: PersonLine) => Object.keys(row.marks).length === 0,
        },
        bulk: {
          commandId,
          actions: [
            {
              intent: 'remove',
              text: '移出名册',
              consequence: (count: number) => `将把 ${count} 人移出本班名册`,
            },
          ],
        },
      }
    : {};
  return (
    <DataTable
      key={view.count}
      caption="名册"
      columns={columnsOf(view)}
      rows={panel.rows}
      total={panel.total}
      page={panel.page}
      pageSize={panel.size}
      sort={panel.sort}
      rowKey={(row) => row.personId}
      searchHint="姓名或单位"
      empty={
        <EmptyState
          title="名册还没有人"
          text="从本单位和下级单位的人员中勾选学员，可以一次添加全部筛选结果。"
          action={
            mayRemove ? (
              <LinkButton to="?tab=add" tone="primary">
                添加学员
              </LinkButton>
            ) : null
          }
        />
      }
      {...bulk}
    />
  );
}
