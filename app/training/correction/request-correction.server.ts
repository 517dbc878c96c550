import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { findPersonCard } from '#app/organization/person/person.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { yearOf } from '#app/platform/time/day.ts';
import { proofHashes } from '../claim/file-claim.server.ts';
import type { Proof } from '../claim/proof.ts';
import { insertProofs } from '../claim/proof.store.server.ts';
import type { HourEntry } from '../ledger/entry.ts';
import { decideCorrection } from '../ledger/entry.ts';
import { findEntry } from '../ledger/hour-entry.store.server.ts';
import type { Reader } from '../rows.store.server.ts';
import { findClosedYears } from '../year/closed-year.store.server.ts';
import { decidingReach, decidingUnit } from '../year/deciding-unit.server.ts';
import type { CorrectionReasonCode } from './correction.ts';
import { decideCorrectionStep } from './correction.ts';
import type { HourCorrectionRefusal } from './correction-refusals.ts';
import type { ToldCorrection } from './correction-tasks.ts';
import { correctionTask, OBJECTION_TASK, objectionTask } from './correction-tasks.ts';
import type { HourCorrection } from './correction.store.server.ts';
import {
  appendCorrectionEvent,
  findCorrection,
  insertCorrection,
  lockCorrection,
  moveCorrection,
} from './correction.store.server.ts';

/** What an office holds right instead of an entry, and why. */
export interface WantedCorrection {
  /** 0 strikes the entry out. */
  readonly wantedSeconds: number;
  readonly reasonCode: CorrectionReasonCode;
  readonly reason: string;
  readonly proofs: readonly Proof[];
  readonly commandId: string;
}

const requestedShape = z.object({ correctionId: z.string() });
type Requested = z.infer<typeof requestedShape>;

const receiptInput = ({ commandId: _, proofs, ...rest }: WantedCorrection, subject: object) => ({
  ...rest,
  ...subject,
  proofs: proofHashes(proofs),
});

/** Whether the correction could be made at all, told before anybody else is asked. */
function checkWanted(entry: HourEntry, wanted: WantedCorrection): Outcome<null, HourCorrectionRefusal> {
  const decided = decideCorrection(entry, wanted.wantedSeconds, {
    reasonCode: wanted.reasonCode,
    text: wanted.reason,
    recordedBy: null,
    approvedBy: null,
  });
  if (!decided.ok) return decided;
  return wanted.proofs.length === 0 ? refused('PROOF_MISSING') : done(null);
}

/** The region whose bureau decides because the entry's year is closed; null while it is open. */
export async function closedIn(
  reader: Reader,
  ctx: Pick<ActorCtx, 'pool' | 'clock'>,
  entry: { readonly personId: string; readonly unitId: string; readonly occurredDay: string },
): Promise<{ readonly regionId: string | null; readonly year: number } | null> {
  const year = yearOf(entry.occurredDay);
  const closed = await findClosedYears(reader, [entry.personId], year);
  if (!closed.has(entry.personId)) return null;
  return { regionId: (await decidingUnit(ctx, entry.unitId))?.regionId ?? null, year };
}

/** The office a request about an entry waits at: of a unit that has ended, the one that decides for it now. */
export async function deskOf(ctx: ActorCtx, entry: Pick<HourEntry, 'unitId'>): Promise<string> {
  return (await decidingUnit(ctx, entry.unitId))?.officeId ?? entry.unitId;
}

async function toldOf(
  ctx: ActorCtx,
  correctionId: string,
  entry: HourEntry,
  unitId: string,
): Promise<ToldCorrection> {
  const person = await findPersonCard(ctx.pool, entry.personId);
  return {
    id: correctionId,
    personId: entry.personId,
    personName: person?.name ?? '',
    unitId,
    entryTitle: entry.title,
    entryDay: entry.occurredDay,
  };
}

async function addProofs(
  tx: Tx,
  ctx: ActorCtx,
  correctionId: string,
  proofs: readonly Proof[],
): Promise<void> {
  const proofIds = await insertProofs(tx, ctx, proofs);
  await tx.hourCorrectionProof.createMany({ data: proofIds.map((proofId) => ({ correctionId, proofId })) });
}

/**
 * An office asks for a correction with reason and proof; somebody else decides. Refusals: FORBIDDEN; NOT_FOUND (no such
 * entry, or out of reach); ENTRY_OF_ONESELF; those of `decideCorrection`; PROOF_MISSING; CORRECTION_OPEN.
 */
