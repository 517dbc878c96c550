import { formatDay } from '#app/platform/time/day.ts';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import type { CampaignState, TargetState } from '../campaign.ts';
import { CAMPAIGN_STATE_LABELS, isOverdue } from '../campaign.ts';
import { TargetBadge } from './badges.tsx';

interface Row {
  readonly campaignId: string;
  readonly unitId: string;
  readonly title: string;
  readonly kindLabel: string;
  readonly unitName: string;
  readonly campaignState: CampaignState;
  readonly state: TargetState;
  readonly dueDay: string;
  readonly isLate: boolean;
  readonly hasDraft: boolean;
  readonly path: string;
}

export interface UnitCampaignsTableProps {
  rows: readonly Row[];
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  today: string;
}

/** One line for each unit and task. */
export function UnitCampaignsTable({ today, ...table }: UnitCampaignsTableProps) {
  const columns: readonly Column<Row>[] = [
    { id: 'title', header: '任务', cell: (row) => row.title },
    { id: 'unit', header: '单位', cell: (row) => row.unitName },
    {
      id: 'state',
      header: '状态',
      cell: (row) => (
        <>
          <TargetBadge
            state={row.state}
            isLate={row.isLate}
            isOverdue={row.campaignState === 'open' && isOverdue(row, today)}
          />
          {row.hasDraft ? <span className="ml-2 text-sm text-ink-muted">有草稿</span> : null}
        </>
      ),
    },
    { id: 'due', header: '截止', cell: (row) => formatDay(row.dueDay) },
    {
      id: 'campaign',
      header: '任务进度',
      hideable: true,
      cell: (row) => CAMPAIGN_STATE_LABELS[row.campaignState],
    },
  ];
  return (
    <DataTable
      caption="填报任务"
      {...table}
      columns={columns}
      rowKey={(row) => `${row.campaignId}:${row.unitId}`}
      rowHref={(row) => row.path}
      searchHint="任务或单位名称"
      empty={<EmptyState title="暂无填报任务" text="司法局下发任务后会显示在这里，并同时发送通知。" />}
    />
  );
}
