import { formatInstant } from '#app/platform/time/day.ts';
import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import { formatCount, formatShare } from '#app/platform/ui/text/format.ts';
import type { SentLine, SentNoticeView, SentPage, UnitLine } from '../sent-view.server.ts';

const SENT_COLUMNS: readonly Column<SentLine>[] = [
  { id: 'title', header: '标题', cell: (line) => line.title },
  { id: 'kind', header: '类别', hideable: true, cell: (line) => line.kindLabel },
  { id: 'sent', header: '发出时间', cell: (line) => formatInstant(line.occurredAt) },
  { id: 'read', header: '已读', align: 'end', cell: (line) => formatShare(line.read, line.addressed) },
];

/** What one has sent, the newest first, with how many have read it. */
export function SentTable({ rows, total, page, pageSize }: SentPage & { pageSize: number }) {
  return (
    <DataTable
      caption="我发出的通知"
      rows={rows}
      columns={SENT_COLUMNS}
      total={total}
      page={page}
      pageSize={pageSize}
      sort={{ field: 'sent', direction: 'desc' }}
      rowKey={(line) => line.id}
      rowHref={(line) => `/inbox/sent/${line.id}`}
      searchHint={null}
      empty={
        <EmptyState
          title="还没有发出过通知"
          text="您发出的工作消息和催报会列在这里，并显示哪些单位已读。"
          action={
            <LinkButton to="/inbox/sent/new" tone="primary">
              发工作消息
            </LinkButton>
          }
        />
      }
    />
  );
}

const UNIT_COLUMNS: readonly Column<UnitLine>[] = [
  { id: 'unit', header: '单位', cell: (line) => line.name },
  { id: 'read', header: '已读', align: 'end', cell: (line) => formatShare(line.read, line.addressed) },
  { id: 'waiting', header: '未读人员', cell: (line) => waitingText(line) },
];

function waitingText({ waiting, read, addressed }: UnitLine): string {
  const unread = addressed - read;
  if (unread === 0) return '';
  return unread > waiting.length ? `${waiting.join('、')} 等 ${formatCount(unread)} 人` : waiting.join('、');
}

export interface ReadingTableProps extends Pick<SentNoticeView, 'units' | 'unitTotal' | 'page'> {
  pageSize: number;
}

/** Who has read a notice, unit by unit; those with the most unread stand first. */
export function ReadingTable({ units, unitTotal, page, pageSize }: ReadingTableProps) {
  return (
    <DataTable
      caption="各单位阅读情况"
      rows={units}
      columns={UNIT_COLUMNS}
      total={unitTotal}
      page={page}
      pageSize={pageSize}
      sort={{ field: 'read', direction: 'asc' }}
      rowKey={(line) => line.unitId ?? 'persons'}
      searchHint={null}
    />
  );
}
