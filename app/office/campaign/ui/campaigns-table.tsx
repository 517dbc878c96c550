import type { ReactNode } from 'react';
import { formatDay } from '#app/platform/time/day.ts';
import { Share } from '#app/platform/ui/data/share.tsx';
import { EmptyState } from '#app/platform/ui/feedback/empty-state.tsx';
import type { Column } from '#app/platform/ui/table/column.ts';
import { DataTable } from '#app/platform/ui/table/data-table.tsx';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import { formatCount } from '#app/platform/ui/text/format.ts';
import type { CampaignState } from '../campaign.ts';
import { CAMPAIGN_STATES, CAMPAIGN_STATE_LABELS, boardPath } from '../campaign.ts';
import { CampaignBadge } from './badges.tsx';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly kindLabel: string;
  readonly regionName: string;
  readonly state: CampaignState;
  readonly issuedDay: string;
  readonly dueDay: string;
  readonly total: number;
  readonly submitted: number;
  readonly accepted: number;
  readonly overdue: number;
  readonly toReview: number;
  readonly unchanged: number;
}

export interface CampaignsTableProps {
  rows: readonly Row[];
  total: number;
  page: number;
  pageSize: number;
  sort: Sort;
  kinds: readonly { readonly code: string; readonly label: string }[];
  emptyAction?: ReactNode;
}

function columnsFor(kinds: CampaignsTableProps['kinds']): readonly Column<Row>[] {
  return [
    { id: 'title', header: '任务', cell: (row) => row.title },
    {
      id: 'kind',
      header: '类别',
      hideable: true,
      filter: { kind: 'select', options: kinds.map(({ code, label }) => ({ value: code, label })) },
      cell: (row) => <span className="whitespace-nowrap">{row.kindLabel}</span>,
    },
    { id: 'region', header: '下发范围', hideable: true, cell: (row) => row.regionName },
    {
      id: 'state',
      header: '进度',
      filter: {
        kind: 'select',
        options: CAMPAIGN_STATES.map((state) => ({ value: state, label: CAMPAIGN_STATE_LABELS[state] })),
      },
      cell: (row) => <CampaignBadge state={row.state} />,
    },
    {
      id: 'answered',
      header: '已报',
      align: 'end',
      cell: (row) => <Share part={row.submitted + row.accepted} whole={row.total} />,
    },
    {
      id: 'review',
      header: '待审',
      align: 'end',
      hideable: true,
      cell: (row) => formatCount(row.toReview + row.unchanged),
    },
    {
      id: 'overdue',
      header: '逾期未报',
      align: 'end',
      hideable: true,
      cell: (row) => formatCount(row.overdue),
    },
    { id: 'issued', header: '下发', sortable: true, hideable: true, cell: (row) => formatDay(row.issuedDay) },
    { id: 'due', header: '截止', sortable: true, cell: (row) => formatDay(row.dueDay) },
  ];
}

/** Campaigns with how far they are. */
export function CampaignsTable({ kinds, emptyAction, ...table }: CampaignsTableProps) {
  return (
    <DataTable
      caption="任务"
      {...table}
      columns={columnsFor(kinds)}
      rowKey={(row) => row.id}
      rowHref={(row) => boardPath(row.id)}
      searchHint="任务名称"
      empty={
        <EmptyState title="暂无任务" text="下发后，各单位的填报进度会显示在这里。" action={emptyAction} />
      }
    />
  );
}
