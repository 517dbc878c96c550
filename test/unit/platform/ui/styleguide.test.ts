import { describe, expect, it } from 'vitest';
import { findSampleOfficers } from '#app/platform/ui/styleguide/sample-officers.ts';
import type { OfficerFilter, OfficerSort } from '#app/platform/ui/styleguide/sample-officers.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';

const QUERY: TableQuery<OfficerSort, OfficerFilter> = {
  page: 1,
  size: 20,
  sort: { field: 'hours', direction: 'asc' },
  q: '',
  filters: {},
  columns: null,
};

describe('the sample list behaves like a real one', () => {
  it('pages without gaps or repetition', () => {
    const pages = [1, 2, 3, 4, 5, 6, 7].map((page) => findSampleOfficers({ ...QUERY, page }).rows);
    expect(new Set(pages.flat().map((row) => row.id)).size).toBe(137);
  });

  it('sorts both ways and filters', () => {
    const hours = findSampleOfficers(QUERY).rows.map((row) => row.creditSeconds);
    expect(hours).toEqual([...hours].sort((a, b) => a - b));
    const suspended = findSampleOfficers({ ...QUERY, filters: { state: 'suspended' } });
    expect(suspended.total).toBeGreaterThan(0);
    expect(suspended.rows.every((row) => row.state === 'suspended')).toBe(true);
  });

  it('a page beyond the end is the last', () => {
    expect(findSampleOfficers({ ...QUERY, page: 99 })).toMatchObject({ page: 7 });
  });
});
