import type { TableSpec } from '#app/platform/ui/table/table-query.ts';
import type { BoardSort, CampaignSort } from './board.store.server.ts';

/** The board reads its URL: those who owe an answer first. */
export const BOARD_TABLE: TableSpec<BoardSort, 'state' | 'standing' | 'region' | 'field'> = {
  sorts: ['unit', 'state', 'due', 'answered', 'exceptions'],
  defaultSort: { field: 'state', direction: 'asc' },
  filters: ['state', 'standing', 'region', 'field'],
  defaultSize: 50,
};

export const CAMPAIGNS_TABLE: TableSpec<CampaignSort, 'kind' | 'state'> = {
  sorts: ['issued', 'due'],
  defaultSort: { field: 'issued', direction: 'desc' },
  filters: ['kind', 'state'],
};

export const STANDINGS = ['overdue', 'late', 'changed', 'unchanged'] as const;
export const STANDING_LABELS = {
  overdue: '逾期未报',
  late: '逾期填报',
  changed: '有变化',
  unchanged: '无变化',
} as const satisfies Record<(typeof STANDINGS)[number], string>;
