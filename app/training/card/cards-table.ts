import type { TableQuery, TableSpec } from '#app/platform/ui/table/table-query.ts';

export type CardSort = 'name' | 'unit';

/** The list of cards reads its URL. */
export const CARDS_TABLE: TableSpec<CardSort, 'unit'> = {
  sorts: ['name', 'unit'],
  defaultSort: { field: 'unit', direction: 'asc' },
  filters: ['unit'],
  defaultSize: 50,
};
export type CardsQuery = TableQuery<CardSort, 'unit'>;
