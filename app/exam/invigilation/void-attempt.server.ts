import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { loadSecondPersons } from '#app/office/approval/load-second-persons.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { secondPersonTask } from '../second-person-task.ts';
import { appendAttemptEvents } from '../sitting/close-attempt.store.server.ts';
import type { AttemptPlace, ListedVoid, VoidableAttempt, VoidProposal } from './void.store.server.ts';
import {
  findAttemptPlace,
  findVoid,
  insertVoid,
  insertVoidResult,
  isIncidentOf,
  listVoids,
  lockVoidable,
  setVoid,
  settleVoid,
} from './void.store.server.ts';
import type { VoidGround } from './void.ts';

export type VoidRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'COMMAND_REUSED'
  | 'VOID_PROPOSED_ALREADY'
  | 'OWN_ATTEMPT'
  | 'SAME_PERSON'
  | 'CHANGED_MEANWHILE';

/** Where an attempt within reach belongs, and whose it is; null for any other. */
async function placeInReach(ctx: ActorCtx, attemptId: string): Promise<AttemptPlace | null> {
  const place = await findAttemptPlace(ctx.pool, attemptId);
  return place !== null && (await reachFor(ctx, 'exam.void')).regionIds.has(place.regionId) ? place : null;
}

const taskOf = (attempt: VoidableAttempt, voidId: string) => ({
  kind: 'exam.void' as const,
  key: voidId,
  title: `作废复核：${attempt.personName}（${attempt.sittingTitle}）`,
  proposal: '请核对提请的事实、依据和理由，由提请人以外的人员复核。',
  sitting: { id: attempt.sittingId, title: attempt.sittingTitle },
  path: '/bureau/exams/voids',
});

/**
 * 提请作废: one person of the bureau proposes that an attempt, running or graded, is void. Nothing changes until another
 * one, who finds it among the tasks, decides. Refuses FORBIDDEN, NOT_FOUND (also outside the region, or a record of somebody else), OWN_ATTEMPT,
 * VOID_PROPOSED_ALREADY, COMMAND_REUSED.
 */
export async function proposeVoid(
  ctx: ActorCtx,
  input: {
    readonly attemptId: string;
    readonly ground: VoidGround;
    readonly reason: string;
    readonly incidentId: string | null;
    readonly commandId: string;
  },
): Promise<Outcome<{ voidId: string }, VoidRefusal>> {
  if (!mayDo(ctx, 'exam.void')) return refused('FORBIDDEN');
  const place = await placeInReach(ctx, input.attemptId);
  if (place === null) return refused('NOT_FOUND');
  const people = await loadSecondPersons(ctx, {
    makerId: ctx.actorId,
    regionId: place.regionId,
    concernedKey: place.personId,
  });
  const { commandId, ...asked } = input;
  return inTransaction<{ voidId: string }, VoidRefusal>(ctx, 'propose-void', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'exam.void.propose', input: asked },
      z.object({ voidId: z.string() }),
      refuse,
      async () => {
        const attempt = await lockVoidable(tx, input.attemptId);
        if (!attempt) return refuse('NOT_FOUND');
        const proposedPerson = await personKeyOf(tx, ctx.actorId);
        if (attempt.personId === proposedPerson) return refuse('OWN_ATTEMPT');
        if (input.incidentId !== null && !(await isIncidentOf(tx, input.incidentId, attempt.registrationId)))
          return refuse('NOT_FOUND');
        const voidId = newId<'AttemptVoid'>();
        const now = ctx.clock.now();
        const isNew = await insertVoid(tx, {
          id: voidId,
          ...asked,
          proposedBy: ctx.actorId,
          proposedPerson,
          proposedAt: now,
        });
        if (!isNew || attempt.state === 'void') return refuse('VOID_PROPOSED_ALREADY');
        await noteVoid(tx, ctx, { attempt, voidId, kind: 'void_proposed', detail: asked, at: now });
        await askForTasks(tx, ctx, [secondPersonTask(taskOf(attempt, voidId), people)]);
        return { voidId };
      },
    ),
  );
}

async function noteVoid(
  tx: Tx,
  ctx: ActorCtx,
  event: {
    attempt: VoidableAttempt;
    voidId: string;
    kind: 'void_proposed' | 'voided' | 'void_declined';
    detail: { readonly ground?: VoidGround; readonly reason: string | null };
    at: Date;
  },
): Promise<void> {
  const { attempt, voidId, kind, at } = event;
  const { ground = null, reason } = event.detail;
  const detail = { voidId, ground, reason };
  await appendAttemptEvents(tx, [
    {
      attemptId: attempt.attemptId,
      kind,
      epoch: attempt.epoch,
      detail,
      actorId: ctx.actorId,
      occurredAt: at,
    },
  ]);
  await appendAudit(tx, ctx, {
    action: `exam.${kind}`,
    subjectKind: 'attempt',
    subjectId: attempt.attemptId,
    regionId: attempt.regionId,
    unitId: attempt.unitId,
    detail,
  });
}

