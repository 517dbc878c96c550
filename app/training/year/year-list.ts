import { z } from 'zod';
import type { Conclusion } from '../target/year-standing.ts';
import type { CategorySeconds } from '../ledger/hours.ts';
import { CATEGORIES } from '../ledger/hours.ts';

const seconds = z.object({
  public_law: z.number().int(),
  specialised_law: z.number().int(),
  business: z.number().int(),
  skill: z.number().int(),
}) satisfies z.ZodType<CategorySeconds>;

/** One person on the list of a unit: what goes up on the notice board and, in the end, into the snapshot. */
export const listRowSchema = z.object({
  personId: z.string(),
  name: z.string(),
  seconds,
  totalSeconds: z.number().int(),
  targets: z.array(
    z.object({ kind: z.string(), targetSeconds: z.number().int(), doneSeconds: z.number().int() }),
  ),
  required: z.array(
    z.object({ slug: z.string(), title: z.string(), isComplete: z.boolean(), isLapsed: z.boolean() }),
  ),
  conclusion: z.enum(['met', 'not_met', 'exempt', 'not_counted']),
});
export type ListRow = z.infer<typeof listRowSchema>;
export const listSchema = z.array(listRowSchema);

/** A row with the entries its figures are the sum of. */
export interface SealableRow extends ListRow {
  /** Ids in ascending order. */
  readonly entryIds: readonly string[];
}

/** How good a conclusion is for the person; less is worse. */
const RANK: Readonly<Record<Conclusion, number>> = { not_met: 0, not_counted: 1, met: 2, exempt: 2 };

const isWorse = (shown: ListRow, now: ListRow): boolean =>
  RANK[now.conclusion] < RANK[shown.conclusion] ||
  CATEGORIES.some((category) => now.seconds[category] < shown.seconds[category]);

const isSame = (shown: ListRow, now: ListRow): boolean =>
  now.conclusion === shown.conclusion &&
  CATEGORIES.every((category) => now.seconds[category] === shown.seconds[category]);

export interface ListChanges {
  /** Worse off than shown: fewer hours in a category or a worse conclusion. */
  readonly fell: readonly ListRow[];
  /** On the list now, never shown. */
  readonly added: readonly ListRow[];
  /** Better off than shown. */
  readonly rose: readonly ListRow[];
  /** Shown, but no longer of the unit on the last day of the year. */
  readonly left: readonly ListRow[];
}

/** What has changed since the list was put up: corrections during 公示, entries that came later, people moved. */
export function changesSince(shown: readonly ListRow[], now: readonly ListRow[]): ListChanges {
  const before = new Map(shown.map((row) => [row.personId, row]));
  const present = new Set(now.map((row) => row.personId));
  const fell: ListRow[] = [];
  const rose: ListRow[] = [];
  for (const row of now) {
    const seen = before.get(row.personId);
    if (seen === undefined) continue;
    if (isWorse(seen, row)) fell.push(row);
    else if (!isSame(seen, row)) rose.push(row);
  }
  return {
    fell,
    rose,
    added: now.filter((row) => !before.has(row.personId)),
    left: shown.filter((row) => !present.has(row.personId)),
  };
}

/** People for whom silence on the shown list means nothing: the list has to go up again. */
export const fallenCount = ({ fell, added }: ListChanges): number => fell.length + added.length;
