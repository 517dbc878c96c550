import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import type { PersonPage, PersonSort } from './completion.store.server.ts';

const SORTS: readonly PersonSort[] = ['shortfall', 'name', 'total'];

/** State of the list of persons, which stands in the URL beside the scope. */
export function parsePersonQuery(params: URLSearchParams): TableQuery<PersonSort, 'met'> {
  return parseTableQuery(params, {
    sorts: SORTS,
    defaultSort: { field: 'shortfall', direction: 'desc' },
    filters: ['met'],
  });
}

export function pageOfQuery(query: TableQuery<PersonSort, 'met'>): PersonPage {
  const { met } = query.filters;
  return {
    sort: query.sort.field,
    direction: query.sort.direction,
    search: query.q,
    met: met === 'yes' ? true : met === 'no' ? false : null,
    limit: query.size,
    offset: (query.page - 1) * query.size,
  };
}

/** Persons in one workbook at most; a unit with its sub-units is far below. */
export const EXPORTED_PERSONS_LIMIT = 20_000;

/** The whole list for a workbook, with the filters and the order of the page. */
export function wholeListOfQuery(query: TableQuery<PersonSort, 'met'>): PersonPage {
  return { ...pageOfQuery(query), limit: EXPORTED_PERSONS_LIMIT, offset: 0 };
}