/** A result that was there gets a version without marks, and the slices above learn it: a pass is taken back. */
async function takeResultBack(tx: Tx, ctx: ActorCtx, attempt: VoidableAttempt, at: Date): Promise<void> {
  const versionNo = await insertVoidResult(tx, { attempt, decidedBy: ctx.actorId, gradedAt: at });
  // Before the release nobody has been told of a result that could be taken back.
  if (versionNo === null || attempt.isWithheld) return;
  const { attemptId, registrationId, sittingId, personId, unitId } = attempt;
  await appendOutbox(tx, [
    {
      topic: 'exam.finalised',
      key: `${attemptId}:${versionNo}`,
      payload: {
        attemptId,
        resultVersion: versionNo,
        registrationId,
        sittingId,
        personId,
        unitId,
        subject: 'public_law',
        passed: false,
        scoreHundredths: 0,
        gradedDay: dayOf(at),
      },
      occurredAt: at,
    },
  ]);
}

async function confirm(
  tx: Tx,
  ctx: ActorCtx,
  attempt: VoidableAttempt,
  proposal: VoidProposal,
): Promise<void> {
  const at = ctx.clock.now();
  await setVoid(tx, attempt.attemptId, proposal.ground, at);
  await takeResultBack(tx, ctx, attempt, at);
  const { id: voidId, ground, reason } = proposal;
  await noteVoid(tx, ctx, { attempt, voidId, kind: 'voided', detail: { ground, reason }, at });
}

async function settle(
  tx: Tx,
  ctx: ActorCtx,
  proposal: VoidProposal,
  /** `person`: who decides, as a natural person. */
  verdict: { readonly isConfirmed: boolean; readonly note: string | null; readonly person: string },
  refuse: Refuse<VoidRefusal>,
): Promise<{ voidId: string }> {
  const { id: voidId } = proposal;
  const { isConfirmed, note, person } = verdict;
  const attempt = (await lockVoidable(tx, proposal.attemptId)) ?? refuse('NOT_FOUND');
  if (attempt.personId === person) return refuse('OWN_ATTEMPT');
  const now = ctx.clock.now();
  const isMine = await settleVoid(tx, {
    voidId,
    state: isConfirmed ? 'confirmed' : 'declined',
    decidedBy: ctx.actorId,
    decidedPerson: person,
    decidedAt: now,
    note,
  });
  if (!isMine) return refuse('CHANGED_MEANWHILE');
  await askToSettle(tx, ctx, { kind: 'exam.void', keys: [voidId], outcome: 'done' });
  if (isConfirmed) await confirm(tx, ctx, attempt, proposal);
  else await noteVoid(tx, ctx, { attempt, voidId, kind: 'void_declined', detail: { reason: note }, at: now });
  return { voidId };
}

/**
 * 复核作废: another person of the bureau decides. Confirmed, the attempt is void: a running one ends without a result, a
 * graded one gets a result version without marks (the earlier ones stay). The same command sent twice decides once.
 * Refuses FORBIDDEN, NOT_FOUND, OWN_ATTEMPT, SAME_PERSON for the proposer, CHANGED_MEANWHILE when it was decided already,
 * COMMAND_REUSED.
 */
export async function decideVoid(
  ctx: ActorCtx,
  input: {
    readonly voidId: string;
    readonly isConfirmed: boolean;
    readonly note: string | null;
    readonly commandId: string;
  },
): Promise<Outcome<{ voidId: string }, VoidRefusal>> {
  if (!mayDo(ctx, 'exam.void')) return refused('FORBIDDEN');
  const proposal = await findVoid(ctx.pool, input.voidId);
  if (!proposal || (await placeInReach(ctx, proposal.attemptId)) === null) return refused('NOT_FOUND');
  // Two persons, not two accounts.
  const me = await personKeyOf(ctx.db, ctx.actorId);
  if (me === proposal.proposedPerson) return refused('SAME_PERSON');
  const { commandId, ...asked } = input;
  return inTransaction<{ voidId: string }, VoidRefusal>(ctx, 'decide-void', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'exam.void.decide', input: asked },
      z.object({ voidId: z.string() }),
      refuse,
      () =>
        settle(tx, ctx, proposal, { isConfirmed: input.isConfirmed, note: input.note, person: me }, refuse),
    ),
  );
}

/** Voids of the bureau's regions, what waits first; `isOwn`: proposed by the viewer. Refuses FORBIDDEN. */
export async function viewVoids(
  ctx: ActorCtx,
): Promise<Outcome<readonly (ListedVoid & { readonly isOwn: boolean })[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.void')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.void');
  const me = await personKeyOf(ctx.db, ctx.actorId);
  const voids = await listVoids(ctx.pool, [...regionIds]);
  return done(voids.map((one) => ({ ...one, isOwn: one.proposedPerson === me })));
}
