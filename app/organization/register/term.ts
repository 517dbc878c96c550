import type { Day } from '#app/platform/time/day.ts';
import type { RowChanges, Stretch } from '../change/stretch.ts';
import { coversDay, cutFrom, rowChanges } from '../change/stretch.ts';

/** What a row of a dated register says besides its days, compared field by field. */
export type TermValues = Readonly<Record<string, string | number | null>>;

const isSame = (row: TermValues, values: TermValues): boolean =>
  Object.keys(values).every((key) => (row[key] ?? null) === (values[key] ?? null));

/**
 * From `day` on the register says `values`. The row that covers the day is cut there and goes on with the new values to
 * its own end; without one a new row begins, until the next known one or open. Null when it says so already.
 */
export function decideTerm<V extends TermValues>(
  rows: readonly (Stretch & V)[],
  day: Day,
  values: V,
): RowChanges<Stretch & V> | null {
  const current = rows.find((row) => coversDay(row, day));
  if (current !== undefined) {
    if (isSame(current, values)) return null;
    return rowChanges(
      rows,
      cutFrom(
        rows,
        day,
        (row) => row === current,
        () => ({ ...current, ...values }),
      ),
    );
  }
  const next = rows
    .map((row) => row.validFrom)
    .filter((from) => from > day)
    .sort()[0];
  return { supersede: [], insert: [{ ...values, rowId: null, validFrom: day, validTo: next ?? null }] };
}

/** Nothing from `day` on. Null when there is nothing to end. */
export function decideTermEnd<R extends Stretch>(rows: readonly R[], day: Day): RowChanges<R> | null {
  const changes = rowChanges(
    rows,
    cutFrom(rows, day, () => true, null),
  );
  return changes.supersede.length === 0 ? null : changes;
}