export async function requestCorrection(
  ctx: ActorCtx,
  entryId: string,
  wanted: WantedCorrection,
): Promise<Outcome<Requested, HourCorrectionRefusal>> {
  if (!mayDo(ctx, 'hours.correct')) return refused('FORBIDDEN');
  const entry = await findEntry(ctx.db, entryId);
  if (entry === null || !(await decidingReach(ctx, 'hours.correct')).unitIds.has(entry.unitId))
    return refused('NOT_FOUND');
  if ((await personKeyOf(ctx.db, ctx.actorId)) === entry.personId) return refused('ENTRY_OF_ONESELF');
  const checked = checkWanted(entry, wanted);
  if (!checked.ok) return checked;
  const correctionId = newId<'HourCorrection'>();
  const unitId = await deskOf(ctx, entry);
  const told = await toldOf(ctx, correctionId, entry, unitId);
  const key = {
    actorId: ctx.actorId,
    commandId: wanted.commandId,
    kind: 'hours.request_correction',
    input: receiptInput(wanted, { entryId }),
  };
  return inTransaction<Requested, HourCorrectionRefusal>(ctx, 'request-correction', (tx, refuse) =>
    withReceipt(tx, key, requestedShape, refuse, async () => {
      await lockPersons(tx, [entry.personId]);
      await openRequest(tx, ctx, { id: correctionId, entry, unitId, origin: 'office', wanted }, refuse);
      await addProofs(tx, ctx, correctionId, wanted.proofs);
      await askForTasks(tx, ctx, [correctionTask(told, await closedIn(tx, ctx, entry))]);
      return { correctionId };
    }),
  );
}

/**
 * A request of the actor about an entry, within the caller's transaction: also the bureau's after a sample. Refuses
 * CORRECTION_OPEN while another one waits.
 */
export async function openRequest(
  tx: Tx,
  ctx: ActorCtx,
  request: {
    readonly id: string;
    readonly entry: Pick<HourEntry, 'id' | 'personId'>;
    /** The office it waits at (`deskOf`). */
    readonly unitId: string;
    readonly origin: 'office' | 'sample';
    readonly wanted: Pick<WantedCorrection, 'wantedSeconds' | 'reasonCode' | 'reason'>;
  },
  refuse: Refuse<'CORRECTION_OPEN'>,
): Promise<void> {
  const { id, entry, unitId, origin, wanted } = request;
  const at = ctx.clock.now();
  const isFirst = await insertCorrection(tx, {
    id,
    entryId: entry.id,
    personId: entry.personId,
    unitId,
    origin,
    state: 'filed',
    objection: null,
    wantedSeconds: wanted.wantedSeconds,
    reasonCode: wanted.reasonCode,
    reason: wanted.reason,
    objectedBy: null,
    filedBy: ctx.actorId,
    filedAt: at,
  });
  if (!isFirst) return refuse('CORRECTION_OPEN');
  await appendCorrectionEvent(tx, id, { kind: 'filed', note: wanted.reason, actorId: ctx.actorId, at });
  await appendAudit(tx, ctx, {
    action: 'hours.request_correction',
    subjectKind: 'hour_correction',
    subjectId: id,
    unitId,
    detail: { entryId: entry.id, origin, wantedSeconds: wanted.wantedSeconds, reason: wanted.reason },
  });
}

/**
 * An officer says that an entry of theirs is wrong (异议); the liaison of the unit of the time is asked. Refusals:
 * FORBIDDEN; NOT_FOUND (also somebody else's entry); ENTRY_IS_REVERSAL; ENTRY_ALREADY_CORRECTED; REASON_REQUIRED;
 * CORRECTION_OPEN.
 */
