/** The state of a list, which stands in the URL and nowhere else, so that it survives reload, back and sharing.
 *  `?page=2&size=50&sort=name:asc&cols=name,unit&q=张&f.state=active`
 *  A malformed part is read as its default: a hand-edited link still shows the list. */

import { searchText } from '../text/search-text.ts';

export const PAGE_SIZES = [20, 50, 100] as const;
export type PageSize = (typeof PAGE_SIZES)[number];
export type Direction = 'asc' | 'desc';

export interface Sort<Field extends string = string> {
  field: Field;
  direction: Direction;
}

export interface TableQuery<Field extends string = string, Filter extends string = string> {
  /** from 1; a page beyond the last is answered with the last by `pageBounds` */
  page: number;
  size: PageSize;
  sort: Sort<Field>;
  /** free search text, trimmed; empty when none */
  q: string;
  /** only filters the list knows and that hold a text */
  filters: Partial<Record<Filter, string>>;
  /** chosen columns in the list's order; null = all */
  columns: string[] | null;
}

export interface TableSpec<Field extends string, Filter extends string> {
  sorts: readonly Field[];
  defaultSort: Sort<Field>;
  filters: readonly Filter[];
  defaultSize?: PageSize | undefined;
}

const FILTER_PREFIX = 'f.';
const MAX_PAGE = 1_000_000;
const MAX_TEXT_LENGTH = 100;
const MAX_COLUMNS = 60;
const COLUMN_ID = /^[\w.-]{1,60}$/;

const isPageSize = (value: number): value is PageSize => PAGE_SIZES.some((size) => size === value);

function cleanText(text: string | null): string {
  return searchText(text ?? '', MAX_TEXT_LENGTH);
}

function parsePage(text: string | null): number {
  if (!/^\d{1,7}$/.test(text ?? '')) return 1;
  return Math.min(Math.max(Number(text), 1), MAX_PAGE);
}

/** Reads `name:desc`. */
function parseSort<Field extends string>(text: string | null, spec: TableSpec<Field, string>): Sort<Field> {
  const [name = '', direction = ''] = (text ?? '').split(':');
  const field = spec.sorts.find((known) => known === name);
  if (field === undefined || (direction !== 'asc' && direction !== 'desc')) return spec.defaultSort;
  return { field, direction };
}

/** Reads `cols=a,b` and, from a form without JavaScript, `cols=a&cols=b`; `cols=` alone means none. */
function parseColumns(params: URLSearchParams): string[] | null {
  if (!params.has('cols')) return null;
  const ids = params
    .getAll('cols')
    .flatMap((part) => part.split(','))
    .filter((id) => COLUMN_ID.test(id));
  return [...new Set(ids)].slice(0, MAX_COLUMNS);
}

/** What a loader does first with its URL. Never throws and never refuses. */
export function parseTableQuery<Field extends string, Filter extends string>(
  params: URLSearchParams,
  spec: TableSpec<Field, Filter>,
): TableQuery<Field, Filter> {
  const size = Number(params.get('size'));
  const filters: Partial<Record<Filter, string>> = {};
  for (const name of spec.filters) {
    const text = cleanText(params.get(`${FILTER_PREFIX}${name}`));
    if (text !== '') filters[name] = text;
  }
  return {
    page: parsePage(params.get('page')),
    size: isPageSize(size) ? size : (spec.defaultSize ?? 20),
    sort: parseSort(params.get('sort'), spec),
    q: cleanText(params.get('q')),
    filters,
    columns: parseColumns(params),
  };
}

export interface TableChange {
  page?: number | undefined;
  size?: number | undefined;
  sort?: Sort | undefined;
  q?: string | undefined;
  /** merged with those that stand; an empty text removes one */
  filters?: Readonly<Record<string, string | undefined>> | undefined;
  columns?: readonly string[] | null | undefined;
}

/** The query as search text with a leading `?`, parts in a fixed order, empty parts left out. */
export function toSearch(query: TableQuery): string {
  return changeSearch('', query);
}

/** Another search text of the same page. What is not the table's (year, unit, scope) stays; any change but that
 *  of the page goes back to page 1; the notice of a past action goes. */
export function changeSearch(search: string, change: TableChange): string {
  const params = new URLSearchParams(search);
  params.delete('notice');
  params.delete('page');
  const put = (name: string, text: string | undefined) => {
    if (text) params.set(name, text);
    else params.delete(name);
  };
  if (change.page !== undefined && change.page > 1) params.set('page', String(change.page));
  if (change.size !== undefined) params.set('size', String(change.size));
  if (change.sort) params.set('sort', `${change.sort.field}:${change.sort.direction}`);
  if (change.q !== undefined) put('q', change.q.trim());
  for (const [name, text] of Object.entries(change.filters ?? {}))
    put(`${FILTER_PREFIX}${name}`, text?.trim());
  if (change.columns === null) params.delete('cols');
  else if (change.columns !== undefined) params.set('cols', change.columns.join(','));
  return `?${params.toString().replace(/%2C/g, ',').replace(/%3A/g, ':')}`;
}

/** Everything the table put into the URL but search and filters: what the filter form carries on as hidden fields. */
export function carriedParams(search: string, dropped: readonly string[]): [string, string][] {
  return [...new URLSearchParams(search)].filter(
    ([name]) => name !== 'notice' && name !== 'page' && !dropped.some((drop) => matches(name, drop)),
  );
}

/** `f.*` stands for every filter. */
function matches(name: string, pattern: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

/** The filters that stand in a URL, known or not. */
export function standingFilters(search: string): Record<string, string> {
  const standing = [...new URLSearchParams(search)].filter(
    ([name, text]) => name.startsWith(FILTER_PREFIX) && text !== '',
  );
  return Object.fromEntries(standing.map(([name, text]) => [name.slice(FILTER_PREFIX.length), text]));
}

export interface PageBounds {
  page: number;
  pages: number;
  /** number of the first and last row shown, from 1; 0 when there is none */
  first: number;
  last: number;
  /** rows to skip */
  offset: number;
}

/** Where a page lies in a list of `total` rows. A page beyond the end becomes the last one. */
export function pageBounds(total: number, page: number, size: number): PageBounds {
  const pages = Math.max(Math.ceil(total / size), 1);
  const shown = Math.min(Math.max(page, 1), pages);
  const offset = (shown - 1) * size;
  return {
    page: shown,
    pages,
    first: total === 0 ? 0 : offset + 1,
    last: Math.min(offset + size, total),
    offset,
  };
}

/** Page numbers to offer: the ends and two around the current one; null stands for a gap. */
export function pageChoices(page: number, pages: number): (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
  const numbers = [...new Set(wanted)].sort((a, b) => a - b);
  return numbers.flatMap((n, index) => {
    const before = numbers[index - 1] ?? n;
    if (n - before === 2) return [n - 1, n];
    return n - before > 2 ? [null, n] : [n];
  });
}
