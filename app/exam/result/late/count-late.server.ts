import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { loadSecondPersons } from '#app/office/approval/load-second-persons.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { secondPersonTask } from '../../second-person-task.ts';
import { lockResult } from '../../sitting/close-attempt.store.server.ts';
import { regradeClosed } from '../../sitting/close-attempts.server.ts';
import type { LateReason } from './late.ts';
import { latePath } from './late.ts';
import type { AttemptPlace, LateAttempt, LateDecisionRow, LatePlace } from './late.store.server.ts';
import {
  findAttemptPlace,
  findLateDecision,
  insertLateDecision,
  loadLateAttempt,
  settleLateDecision,
} from './late.store.server.ts';
import { previewLate } from './preview-late.ts';

export type LateRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'COMMAND_REUSED'
  | 'OWN_ATTEMPT'
  | 'SAME_PERSON'
  | 'NOTHING_LATE'
  | 'LATE_PROPOSED_ALREADY'
  | 'CHANGED_MEANWHILE';

export interface LateProposalInput {
  readonly attemptId: string;
  readonly reasonCode: LateReason;
  readonly reason: string;
  /** Version of the result the person saw the preview on. */
  readonly resultVersion: number;
  readonly commandId: string;
}

/** The sitting of an attempt within reach, and its candidate; null for any other. */
async function placeInReach(ctx: ActorCtx, attemptId: string): Promise<AttemptPlace | null> {
  const place = await findAttemptPlace(ctx.pool, attemptId);
  return place !== null && (await reachFor(ctx, 'exam.count_late')).regionIds.has(place.regionId)
    ? place
    : null;
}

const taskOf = (place: LatePlace, attempt: LateAttempt, decisionId: string) => ({
  kind: 'exam.late' as const,
  key: decisionId,
  title: `断网补传复核：${attempt.personName}（${place.title}）`,
  proposal: '请核对逾时的原因和计入后的成绩，由提请人以外的人员复核。',
  sitting: { id: place.sittingId, title: place.title },
  path: latePath(place.sittingId),
});

async function note(tx: Tx, ctx: ActorCtx, attempt: LateAttempt, kind: string, detail: JsonInput) {
  await tx.$executeRaw`
    insert into attempt_event (id, attempt_id, kind, epoch, detail, actor_id, occurred_at)
    select gen_random_uuid(), id, ${kind}, device_epoch, ${JSON.stringify(detail)}::jsonb, ${ctx.actorId}::uuid,
      ${ctx.clock.now()}
    from attempt where id = ${attempt.attemptId}::uuid`;
  await appendAudit(tx, ctx, {
    action: `exam.${kind}`,
    subjectKind: 'attempt',
    subjectId: attempt.attemptId,
    unitId: attempt.unitId,
    detail,
  });
}

/**
 * 提请计入: one person of the bureau proposes that the late answers of an attempt count (断网补传, design.md §3). Nothing
 * changes until another one decides. Refuses FORBIDDEN, NOT_FOUND (also outside the region), OWN_ATTEMPT, NOTHING_LATE,
 * LATE_PROPOSED_ALREADY, CHANGED_MEANWHILE when the result is no longer the one that was previewed, COMMAND_REUSED.
 */
export async function proposeLate(
  ctx: ActorCtx,
  input: LateProposalInput,
): Promise<Outcome<{ decisionId: string }, LateRefusal>> {
  if (!mayDo(ctx, 'exam.count_late')) return refused('FORBIDDEN');
  const place = await placeInReach(ctx, input.attemptId);
  if (place === null) return refused('NOT_FOUND');
  const people = await loadSecondPersons(ctx, {
    makerId: ctx.actorId,
    regionId: place.regionId,
    concernedKey: place.personId,
  });
  const { commandId, ...asked } = input;
  return inTransaction<{ decisionId: string }, LateRefusal>(ctx, 'propose-late', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'exam.late.propose', input: asked },
      z.object({ decisionId: z.string() }),
      refuse,
      async () => {
        await lockResult(tx, input.attemptId);
        const attempt = (await loadLateAttempt(tx, input.attemptId)) ?? refuse('NOT_FOUND');
        const proposedPerson = await personKeyOf(tx, ctx.actorId);
        if (attempt.personId === proposedPerson) return refuse('OWN_ATTEMPT');
        if (attempt.isVoid || attempt.resultVersion !== input.resultVersion)
          return refuse('CHANGED_MEANWHILE');
        if (attempt.late.length === 0) return refuse('NOTHING_LATE');
        const preview = previewLate(attempt);
        const { attemptId, reasonCode, reason, resultVersion } = input;
        const change = {
          scoreBeforeHundredths: attempt.scoreHundredths,
          scoreAfterHundredths: preview.scoreHundredths,
          passedBefore: attempt.passed,
          passedAfter: preview.passed,
        };
        const decisionId = await insertLateDecision(
          tx,
          {
            ...{ attemptId, reasonCode, reason, resultVersion, ...change },
            ...{ proposedBy: ctx.actorId, proposedPerson, proposedAt: ctx.clock.now() },
          },
          attempt.lateIds,
        );
        if (decisionId === null) return refuse('LATE_PROPOSED_ALREADY');
        const answers = attempt.late.length;
        await note(tx, ctx, attempt, 'late_proposed', { decisionId, reasonCode, reason, answers, ...change });
        await askForTasks(tx, ctx, [secondPersonTask(taskOf(place, attempt, decisionId), people)]);
        return { decisionId };
      },
    ),
  );
}

