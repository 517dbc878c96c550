import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { reachOf } from '#app/accounts/reach.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askToSettle } from '#app/office/task/ask-task.server.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { findClosedYears } from '../year/closed-year.store.server.ts';
import { answeredNotice, EXEMPTION_TASK } from './exemption-messages.ts';
import type { ExemptionRequest } from './exemption.store.server.ts';
import {
  findExemptionRequest,
  insertExemption,
  moveExemptionRequest,
  supersedeExemption,
} from './exemption.store.server.ts';
import type { AnswerExemptionRefusal, ExemptionAct, ExemptionState } from './exemption.ts';
import { decideAnswer } from './exemption.ts';

export interface AnswerExemption {
  readonly requestId: string;
  readonly act: ExemptionAct;
  readonly note: string | null;
  readonly commandId: string;
}

export type AnswerRefusal =
  | AnswerExemptionRefusal
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'APPROVER_IS_BUREAU'
  | 'YEAR_CLOSED'
  | 'COMMAND_REUSED';

/** Whether the actor is among those who may approve for the unit: by the region's rule its leader or only the bureau. */
export async function mayApprove(
  ctx: ActorCtx,
  unitId: string,
): Promise<Outcome<null, 'FORBIDDEN' | 'APPROVER_IS_BUREAU'>> {
  const { unitIds, tree } = await reachFor(ctx, 'exemption.approve');
  const regionId = tree.units.get(unitId)?.regionId;
  if (!mayDo(ctx, 'exemption.approve') || regionId === undefined || !unitIds.has(unitId))
    return refused('FORBIDDEN');
  const { exemptionApprover } = await loadRules(ctx.pool, regionId, dayOf(ctx.clock.now()));
  if (exemptionApprover.value === 'unit_leader') return done(null);
  const asBureau = ctx.actor.grants.filter((grant) => grant.role === 'justice_bureau');
  const isBureau = reachOf(asBureau, 'exemption.approve', tree).unitIds.has(unitId);
  return isBureau ? done(null) : refused('APPROVER_IS_BUREAU');
}

async function mayTakeStep(
  ctx: ActorCtx,
  request: ExemptionRequest,
  act: ExemptionAct,
): Promise<Outcome<null, AnswerRefusal>> {
  if (!mayDo(ctx, 'exemption.read')) return refused('FORBIDDEN');
  if (!(await reachFor(ctx, 'exemption.read')).unitIds.has(request.unitId)) return refused('NOT_FOUND');
  if (act === 'withdraw') return request.filedBy === ctx.actorId ? done(null) : refused('FORBIDDEN');
  return mayApprove(ctx, request.unitId);
}

interface Decided {
  readonly request: ExemptionRequest;
  readonly state: ExemptionState;
  readonly note: string | null;
}

/** Writes the answer and tells whom it concerns. */
async function write(
  tx: Tx,
  ctx: ActorCtx,
  { request, state, note }: Decided,
  refuse: Refuse<AnswerRefusal>,
): Promise<void> {
  const at = ctx.clock.now();
  const step = { kind: state, note, actorId: ctx.actorId, at };
  if (!(await moveExemptionRequest(tx, request.id, request.state, step))) return refuse('EXEMPTION_ANSWERED');
  if (state === 'approved') await insertExemption(tx, request.id, step);
  if (state === 'ended') await supersedeExemption(tx, request.id, at);
  await appendAudit(tx, ctx, {
    action: `exemption.${state}`,
    subjectKind: 'exemption_request',
    subjectId: request.id,
    unitId: request.unitId,
    detail: { personId: request.personId, year: request.year, note },
  });
  if (state !== 'ended')
    await askToSettle(tx, ctx, {
      kind: EXEMPTION_TASK,
      keys: [request.id],
      outcome: state === 'withdrawn' ? 'withdrawn' : 'done',
    });
  await askForNotices(tx, ctx, answeredNotice({ ...request, requestId: request.id }, state, note));
}

/**
 * The second person approves or declines; the maker may take a waiting request back; an approved one may be ended, with a
 * reason (someone came back early, the paper was wrong). Refusals: FORBIDDEN; NOT_FOUND; APPROVER_IS_BUREAU; YEAR_CLOSED;
 * those of `decideAnswer`; COMMAND_REUSED.
 */
export async function answerExemption(
  ctx: ActorCtx,
  input: AnswerExemption,
): Promise<Outcome<{ requestId: string }, AnswerRefusal>> {
  const { commandId, ...asked } = input;
  const request = await findExemptionRequest(ctx.pool, asked.requestId);
  if (request === null) return refused('NOT_FOUND');
  const allowed = await mayTakeStep(ctx, request, asked.act);
  if (!allowed.ok) return allowed;
  const { personId, year } = request;
  const filedByKey = await personKeyOf(ctx.db, request.filedBy);
  const byKey = await personKeyOf(ctx.db, ctx.actorId);
  const note = asked.note?.trim() === '' ? null : asked.note;
  return inTransaction<{ requestId: string }, AnswerRefusal>(ctx, 'answer-exemption', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'exemption.answer', input: asked },
      z.object({ requestId: z.string() }),
      refuse,
      async () => {
        // Freezing holds the person, too: a year that was just closed is seen.
        await lockPersons(tx, [personId]);
        // What changes no figure is still put away after the seal: a decline, a withdrawal.
        const changesFigures = asked.act === 'approve' || asked.act === 'end';
        if (changesFigures && (await findClosedYears(tx, [personId], year)).has(personId))
          return refuse('YEAR_CLOSED');
        const by = { act: asked.act, byKey, byPersonId: ctx.actor.personId, note };
        const decided = decideAnswer({ state: request.state, filedByKey, personId }, by);
        if (!decided.ok) return refuse(decided.code, decided.detail);
        await write(tx, ctx, { request, state: decided.value, note }, refuse);
        return { requestId: request.id };
      },
    ),
  );
}
