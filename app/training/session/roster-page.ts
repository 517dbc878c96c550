import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { AttendanceState } from './attendance.ts';

export const ROSTER_SORTS = ['unit', 'name', 'state'] as const;
export type RosterSort = (typeof ROSTER_SORTS)[number];
export type RosterQuery = TableQuery<RosterSort, 'state'>;

interface Listed {
  readonly name: string;
  readonly unitName: string;
  readonly state: AttendanceState;
}

/** One page of a class's people: a class is small enough to be sorted and searched after it has been read. */
export function rosterPage<P extends Listed>(
  people: readonly P[],
  query: RosterQuery,
): { rows: P[]; total: number; page: number } {
  const found = people.filter(
    (person) =>
      (query.q === '' || person.name.includes(query.q) || person.unitName.includes(query.q)) &&
      (query.filters.state === undefined || person.state === query.filters.state),
  );
  // They come by unit and name in pinyin order; a stable sort by name or state keeps that order among equals.
  const sorted =
    query.sort.field === 'unit' ? found : [...found].sort((a, b) => compare(a, b, query.sort.field));
  if (query.sort.direction === 'desc') sorted.reverse();
  const { page, offset } = pageBounds(sorted.length, query.page, query.size);
  return { rows: sorted.slice(offset, offset + query.size), total: sorted.length, page };
}

function compare(a: Listed, b: Listed, field: RosterSort): number {
  if (field === 'state') return a.state < b.state ? -1 : a.state > b.state ? 1 : 0;
  return a.name.localeCompare(b.name, 'zh-CN');
}
