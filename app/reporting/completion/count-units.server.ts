import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool, PoolClient } from '#app/platform/db/db.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { CompletionQuestion } from './completion.store.server.ts';
import { countByUnit } from './completion.store.server.ts';
import type { CompletionCounts } from './figures.ts';
import { NOBODY } from './figures.ts';
import { listStatedRules } from './region-rules.store.server.ts';
import { targetsOfUnits } from './region-targets.ts';
import { listRequirements } from './required-course.store.server.ts';
import type { UnitBasis } from './stored-counts.store.server.ts';
import { clearMarks, findStoredCounts, storeCounts, tryRefreshLock } from './stored-counts.store.server.ts';

/** Units counted in one transaction: short enough that nobody waits for it. */
const REFRESH_BATCH = 100;

/** Runs `work` on one connection in one transaction, which a failure takes with it. */
async function inOneTransaction<T>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let isUnfinished = true;
  try {
    await client.query(begin);
    const result = await work(client);
    await client.query('commit');
    isUnfinished = false;
    return result;
  } finally {
    client.release(isUnfinished);
  }
}

/** Compiling these statements takes longer than running them. */
const SNAPSHOT = 'begin isolation level repeatable read read only; set local jit = off';

/** One look at the database: everything read by `work` is of the same instant, so that the parts of a page agree. */
export function inSnapshot<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return inOneTransaction(pool, SNAPSHOT, work);
}

/** Who is counted. Another word here whenever that changes: figures stored before are then out of date. */
const POPULATION = 'M1, any post';

/** What a stored figure rests on, in few bytes: it is kept with every unit and compared for every unit of a page. */
const fingerprint = (basis: object): string => sha256(canonicalJson(basis)).toString('hex');

/** The bases are few: units of one region, type and level share theirs. */
function basesOf(question: CompletionQuestion): UnitBasis[] {
  const known = new Map<unknown, Map<unknown, string>>();
  return question.units.map(({ unitId, target, owedCourses }) => {
    const ofTarget = known.get(target) ?? new Map<unknown, string>();
    known.set(target, ofTarget);
    const basis = ofTarget.get(owedCourses) ?? fingerprint({ population: POPULATION, target, owedCourses });
    ofTarget.set(owedCourses, basis);
    return { unitId, basis };
  });
}

/**
 * Counts per unit, from stored figures where they still hold and afresh where they do not: the answer is the same, only
 * sooner. Past days are always counted afresh. Units where nobody is due may be absent.
 */
export async function countUnits(
  client: PoolClient,
  question: CompletionQuestion,
): Promise<ReadonlyMap<string, CompletionCounts>> {
  if (question.source === 'ledger') return countByUnit(client, question);
  const stored = await findStoredCounts(client, question.day, basesOf(question));
  const rest = question.units.filter((unit) => !stored.has(unit.unitId));
  if (rest.length === 0) return stored;
  const fresh = await countByUnit(client, { ...question, units: rest });
  return new Map([...stored, ...fresh]);
}

/** Today's question for every unit there is. */
async function questionForAll(ctx: Pick<Ctx, 'pool' | 'clock'>): Promise<CompletionQuestion> {
  const knownAt = ctx.clock.now();
  const day = dayOf(knownAt);
  const tree = await currentTree(ctx);
  const stated = await listStatedRules(ctx.pool, day, knownAt);
  const { inForce } = await listRequirements(ctx.pool, day, knownAt);
  return {
    day,
    knownAt,
    source: 'projection',
    units: targetsOfUnits(tree, stated, tree.units.keys(), inForce),
  };
}

async function refreshBatch(client: PoolClient, question: CompletionQuestion): Promise<number> {
  if (!(await tryRefreshLock(client))) return 0;
  await clearMarks(
    client,
    question.units.map((unit) => unit.unitId),
  );
  const counts = await countByUnit(client, question);
  const rows = basesOf(question).map((unit) => ({ ...unit, counts: counts.get(unit.unitId) ?? NOBODY }));
  await storeCounts(client, question.day, rows);
  return rows.length;
}

/**
 * Counts those units again whose stored figures no longer hold: after hours, cards, moves or rules have changed, and all
 * of them on a new day. Several processes may run it; one does the work.
 * @param signal ends it between two batches, when the server stops
 * @returns units counted
 */
export async function refreshStoredCounts(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  signal?: AbortSignal,
): Promise<number> {
  const question = await questionForAll(ctx);
  const stored = await inSnapshot(ctx.pool, (client) =>
    findStoredCounts(client, question.day, basesOf(question)),
  );
  const stale = question.units.filter((unit) => !stored.has(unit.unitId));
  let counted = 0;
  for (let from = 0; from < stale.length && !signal?.aborted; from += REFRESH_BATCH) {
    const batch = { ...question, units: stale.slice(from, from + REFRESH_BATCH) };
    const done = await inOneTransaction(ctx.pool, 'begin', (client) => refreshBatch(client, batch));
    if (done === 0) return counted;
    counted += done;
  }
  return counted;
}
