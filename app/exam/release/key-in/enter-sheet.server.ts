import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { listSeals } from '../custody.store.server.ts';
import { takeSitting } from '../open-sitting.server.ts';
import type { CustodySitting } from '../seal.store.server.ts';
import { holdSitting, insertReading, listReadings, lockRegistration } from './key-in.store.server.ts';
import { landSheet } from './land-sheet.server.ts';
import type { ReadingRefusal } from './reading-step.ts';
import { decideReading } from './reading-step.ts';
import type { SheetChoices } from './sheet.ts';
import { sheetItems } from './sheet.ts';
import type { TakeSheetRefusal } from './take-sheet.server.ts';
import { takeSheet } from './take-sheet.server.ts';

export type EnterRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED' | 'NOT_PRINTED' | 'NOT_HELD' | 'NOT_OPEN_YET' | EntryRefusal;

/** Of one sheet. */
export type EntryRefusal = TakeSheetRefusal | 'SAT_ON_SCREEN' | ReadingRefusal;

/** `waits`: for a second reading. `differ`: two readings differ. `landed`: in the journal and marked. */
export const ENTERED_STATES = ['waits', 'differ', 'landed'] as const;
const enteredShape = z.object({ state: z.enum(ENTERED_STATES) });
export type Entered = z.infer<typeof enteredShape>;

/** A sitting whose answer sheets may be keyed in now. Refuses FORBIDDEN, NOT_FOUND, NOT_HELD, NOT_PRINTED, NOT_OPEN_YET. */
export async function takeKeyIn(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<CustodySitting, 'FORBIDDEN' | 'NOT_FOUND' | 'NOT_HELD' | 'NOT_PRINTED' | 'NOT_OPEN_YET'>> {
  const taken = await takeSitting(ctx, 'exam.key_in', sittingId);
  if (!taken.ok) return taken;
  if (taken.value.status === 'cancelled') return refused('NOT_HELD');
  const seals = await listSeals(ctx.pool, sittingId);
  // Without a release there is no sheet that anybody could have filled in.
  if (!seals.some((seal) => seal.release !== null)) return refused('NOT_PRINTED');
  if (ctx.clock.now() < taken.value.opensAt) return refused('NOT_OPEN_YET');
  return done(taken.value);
}

export interface Reading {
  readonly ticketNo: string;
  readonly choices: SheetChoices;
  readonly source: 'typed' | 'workbook' | 'third_look';
}

/**
 * One reading of one sheet, in the caller's transaction, which is rolled back after a refusal; what it makes of the sheet
 * is `decideReading`'s. Refuses what `takeSheet` refuses, SAT_ON_SCREEN and what `decideReading` refuses.
 */
export async function enterReading(
  tx: Tx,
  ctx: ActorCtx,
  entry: { readonly sitting: CustodySitting; readonly reading: Reading; readonly personKey: string },
): Promise<Outcome<Entered, EntryRefusal>> {
  const { sitting, reading, personKey } = entry;
  const { choices, source } = reading;
  const asked = { sittingId: sitting.id, ticketNo: reading.ticketNo, personKey };
  const found = await takeSheet(tx, asked);
  if (!found.ok) return found;
  await lockRegistration(tx, found.value.registrationId);
  // Somebody may have been at this sheet while the lock was waited for.
  const taken = await takeSheet(tx, asked);
  if (!taken.ok) return taken;
  const record = taken.value;
  if (record.attemptEpoch !== null)
    return refused(record.attemptEpoch > 0 ? 'SAT_ON_SCREEN' : 'ENTRIES_AGREE');
  const earlier = await listReadings(tx, record.registrationId);
  const given = { personKey, choices, isThirdLook: source === 'third_look' };
  const step = decideReading(sheetItems(record.content), earlier, given);
  if (!step.ok) return step;
  const { entryNo, landed } = step.value;
  await insertReading(tx, {
    registrationId: record.registrationId,
    entryNo,
    source,
    choices,
    contentHash: sha256(canonicalJson(choices)),
    enteredBy: ctx.actorId,
    personKey,
    occurredAt: ctx.clock.now(),
  });
  await appendAudit(tx, ctx, {
    action: 'exam.key_in',
    subjectKind: 'exam_registration',
    subjectId: record.registrationId,
    regionId: sitting.regionId,
    unitId: record.unitId,
    detail: { entryNo, source, hasLanded: landed !== null },
  });
  if (landed === null) return done({ state: entryNo === 1 ? 'waits' : 'differ' });
  const kept = await landSheet(tx, ctx, { sitting, record, choices: landed });
  return kept.ok ? done({ state: 'landed' }) : kept;
}

/**
 * 录入答题卡: one person's reading of one sheet, or the third look that settles two readings. Refuses what `takeKeyIn` and
 * `enterReading` refuse, and COMMAND_REUSED; the same form sent twice is one reading.
 */
export async function enterSheet(
  ctx: ActorCtx,
  input: Reading & { readonly sittingId: string; readonly commandId: string },
): Promise<Outcome<Entered, EnterRefusal>> {
  const { sittingId, commandId, ...reading } = input;
  const taken = await takeKeyIn(ctx, sittingId);
  if (!taken.ok) return taken;
  const sitting = taken.value;
  const personKey = await personKeyOf(ctx.db, ctx.actorId);
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.key_in', input: { sittingId, ...reading } };
  return inTransaction<Entered, EnterRefusal>(ctx, 'enter-sheet', (tx, refuse) =>
    withReceipt(tx, key, enteredShape, refuse, async () => {
      await holdSitting(tx, sittingId);
      const entered = await enterReading(tx, ctx, { sitting, reading, personKey });
      return entered.ok ? entered.value : refuse(entered.code);
    }),
  );
}