interface LateVerdict {
  readonly isConfirmed: boolean;
  readonly note: string | null;
}

async function settle(
  tx: Tx,
  ctx: ActorCtx,
  decision: LateDecisionRow,
  /** `person`: who decides, as a natural person. */
  verdict: LateVerdict & { readonly person: string },
  refuse: Refuse<LateRefusal>,
): Promise<{ decisionId: string }> {
  const { attemptId, id: decisionId, reasonCode, reason, answerCount, resultVersion } = decision;
  const locked = await lockResult(tx, attemptId);
  const attempt = (await loadLateAttempt(tx, attemptId)) ?? refuse('NOT_FOUND');
  if (attempt.personId === verdict.person) return refuse('OWN_ATTEMPT');
  const isMine = await settleLateDecision(tx, {
    decisionId,
    state: verdict.isConfirmed ? 'confirmed' : 'declined',
    decidedBy: ctx.actorId,
    decidedPerson: verdict.person,
    decidedAt: ctx.clock.now(),
    note: verdict.note,
  });
  if (!isMine) return refuse('CHANGED_MEANWHILE');
  await askToSettle(tx, ctx, { kind: 'exam.late', keys: [decisionId], outcome: 'done' });
  if (!verdict.isConfirmed) {
    await note(tx, ctx, attempt, 'late_declined', { decisionId, note: verdict.note });
    return { decisionId };
  }
  if (locked?.lastVersion !== resultVersion) return refuse('CHANGED_MEANWHILE');
  const regraded = await regradeClosed(tx, ctx, {
    ...{ attemptId, reasonCode: 'late_counted', decidedBy: ctx.actorId },
    detail: { decisionId, why: reasonCode, reason, answers: answerCount, proposedBy: decision.proposedBy },
  });
  return regraded ? { decisionId } : refuse('CHANGED_MEANWHILE');
}

/**
 * 复核: another person of the bureau decides. Confirmed, the answers count and the result gets its next version, with its
 * event, fact and audit row; declined, everything stays. The same command sent twice decides once. Refuses FORBIDDEN,
 * NOT_FOUND, OWN_ATTEMPT, SAME_PERSON for the proposer, CHANGED_MEANWHILE when it was decided already or the result is no
 * longer the one that was previewed, COMMAND_REUSED.
 */
export async function decideLate(
  ctx: ActorCtx,
  input: LateVerdict & { readonly decisionId: string; readonly commandId: string },
): Promise<Outcome<{ decisionId: string }, LateRefusal>> {
  if (!mayDo(ctx, 'exam.count_late')) return refused('FORBIDDEN');
  const decision = await findLateDecision(ctx.pool, input.decisionId);
  if (!decision || (await placeInReach(ctx, decision.attemptId)) === null) return refused('NOT_FOUND');
  // Two persons, not two accounts.
  const me = await personKeyOf(ctx.db, ctx.actorId);
  if (me === decision.proposedPerson) return refused('SAME_PERSON');
  const { commandId, ...asked } = input;
  return inTransaction<{ decisionId: string }, LateRefusal>(ctx, 'decide-late', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'exam.late.decide', input: asked },
      z.object({ decisionId: z.string() }),
      refuse,
      () => settle(tx, ctx, decision, { ...asked, person: me }, refuse),
    ),
  );
}
