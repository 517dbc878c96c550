import type { TableSpec } from '#app/platform/ui/table/table-query.ts';
import type { ApplicationSort } from './application-list.store.server.ts';

/** How the lists of applications read their URL: newest first. */
export const APPLICATIONS_TABLE: TableSpec<ApplicationSort, 'state'> = {
  sorts: ['filed', 'name', 'unit'],
  defaultSort: { field: 'filed', direction: 'desc' },
  filters: ['state'],
};
