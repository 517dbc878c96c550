import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { SigningKey } from '#app/platform/secret/signing-key.server.ts';
import { currentSigningKey } from '#app/platform/secret/signing-key.server.ts';
import type { UnitNode } from '#app/organization/tree/tree.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { lockOutsideHours } from '../claim/known-training.store.server.ts';
import type { Closing, FreezeRefusal } from './closing.ts';
import { decideFreezing } from './closing.ts';
import { appendClosingEvent, lockClosing, publishedRows, setFrozen } from './closing.store.server.ts';
import type { UnitYear } from './closing-scope.server.ts';
import { takeUnit } from './closing-scope.server.ts';
import { readYearList } from './read-year-list.server.ts';
import { sealNumber } from './seal-number.ts';
import type { Snapshot } from './snapshot.ts';
import { snapshotSchema, snapshotText } from './snapshot.ts';
import { holdPeople, insertSnapshot, listSealedAlready, takeSealSerial } from './snapshot.store.server.ts';
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

interface Freezing {
  readonly unit: UnitNode;
  readonly year: number;
  /** The list as it was read before the locks. */
  readonly seen: readonly SealableRow[];
  readonly key: SigningKey;
}

/**
 * Whoever decides about hours of these people at the same moment comes before the seal or sees it: claims, corrections
 * and exemptions hold the person, imports the lock of training elsewhere. So the list is read once more under the locks;
 * somebody who came onto it meanwhile is not held, and the closing is refused as changed.
 */
async function sealInTransaction(
  tx: Tx,
  ctx: ActorCtx,
  { unit, year, seen, key }: Freezing,
  refuse: Refuse<FreezeClosingRefusal>,
): Promise<{ sealNo: string }> {
  const held = new Set(seen.map((row) => row.personId));
  // Order of locks: outside hours → persons → closing.
  await lockOutsideHours(tx, 'shared');
  await holdPeople(tx, [...held]);
  const closing = await lockClosing(tx, unit.id, year);
  if (closing === null) return refuse('NOT_CONFIRMED');
  const rows = await readYearList(ctx, unit.id, year);
  const personIds = rows.map((row) => row.personId);
  const unheld = personIds.filter((personId) => !held.has(personId)).length;
  if (unheld > 0) return refuse('LIST_FELL', { count: unheld });
  const fallen = fallenCount(changesSince(await publishedRows(tx, closing.id), rows));
  const decided = decideFreezing(closing, { actorId: ctx.actorId, fallen });
  if (!decided.ok) return refuse(decided.code, decided.detail);
  const elsewhere = await listSealedAlready(tx, personIds, year);
  if (elsewhere.length > 0) return refuse('SEALED_ELSEWHERE', { count: elsewhere.length });
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
  return { sealNo };
}

/**
 * 封账: the bureau freezes what the unit has confirmed. The snapshot is signed and never changes; a later entry or
 * correction stands beside it. Sent twice it is answered YEAR_FROZEN. Refusals: FORBIDDEN; NOT_FOUND; NOT_CONFIRMED;
 * YEAR_FROZEN; CONFIRMER_IS_ACTOR; LIST_FELL; SEALED_ELSEWHERE (somebody's year is sealed with another unit).
 */
export async function freezeClosing(ctx: ActorCtx, { unitId, year }: UnitYear): Promise<FreezeOutcome> {
  const taken = await takeUnit(ctx, 'hours.close', { unitId, year });
  if (!taken.ok) return taken;
  const key = await currentSigningKey(ctx, CLOSING_KEY);
  const seen = await readYearList(ctx, unitId, year);
  return inTransaction<{ sealNo: string }, FreezeClosingRefusal>(
    ctx,
    'freeze-closing',
    (tx, refuse) => sealInTransaction(tx, ctx, { unit: taken.value, year, seen, key }, refuse),
    { timeoutMs: FREEZE_TIMEOUT_MS },
  );
}

export interface BulkFreezing {
  readonly frozen: readonly { readonly unitId: string; readonly sealNo: string }[];
  readonly left: readonly {
    readonly unitId: string;
    readonly code: FreezeClosingRefusal;
    readonly count: number;
  }[];
}

/** Several units, each on its own: what cannot be frozen is named and keeps nobody else from it. */
export async function freezeClosings(
  ctx: ActorCtx,
  input: { readonly year: number; readonly unitIds: readonly string[] },
): Promise<Outcome<BulkFreezing, 'NOBODY_CHOSEN' | 'TOO_MANY_UNITS'>> {
  const unitIds = [...new Set(input.unitIds)];
  if (unitIds.length === 0) return refused('NOBODY_CHOSEN');
  if (unitIds.length > MOST_AT_ONCE) return refused('TOO_MANY_UNITS', { most: MOST_AT_ONCE });
  const frozen: { unitId: string; sealNo: string }[] = [];
  const left: BulkFreezing['left'][number][] = [];
  for (const unitId of unitIds) {
    const outcome = await freezeClosing(ctx, { unitId, year: input.year });
    if (outcome.ok) frozen.push({ unitId, sealNo: outcome.value.sealNo });
    else left.push({ unitId, code: outcome.code, count: Number(outcome.detail?.count ?? 0) });
  }
  return done({ frozen, left });
}
