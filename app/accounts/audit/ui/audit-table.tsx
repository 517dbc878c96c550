import { dayOf, formatDay, formatTime } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { AskedAudit } from '../asked-audit.ts';
import { ACTION_OPTIONS, actionWord, detailText, subjectWord } from '../audit-words.ts';
import type { AuditRow } from '../audit.store.server.ts';

interface AuditTableProps {
  rows: readonly AuditRow[];
  total: number;
  page: number;
  asked: AskedAudit;
}

const COLUMNS: readonly Column<AuditRow>[] = [
  {
    id: 'time',
    header: '时间',
    sortable: true,
    cell: (row) => (
      <span className="whitespace-nowrap tabular-nums">
        {formatDay(dayOf(row.occurredAt))} {formatTime(row.occurredAt)}
      </span>
    ),
  },
  {
    id: 'actor',
    header: '操作人',
    filter: { kind: 'text' },
    cell: (row) => (row.actorLogin === null ? '平台' : `${row.actorName ?? ''}（${row.actorLogin}）`),
  },
  {
    id: 'action',
    header: '操作',
    filter: { kind: 'select', options: ACTION_OPTIONS },
    cell: (row) => <span title={row.action}>{actionWord(row.action)}</span>,
  },
  {
    id: 'subject',
    header: '对象',
    filter: { kind: 'text' },
    cell: (row) => (
      <span className="break-all">
        {subjectWord(row.subjectKind)} {row.subjectLogin ?? row.subjectId ?? ''}
      </span>
    ),
  },
  {
    id: 'detail',
    header: '说明',
    hideable: true,
    cell: (row) => <span className="break-all">{detailText(row.detail)}</span>,
  },
];

/** Who did what to which thing. Things go by their number: what they are about is not the auditor's business. */
export function AuditTable({ rows, total, page, asked }: AuditTableProps) {
  return (
    <DataTable
      caption="审计日志"
      rows={rows}
      columns={COLUMNS}
      total={total}
      page={page}
      pageSize={asked.size}
      sort={{ field: 'time', direction: asked.direction }}
      rowKey={(row) => row.id}
      searchHint={null}
      empty={<EmptyState title="这段时间没有记录" text="请换一段日期查看。" />}
    />
  );
}
