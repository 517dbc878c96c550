import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { IncidentCode, IncidentKind } from './incident.ts';
import { findEvidence, findOriginal, findSubject, insertIncident } from './incident.store.server.ts';
import type { Watch } from './scope.server.ts';
import { takeWatch } from './scope.server.ts';

export type RecordRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'COMMAND_REUSED'
  | 'OWN_ATTEMPT'
  | 'CANDIDATE_REQUIRED'
  | 'CORRECTED_ALREADY'
  | 'IN_THE_FUTURE';

export interface IncidentInput {
  readonly sittingId: string;
  /** Of a whole room; of a candidate it is the candidate's. */
  readonly roomId: string | null;
  readonly registrationId: string | null;
  readonly kind: IncidentKind;
  readonly code: IncidentCode;
  readonly happenedAt: Date;
  readonly facts: string;
  readonly handling: string;
  readonly witnesses: string | null;
  /** Events of the attempt that show it. */
  readonly evidenceIds: readonly string[];
  /** The record this one replaces; null for a new one. */
  readonly correctsId: string | null;
  readonly commandId: string;
}

interface Place {
  readonly roomId: string | null;
  readonly attemptId: string | null;
  /** The candidate; null for the record of a room. */
  readonly personId: string | null;
}

/** Where it happened, within the recorder's reach. */
async function placeOf(tx: Tx, watch: Watch, input: IncidentInput): Promise<Place | null> {
  const inReach = (roomId: string | null): boolean =>
    watch.isBureau || watch.rooms.some((room) => room.id === roomId);
  if (input.registrationId !== null) {
    const subject = await findSubject(tx, input.registrationId, input.sittingId);
    return subject && inReach(subject.roomId) ? subject : null;
  }
  const isKnown = input.roomId === null ? watch.isBureau : watch.rooms.some(({ id }) => id === input.roomId);
  return isKnown ? { roomId: input.roomId, attemptId: null, personId: null } : null;
}

async function write(
  tx: Tx,
  ctx: ActorCtx,
  watch: Watch,
  input: IncidentInput,
  refuse: Refuse<RecordRefusal>,
): Promise<{ incidentId: string }> {
  const found = (await placeOf(tx, watch, input)) ?? refuse('NOT_FOUND');
  const { personId, ...place } = found;
  // Neither a record about oneself nor a correction of one.
  if (personId !== null && personId === (await personKeyOf(tx, ctx.actorId))) refuse('OWN_ATTEMPT');
  if (input.correctsId !== null) {
    const original = (await findOriginal(tx, input.correctsId, input.sittingId)) ?? refuse('NOT_FOUND');
    if (original.isCorrected) refuse('CORRECTED_ALREADY');
    if (original.registrationId !== input.registrationId) refuse('NOT_FOUND');
    // A record of a room is corrected in that room.
    if (input.registrationId === null && original.roomId !== place.roomId) refuse('NOT_FOUND');
  }
  const { commandId: _, evidenceIds, ...record } = input;
  const evidence = place.attemptId === null ? [] : await findEvidence(tx, place.attemptId, evidenceIds);
  const incidentId = newId<'ExamIncident'>();
  const now = ctx.clock.now();
  const isNew = await insertIncident(tx, {
    id: incidentId,
    ...record,
    ...place,
    evidence,
    actorId: ctx.actorId,
    occurredAt: now,
  });
  // Two at the same record at once: the second waits for the first here.
  if (!isNew) refuse('CORRECTED_ALREADY');
  await appendAudit(tx, ctx, {
    action: input.correctsId === null ? 'exam.record_incident' : 'exam.correct_incident',
    subjectKind: 'exam_incident',
    subjectId: incidentId,
    regionId: watch.sitting.regionId,
    detail: { kind: input.kind, code: input.code, registrationId: input.registrationId },
  });
  return { incidentId };
}

/**
 * 考场情况 or 违纪 as observed, append-only: a correction is a new record that names the old one. It changes no attempt
 * and no mark. Refuses FORBIDDEN, NOT_FOUND (also outside one's rooms), OWN_ATTEMPT for a record about oneself,
 * CANDIDATE_REQUIRED for a misconduct of nobody, IN_THE_FUTURE, CORRECTED_ALREADY, COMMAND_REUSED.
 */
export async function recordIncident(
  ctx: ActorCtx,
  input: IncidentInput,
): Promise<Outcome<{ incidentId: string }, RecordRefusal>> {
  const taken = await takeWatch(ctx, input.sittingId);
  if (!taken.ok) return taken;
  if (input.kind === 'misconduct' && input.registrationId === null) return refused('CANDIDATE_REQUIRED');
  if (input.happenedAt.getTime() > ctx.clock.now().getTime()) return refused('IN_THE_FUTURE');
  const { commandId, ...asked } = input;
  return inTransaction<{ incidentId: string }, RecordRefusal>(ctx, 'record-incident', (tx, refuse) =>
    withReceipt(
      tx,
      {
        actorId: ctx.actorId,
        commandId,
        kind: 'exam.record_incident',
        input: { ...asked, happenedAt: asked.happenedAt.toISOString() },
      },
      z.object({ incidentId: z.string() }),
      refuse,
      () => write(tx, ctx, taken.value, input, refuse),
    ),
  );
}