export async function raiseObjection(
  ctx: ActorCtx,
  input: {
    readonly entryId: string;
    readonly objection: string;
    readonly proofs: readonly Proof[];
    readonly commandId: string;
  },
): Promise<Outcome<Requested, HourCorrectionRefusal>> {
  if (!mayDo(ctx, 'hours.object')) return refused('FORBIDDEN');
  const { entryId, objection, proofs, commandId } = input;
  const entry = await findEntry(ctx.db, entryId);
  if (entry === null || entry.personId !== ownPersonId(ctx)) return refused('NOT_FOUND');
  if (entry.kind === 'reversal') return refused('ENTRY_IS_REVERSAL');
  if (entry.reversedById !== null) return refused('ENTRY_ALREADY_CORRECTED');
  if (objection.trim() === '') return refused('REASON_REQUIRED');
  const correctionId = newId<'HourCorrection'>();
  const unitId = await deskOf(ctx, entry);
  const told = await toldOf(ctx, correctionId, entry, unitId);
  const key = {
    actorId: ctx.actorId,
    commandId,
    kind: 'hours.object',
    input: { entryId, objection, proofs: proofHashes(proofs) },
  };
  return inTransaction<Requested, HourCorrectionRefusal>(ctx, 'raise-objection', (tx, refuse) =>
    withReceipt(tx, key, requestedShape, refuse, async () => {
      const at = ctx.clock.now();
      const isFirst = await insertCorrection(tx, {
        id: correctionId,
        entryId,
        personId: entry.personId,
        unitId,
        origin: 'objection',
        state: 'objected',
        objection,
        wantedSeconds: null,
        reasonCode: null,
        reason: null,
        objectedBy: ctx.actorId,
        filedBy: null,
        filedAt: at,
      });
      if (!isFirst) return refuse('CORRECTION_OPEN');
      await addProofs(tx, ctx, correctionId, proofs);
      const event = { kind: 'objected' as const, note: objection, actorId: ctx.actorId, at };
      await appendCorrectionEvent(tx, correctionId, event);
      await askForTasks(tx, ctx, [objectionTask(told)]);
      await appendAudit(tx, ctx, {
        action: 'hours.object',
        subjectKind: 'hour_correction',
        subjectId: correctionId,
        unitId,
        detail: { entryId },
      });
      return { correctionId };
    }),
  );
}

/** A request within the actor's reach; null for all others. */
export async function correctionInReach(
  ctx: ActorCtx,
  permission: 'hours.correct' | 'hours.approve_correction' | 'hours.read_correction',
  correctionId: string,
): Promise<HourCorrection | null> {
  const correction = await findCorrection(ctx.pool, correctionId);
  if (correction === null) return null;
  return (await decidingReach(ctx, permission)).unitIds.has(correction.unitId) ? correction : null;
}

/**
 * The office takes up an objection: it becomes a request with the figure the office holds right. Refusals: as for a
 * request; those of `decideCorrectionStep`; CHANGED_MEANWHILE.
 */
export async function takeUpObjection(
  ctx: ActorCtx,
  subject: { readonly correctionId: string; readonly version: number },
  wanted: WantedCorrection,
): Promise<Outcome<Requested, HourCorrectionRefusal>> {
  if (!mayDo(ctx, 'hours.correct')) return refused('FORBIDDEN');
  const { correctionId, version } = subject;
  const found = await correctionInReach(ctx, 'hours.correct', correctionId);
  const entry = found === null ? null : await findEntry(ctx.db, found.entryId);
  if (found === null || entry === null) return refused('NOT_FOUND');
  // The objector's own papers serve as proof, too.
  const checked = checkWanted(entry, wanted);
  if (!checked.ok && checked.code !== 'PROOF_MISSING') return checked;
  const byKey = await personKeyOf(ctx.db, ctx.actorId);
  const told = await toldOf(ctx, correctionId, entry, found.unitId);
  const key = {
    actorId: ctx.actorId,
    commandId: wanted.commandId,
    kind: 'hours.take_up_objection',
    input: receiptInput(wanted, subject),
  };
  return inTransaction<Requested, HourCorrectionRefusal>(ctx, 'take-up-objection', (tx, refuse) =>
    withReceipt(tx, key, requestedShape, refuse, async () => {
      // Order of locks: person → request. Whether the year is closed then holds until the bureau or the unit is asked.
      await lockPersons(tx, [entry.personId]);
      const correction = await lockCorrection(tx, correctionId);
      if (correction === null) return refuse('NOT_FOUND');
      const step = decideCorrectionStep(correction, { act: 'request', byKey, note: null });
      if (!step.ok) return refuse(step.code);
      const at = ctx.clock.now();
      const { wantedSeconds, reasonCode, reason } = wanted;
      const moved = await moveCorrection(
        tx,
        { ...correction, version },
        {
          to: 'filed',
          set: { wantedSeconds, reasonCode, reason, filedBy: ctx.actorId, filedAt: at },
          decided: null,
        },
      );
      if (!moved) return refuse('CHANGED_MEANWHILE');
      await addProofs(tx, ctx, correctionId, wanted.proofs);
      const event = { kind: 'filed' as const, note: reason, actorId: ctx.actorId, at };
      await appendCorrectionEvent(tx, correctionId, event);
      await askToSettle(tx, ctx, { kind: OBJECTION_TASK, keys: [correctionId], outcome: 'done' });
      await askForTasks(tx, ctx, [correctionTask(told, await closedIn(tx, ctx, entry))]);
      await appendAudit(tx, ctx, {
        action: 'hours.take_up_objection',
        subjectKind: 'hour_correction',
        subjectId: correctionId,
        unitId: correction.unitId,
        detail: { wantedSeconds, reason },
      });
      return { correctionId };
    }),
  );
}
