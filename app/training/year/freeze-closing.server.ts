import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { SigningKey } from '#app/platform/secret/signing-key.server.ts';
import { currentSigningKey } from '#app/platform/secret/signing-key.server.ts';
import { holdPersons } from '#app/organization/person/home-timeline.store.server.ts';
import type { UnitNode } from '#app/organization/tree/tree.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { lockOutsideHours } from '../claim/known-training.store.server.ts';
import type { Closing, FreezeRefusal } from './closing.ts';
import { decideFreezing } from './closing.ts';
import { appendClosingEvent, lockClosings, publishedRows, setFrozen } from './closing.store.server.ts';
import type { UnitYear } from './closing-scope.server.ts';
import { takeUnit } from './closing-scope.server.ts';
import { readYearList } from './read-year-list.server.ts';
import { sealNumber } from './seal-number.ts';
import type { Snapshot } from './snapshot.ts';
import { snapshotSchema, snapshotText } from './snapshot.ts';
import {
  insertSnapshot,
  listSealedAlready,
  lockSealSerial,
  takeSealSerial,
} from './snapshot.store.server.ts';
import type { SealableRow } from './year-list.ts';
import { changesSince, fallenCount } from './year-list.ts';

/** What the installation's key for closings is kept under. */
export const CLOSING_KEY = 'year_closing';
/** Units frozen by one post; each takes some hundredths of a second. */
export const MOST_AT_ONCE = 200;
/** An import that is under way is waited for, however long it may take (four minutes). */
const FREEZE_TIMEOUT_MS = 250_000;

export type FreezeClosingRefusal = 'FORBIDDEN' | 'NOT_FOUND' | FreezeRefusal | 'SEALED_ELSEWHERE';
export type FreezeOutcome = Outcome<{ sealNo: string }, FreezeClosingRefusal>;

/** SHA-256 over the ids of a person's entries, as the snapshot names them. */
export const entriesHash = (entryIds: readonly string[]): string =>
  sha256(entryIds.join('\n')).toString('hex');

/** What is signed: the closing with its rows. The closing has been put up and confirmed. */
export function snapshotOf(
  closing: Pick<Closing, 'id' | 'year' | 'way' | 'publishedDay' | 'objectionsUntilDay' | 'confirmedBy'>,
  sealed: {
    readonly unit: Pick<UnitNode, 'id' | 'code' | 'name'>;
    readonly sealNo: string;
    readonly frozenBy: string;
    readonly at: Date;
    readonly rows: readonly SealableRow[];
  },
): Snapshot {
  const { unit, sealNo, frozenBy, at, rows } = sealed;
  return snapshotSchema.parse({
    kind: 'year_closing',
    version: 1,
    sealNo,
    closingId: closing.id,
    unit: { id: unit.id, code: unit.code, name: unit.name },
    year: closing.year,
    asOfDay: `${closing.year}-12-31`,
    closedDay: dayOf(at),
    closedAt: at.toISOString(),
    way: closing.way,
    publishedDay: closing.publishedDay,
    objectionsUntilDay: closing.objectionsUntilDay,
    confirmedBy: closing.confirmedBy,
    frozenBy,
    people: rows.map(({ entryIds, ...row }) => ({
      ...row,
      entryCount: entryIds.length,
      entriesHash: entriesHash(entryIds),
    })),
  });
}

/** A unit to be frozen, with its list as it was read before the locks. */
interface Freezing {
  readonly unit: UnitNode;
  readonly seen: readonly SealableRow[];
}

/**
 * Seals one unit of those whose people and closing are held, or says why not and writes nothing. Its list is read once
 * more: somebody who came onto it since is not held, and the closing is refused as changed.
 */
async function sealUnit(
  tx: Tx,
  ctx: ActorCtx,
  { unit, seen }: Freezing,
  closing: Closing | null,
  { year, key }: { readonly year: number; readonly key: SigningKey },
): Promise<FreezeOutcome> {
  if (closing === null) return refused('NOT_CONFIRMED');
  const held = new Set(seen.map((row) => row.personId));
  const rows = await readYearList(ctx, unit.id, year);
  const personIds = rows.map((row) => row.personId);
  const unheld = personIds.filter((personId) => !held.has(personId)).length;
  if (unheld > 0) return refused('LIST_FELL', { count: unheld });
  const fallen = fallenCount(changesSince(await publishedRows(tx, closing.id), rows));
  const decided = decideFreezing(closing, { actorId: ctx.actorId, fallen });
  if (!decided.ok) return decided;
  const elsewhere = await listSealedAlready(tx, personIds, year);
  if (elsewhere.length > 0) return refused('SEALED_ELSEWHERE', { count: elsewhere.length });
  const at = ctx.clock.now();
  const sealNo = sealNumber(year, unit.code, await takeSealSerial(tx, year));
  const snapshot = snapshotOf(closing, { unit, sealNo, frozenBy: ctx.actorId, at, rows });
  const text = snapshotText(snapshot);
  const signature = await key.sign(text);
  await insertSnapshot(tx, { snapshot, text, signature, rows, at });
  await setFrozen(tx, closing.id, ctx.actorId, at);
  const event = { closingId: closing.id, kind: 'frozen', note: `封账编号 ${sealNo}` } as const;
  await appendClosingEvent(tx, { ...event, actorId: ctx.actorId, at });
  await appendAudit(tx, ctx, {
    action: 'hours.freeze_closing',
    subjectKind: 'year_closing',
    subjectId: closing.id,
    unitId: unit.id,
    detail: { year, sealNo, people: rows.length, keyId: signature.keyId },
  });
  return done({ sealNo });
}

