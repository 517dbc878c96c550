import type { TableSpec } from '#app/platform/ui/table/table-query.ts';

/** What the lists of this room can be sorted and filtered by. */
export const CHANGES_TABLE: TableSpec<'day' | 'filed', 'state' | 'kind'> = {
  sorts: ['day', 'filed'],
  defaultSort: { field: 'filed', direction: 'desc' },
  filters: ['state', 'kind'],
};

export const TRANSFERS_TABLE: TableSpec<'filed' | 'day', 'state' | 'direction'> = {
  sorts: ['filed', 'day'],
  defaultSort: { field: 'filed', direction: 'desc' },
  filters: ['state', 'direction'],
};
