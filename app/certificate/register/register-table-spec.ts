import type { TableSpec } from '#app/platform/ui/table/table-query.ts';
import type { RegisterSort } from './register.store.server.ts';
import type { RegisterFilter } from './register-view.server.ts';

/** How the register reads its URL: newest first, fifty a page. */
export const REGISTER_TABLE: TableSpec<RegisterSort, RegisterFilter> = {
  sorts: ['number', 'name', 'validTo', 'issued'],
  defaultSort: { field: 'issued', direction: 'desc' },
  filters: ['state', 'unit', 'field', 'validTo'],
  defaultSize: 50,
};
