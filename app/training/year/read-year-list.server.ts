import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { readInOneSnapshot } from '#app/platform/db/snapshot-read.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { CategorySeconds } from '../ledger/hours.ts';
import { CATEGORIES, sumByCategory } from '../ledger/hours.ts';
import { yearStandings } from '../target/year-standing.server.ts';
import type { YearStanding } from '../target/year-standing.ts';
import type { SealableRow } from './year-list.ts';
import type { YearEntry } from './year-list.store.server.ts';
import { listYearEntries, listYearPeople } from './year-list.store.server.ts';

/** The list of one unit; see `readYearLists`. */
export async function readYearList(ctx: Ctx, unitId: string, year: number): Promise<SealableRow[]> {
  return (await readYearLists(ctx, [unitId], year)).get(unitId) ?? [];
}

/**
 * Each unit's people with their figures of the year, all read from one state of the database: an entry that is being
 * written meanwhile is either in the sums and among the ids, or in neither. Asserts that they agree. Units without
 * people are absent.
 */
export async function readYearLists(
  ctx: Ctx,
  unitIds: readonly string[],
  year: number,
): Promise<Map<string, SealableRow[]>> {
  return readInOneSnapshot(ctx, async (pool) => {
    const people = await listYearPeople(pool, unitIds, year);
    const lists = new Map<string, SealableRow[]>();
    if (people.length === 0) return lists;
    const ids = people.map((person) => person.id);
    const entries = byPerson(await listYearEntries(pool, ids, year));
    const standings = await yearStandings({ ...ctx, pool }, ids, year, `${year}-12-31`);
    for (const { id, name, unitId } of people) {
      const standing = standings.get(id);
      invariant(standing !== undefined, 'whoever is on the list has a standing');
      const row = rowOf(name, standing, entries.get(id) ?? []);
      const list = lists.get(unitId);
      if (list) list.push(row);
      else lists.set(unitId, [row]);
    }
    return lists;
  });
}

function byPerson(entries: readonly YearEntry[]): Map<string, YearEntry[]> {
  const groups = new Map<string, YearEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.personId);
    if (group) group.push(entry);
    else groups.set(entry.personId, [entry]);
  }
  return groups;
}

const isEqual = (a: CategorySeconds, b: CategorySeconds): boolean =>
  CATEGORIES.every((category) => a[category] === b[category]);

function rowOf(name: string, standing: YearStanding, entries: readonly YearEntry[]): SealableRow {
  const sums = sumByCategory(entries);
  invariant(isEqual(sums, standing.sums), 'the sealed figure is the sum of its entries');
  return {
    personId: standing.personId,
    name,
    seconds: sums,
    totalSeconds: standing.totalSeconds,
    targets: standing.targets.map(({ kind, targetSeconds, doneSeconds }) => ({
      kind,
      targetSeconds,
      doneSeconds,
    })),
    required: standing.required.map(({ slug, title, isComplete, isLapsed }) => ({
      slug,
      title,
      isComplete,
      isLapsed,
    })),
    conclusion: standing.conclusion,
    entryIds: entries.map((entry) => entry.id),
  };
}