/**
 * Freezes units in one transaction. Whoever decides about hours of their people at the same moment comes before the seal
 * or sees it: claims, corrections, exemptions and classes hold the person, imports the lock of training elsewhere. All
 * people are held by one statement, in the order everybody takes: a bulk freeze waits once for whoever is under way, not
 * unit after unit with half of it sealed.
 */
async function sealUnits(
  ctx: ActorCtx,
  year: number,
  freezings: readonly Freezing[],
): Promise<Map<string, FreezeOutcome>> {
  const key = await currentSigningKey(ctx, CLOSING_KEY);
  const sealed = await inTransaction(
    ctx,
    'freeze-closings',
    async (tx) => {
      // Order of locks: outside hours → persons → closings → the counter of seals.
      await lockOutsideHours(tx, 'shared');
      await holdPersons(tx, [
        ...new Set(freezings.flatMap(({ seen }) => seen.map(({ personId }) => personId))),
      ]);
      const closings = await lockClosings(
        tx,
        freezings.map(({ unit }) => unit.id),
        year,
      );
      await lockSealSerial(tx, year);
      const outcomes = new Map<string, FreezeOutcome>();
      for (const freezing of freezings) {
        const closing = closings.get(freezing.unit.id) ?? null;
        outcomes.set(freezing.unit.id, await sealUnit(tx, ctx, freezing, closing, { year, key }));
      }
      return outcomes;
    },
    { timeoutMs: FREEZE_TIMEOUT_MS },
  );
  invariant(sealed.ok, 'what cannot be frozen is told unit by unit');
  return sealed.value;
}

/** The unit with its list before the locks, when the actor may freeze it. */
async function takeToFreeze(
  ctx: ActorCtx,
  of: UnitYear,
): Promise<Outcome<Freezing, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeUnit(ctx, 'hours.close', of);
  if (!taken.ok) return taken;
  return done({ unit: taken.value, seen: await readYearList(ctx, of.unitId, of.year) });
}

/**
 * 封账: the bureau freezes what the unit has confirmed. The snapshot is signed and never changes; a later entry or
 * correction stands beside it. Sent twice it is answered YEAR_FROZEN. Refusals: FORBIDDEN; NOT_FOUND; NOT_CONFIRMED;
 * YEAR_FROZEN; CONFIRMER_IS_ACTOR; LIST_FELL; SEALED_ELSEWHERE (somebody's year is sealed with another unit).
 */
export async function freezeClosing(ctx: ActorCtx, of: UnitYear): Promise<FreezeOutcome> {
  const taken = await takeToFreeze(ctx, of);
  if (!taken.ok) return taken;
  const outcome = (await sealUnits(ctx, of.year, [taken.value])).get(of.unitId);
  invariant(outcome !== undefined, 'every unit has its answer');
  return outcome;
}

export interface BulkFreezing {
  readonly frozen: readonly { readonly unitId: string; readonly sealNo: string }[];
  readonly left: readonly {
    readonly unitId: string;
    readonly code: FreezeClosingRefusal;
    readonly count: number;
  }[];
}

/** Several units at once: what cannot be frozen is named and keeps nobody else from it. */
export async function freezeClosings(
  ctx: ActorCtx,
  input: { readonly year: number; readonly unitIds: readonly string[] },
): Promise<Outcome<BulkFreezing, 'NOBODY_CHOSEN' | 'TOO_MANY_UNITS'>> {
  const unitIds = [...new Set(input.unitIds)];
  if (unitIds.length === 0) return refused('NOBODY_CHOSEN');
  if (unitIds.length > MOST_AT_ONCE) return refused('TOO_MANY_UNITS', { most: MOST_AT_ONCE });
  const outcomes = new Map<string, FreezeOutcome>();
  const freezings: Freezing[] = [];
  for (const unitId of unitIds) {
    const taken = await takeToFreeze(ctx, { unitId, year: input.year });
    if (taken.ok) freezings.push(taken.value);
    else outcomes.set(unitId, taken);
  }
  for (const [unitId, outcome] of await sealUnits(ctx, input.year, freezings)) outcomes.set(unitId, outcome);
  const frozen: { unitId: string; sealNo: string }[] = [];
  const left: BulkFreezing['left'][number][] = [];
  for (const unitId of unitIds) {
    const outcome = outcomes.get(unitId);
    invariant(outcome !== undefined, 'every unit has its answer');
    if (outcome.ok) frozen.push({ unitId, sealNo: outcome.value.sealNo });
    else left.push({ unitId, code: outcome.code, count: Number(outcome.detail?.count ?? 0) });
  }
  return done({ frozen, left });
}
