import fc from 'fast-check';
import { searchText } from '#app/platform/ui/text/search-text.ts';
import { describe, expect, it } from 'vitest';
import {
  carriedParams,
  changeSearch,
  pageBounds,
  pageChoices,
  parseTableQuery,
  standingFilters,
  toSearch,
} from '#app/platform/ui/table/table-query.ts';
import type { PageSize, TableQuery } from '#app/platform/ui/table/table-query.ts';

const SPEC = {
  sorts: ['name', 'unit', 'hours'],
  defaultSort: { field: 'name', direction: 'asc' },
  filters: ['name', 'state'],
} as const;

const DEFAULT = {
  page: 1,
  size: 20,
  sort: { field: 'name', direction: 'asc' },
  q: '',
  filters: {},
  columns: null,
};

const parse = (search: string) => parseTableQuery(new URLSearchParams(search), SPEC);

describe('reading a list out of its URL', () => {
  it('an empty URL is the default', () => {
    expect(parse('')).toEqual(DEFAULT);
  });

  it('reads every part', () => {
    expect(parse('?page=3&size=50&sort=hours:desc&cols=unit,hours&q=%20张%20&f.state=valid')).toEqual({
      page: 3,
      size: 50,
      sort: { field: 'hours', direction: 'desc' },
      q: '张',
      filters: { state: 'valid' },
      columns: ['unit', 'hours'],
    });
  });

  it.each([
    'page=0',
    'page=-1',
    'page=1.5',
    'page=abc',
    'page=99999999',
    'size=10',
    'size=20.5',
    'size=',
    'sort=secret:asc',
    'sort=name:up',
    'sort=name',
    'f.unknown=1',
    'f.state=%20%20',
    'q=%20',
  ])('a malformed or unknown part (%s) is its default', (search) => {
    expect(parse(search)).toEqual(DEFAULT);
  });

  it('texts end at 100 characters', () => {
    expect(parse(`q=${'长'.repeat(101)}`).q).toHaveLength(100);
  });

  it('columns from a form without JavaScript read the same, and none at all is possible', () => {
    expect(parse('cols=&cols=unit&cols=hours').columns).toEqual(['unit', 'hours']);
    expect(parse('cols=').columns).toEqual([]);
    expect(parse('cols=unit,unit,<b>').columns).toEqual(['unit']);
  });
});

const text = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((value) => value.trim())
  .filter((value) => value.length <= 100)
  .map((typed) => searchText(typed, 100));

const anyQuery: fc.Arbitrary<TableQuery> = fc.record({
  page: fc.integer({ min: 1, max: 1_000_000 }),
  size: fc.constantFrom<PageSize[]>(20, 50, 100),
  sort: fc.record({
    field: fc.constantFrom(...SPEC.sorts),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
  }),
  q: text,
  filters: fc
    .record({ name: text, state: text })
    .map((filters) => Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== ''))),
  columns: fc.option(fc.uniqueArray(fc.constantFrom('unit', 'hours', 'state', 'valid-until'))),
});

describe('writing a list into its URL', () => {
  it('what is written is read again', () => {
    fc.assert(
      fc.property(anyQuery, (query) => {
        expect(parse(toSearch(query))).toEqual(query);
      }),
    );
  });

  it('reads well', () => {
    expect(toSearch({ ...parse('cols=unit,hours&page=2'), q: '张' })).toBe(
      `?page=2&size=20&sort=name:asc&q=${encodeURIComponent('张')}&cols=unit,hours`,
    );
  });

  it('keeps what is not the table’s and drops the notice', () => {
    expect(changeSearch('?unit=7&year=2026&notice=saved&page=4', { page: 5 })).toBe(
      '?unit=7&year=2026&page=5',
    );
  });

  it('goes back to page 1 on any other change', () => {
    const sort = { field: 'unit', direction: 'desc' } as const;
    expect(changeSearch('?page=4', { sort })).toBe('?sort=unit:desc');
    expect(changeSearch('?page=4&f.state=valid', { filters: { state: '' } })).toBe('?');
    expect(changeSearch('?page=4&cols=unit', { columns: null })).toBe('?');
  });

  it('filters are merged', () => {
    expect(changeSearch('?f.state=valid', { filters: { name: ' 海 ' } })).toBe(
      `?f.state=valid&f.name=${encodeURIComponent('海')}`,
    );
  });
});

describe('helpers of the table', () => {
  it('hidden fields carry all but the dropped, the page and the notice', () => {
    expect(carriedParams('?unit=7&q=a&f.name=b&page=2&notice=saved&size=50', ['q', 'f.*'])).toEqual([
      ['unit', '7'],
      ['size', '50'],
    ]);
  });

  it('standing filters are those with a text', () => {
    expect(standingFilters('?f.name=&f.state=valid&q=x')).toEqual({ state: 'valid' });
  });

  it.each([
    [0, 1, 20, { page: 1, pages: 1, first: 0, last: 0, offset: 0 }],
    [20, 1, 20, { page: 1, pages: 1, first: 1, last: 20, offset: 0 }],
    [21, 2, 20, { page: 2, pages: 2, first: 21, last: 21, offset: 20 }],
    [137, 99, 50, { page: 3, pages: 3, first: 101, last: 137, offset: 100 }],
  ])('%i rows, page %i of %i', (total, page, size, bounds) => {
    expect(pageBounds(total, page, size)).toEqual(bounds);
  });

  it.each([
    [1, 1, [1]],
    [1, 3, [1, 2, 3]],
    [1, 7, [1, 2, null, 7]],
    [4, 7, [1, 2, 3, 4, 5, 6, 7]],
    [5, 9, [1, null, 4, 5, 6, null, 9]],
    [9, 9, [1, null, 8, 9]],
  ])('on page %i of %i', (page, pages, choices) => {
    expect(pageChoices(page, pages)).toEqual(choices);
  });
});
