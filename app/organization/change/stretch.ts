import type { Day } from '#app/platform/time/day.ts';

/** A row of a dated table as known now; `rowId` is null for one that is still to be written. */
export interface Stretch {
  readonly rowId: string | null;
  readonly validFrom: Day;
  /** First day that no longer belongs to it; null while open. */
  readonly validTo: Day | null;
}

export const coversDay = (row: Stretch, day: Day): boolean =>
  row.validFrom <= day && (row.validTo === null || day < row.validTo);

/** True when the row says something about the day or a later one. */
export const reachesDay = (row: Stretch, day: Day): boolean => row.validTo === null || row.validTo > day;

/**
 * Changes what holds from `day` on: each fitting row that reaches the day is cut there, and its later part is changed or
 * (null) left out. What holds before the day is not touched: this is why past figures never move.
 */
export function cutFrom<R extends Stretch>(
  rows: readonly R[],
  day: Day,
  fits: (row: R) => boolean,
  change: ((row: R) => Partial<R>) | null,
): readonly R[] {
  return rows.flatMap((row) => {
    if (!reachesDay(row, day) || !fits(row)) return [row];
    const before = row.validFrom < day ? [{ ...row, rowId: null, validTo: day }] : [];
    if (change === null) return before;
    const validFrom = row.validFrom < day ? day : row.validFrom;
    return [...before, { ...row, ...change(row), rowId: null, validFrom }];
  });
}

export interface RowChanges<R extends Stretch> {
  readonly supersede: readonly string[];
  readonly insert: readonly R[];
}

/** What has to be written so that the table says `after` where it said `before`. */
export function rowChanges<R extends Stretch>(before: readonly R[], after: readonly R[]): RowChanges<R> {
  const kept = new Set(after.flatMap((row) => row.rowId ?? []));
  return {
    supersede: before.flatMap((row) => (row.rowId === null || kept.has(row.rowId) ? [] : [row.rowId])),
    insert: after.filter((row) => row.rowId === null),
  };
}
