/** What the completion chart computes. Pure, in whole numbers. */

export interface CompletionRow {
  key: string;
  label: string;
  /** persons that have completed, 0 ≤ value ≤ total */
  value: number;
  /** persons that must */
  total: number;
}

const FULL_BASIS_POINTS = 10_000;

/** Persons missing to the target, rounded up: 60% of 7 persons are 5. Never below 0. */
export function gapToTarget(row: CompletionRow, targetBasisPoints: number): number {
  const needed = Math.ceil((row.total * targetBasisPoints) / FULL_BASIS_POINTS);
  return Math.max(needed - row.value, 0);
}

/** Share in basis points, cut: 7748 of 8854 → 8750. Null where nobody must. */
export function shareFloorBasisPoints(row: CompletionRow): number | null {
  return row.total > 0 ? Math.floor((row.value * FULL_BASIS_POINTS) / row.total) : null;
}

/** The lowest share first, units without anybody last; equal shares keep the larger gap first. */
export function byGap(rows: readonly CompletionRow[], targetBasisPoints: number): CompletionRow[] {
  const rank = (row: CompletionRow) => shareFloorBasisPoints(row) ?? FULL_BASIS_POINTS + 1;
  return [...rows].sort(
    (a, b) => rank(a) - rank(b) || gapToTarget(b, targetBasisPoints) - gapToTarget(a, targetBasisPoints),
  );
}
