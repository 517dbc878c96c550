import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askToSettle } from '#app/office/task/ask-task.server.ts';
import { lockPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { correctEntryIn } from '../ledger/correct-entry.server.ts';
import { findEntry } from '../ledger/hour-entry.store.server.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import type { CorrectionState } from './correction.ts';
import { decideCorrectionStep } from './correction.ts';
import type { HourCorrectionRefusal } from './correction-refusals.ts';
import { CORRECTION_TASK, correctedNotice, OBJECTION_TASK } from './correction-tasks.ts';
import type { HourCorrection } from './correction.store.server.ts';
import {
  appendCorrectionEvent,
  findCorrection,
  lockCorrection,
  moveCorrection,
} from './correction.store.server.ts';
import { closedIn } from './request-correction.server.ts';

export interface CorrectionAnswer {
  readonly correctionId: string;
  readonly version: number;
  readonly act: 'apply' | 'decline' | 'withdraw';
  readonly note: string | null;
  readonly commandId: string;
}

const answeredShape = z.object({ state: z.enum(['applied', 'declined', 'withdrawn']) });
type Answered = z.infer<typeof answeredShape>;

/** What the step needs: an objection is answered by the office that corrects, a request by whoever approves. */
async function mayAnswer(
  ctx: ActorCtx,
  correction: HourCorrection,
  act: CorrectionAnswer['act'],
): Promise<Outcome<null, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (act === 'withdraw') {
    const mine = [correction.objectedBy, correction.filedBy].includes(ctx.actorId);
    const { unitIds } = await decidingReach(ctx, 'hours.read_correction');
    const isSeen = unitIds.has(correction.unitId) || correction.personId === ctx.actor.personId;
    return mine || isSeen ? { ok: true, value: null } : refused('NOT_FOUND');
  }
  const { unitIds } = await decidingReach(ctx, 'hours.read_correction');
  if (!unitIds.has(correction.unitId)) return refused('NOT_FOUND');
  const permission = correction.state === 'objected' ? 'hours.correct' : 'hours.approve_correction';
  const isReached = (await decidingReach(ctx, permission)).unitIds.has(correction.unitId);
  return mayDo(ctx, permission) && isReached ? { ok: true, value: null } : refused('FORBIDDEN');
}

/**
 * Decides a request, answers an objection, or takes one's own back. On approval the entry is reversed and replaced, both
 * staying visible. A closed year needs the bureau. Of two at once one wins. Refusals: FORBIDDEN; NOT_FOUND; YEAR_CLOSED;
 * those of `decideCorrectionStep` and `decideCorrection`; CHANGED_MEANWHILE; COMMAND_REUSED.
 */
export async function answerCorrection(
  ctx: ActorCtx,
  input: CorrectionAnswer,
): Promise<Outcome<Answered, HourCorrectionRefusal>> {
  const found = await findCorrection(ctx.pool, input.correctionId);
  if (found === null) return refused('NOT_FOUND');
  const allowed = await mayAnswer(ctx, found, input.act);
  if (!allowed.ok) return allowed;
  const mayTouchClosed = (await decidingReach(ctx, 'hours.approve_closed')).unitIds.has(found.unitId);
  const byKey = await personKeyOf(ctx.db, ctx.actorId);
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'hours.answer_correction', input: asked };
  return inTransaction<Answered, HourCorrectionRefusal>(ctx, 'answer-correction', (tx, refuse) =>
    withReceipt(tx, key, answeredShape, refuse, () =>
      answer(tx, ctx, { ...input, byKey, mayTouchClosed }, refuse),
    ),
  );
}

async function answer(
  tx: Tx,
  ctx: ActorCtx,
  input: CorrectionAnswer & { readonly byKey: string; readonly mayTouchClosed: boolean },
  refuse: Refuse<HourCorrectionRefusal>,
): Promise<Answered> {
  const { correctionId, version, byKey, note } = input;
  const personId = (await findCorrection(tx, correctionId))?.personId;
  // Order of locks: person → request.
  if (personId !== undefined) await lockPersons(tx, [personId]);
  const correction = await lockCorrection(tx, correctionId);
  if (correction === null) return refuse('NOT_FOUND');
  const step = decideCorrectionStep(correction, input);
  if (!step.ok) return refuse(step.code);
  const state = endOf(step.value);
  if (state === 'applied') {
    // The person is locked: a closing that was just made is seen, one under way waits.
    const closed = await closedIn(tx, ctx, { ...correction, occurredDay: correction.entryDay });
    if (closed !== null && !input.mayTouchClosed) return refuse('YEAR_CLOSED', { year: closed.year });
    await applyTo(tx, ctx, correction, refuse);
  }
  const at = ctx.clock.now();
  const decided = { by: ctx.actorId, personId: ctx.actor.personId === null ? null : byKey, at, note };
  const moved = await moveCorrection(tx, { ...correction, version }, { to: state, set: {}, decided });
  if (!moved) return refuse('CHANGED_MEANWHILE');
  await appendCorrectionEvent(tx, correctionId, { kind: state, note, actorId: ctx.actorId, at });
  await tellAnswer(tx, ctx, correction, state, note);
  await appendAudit(tx, ctx, {
    action: `hours.correction_${state}`,
    subjectKind: 'hour_correction',
    subjectId: correctionId,
    unitId: correction.unitId,
    detail: { entryId: correction.entryId, note },
  });
  return { state };
}

function endOf(state: CorrectionState): Answered['state'] {
  invariant(state !== 'objected' && state !== 'filed', 'an answer ends a request');
  return state;
}

async function applyTo(
  tx: Tx,
  ctx: ActorCtx,
  correction: HourCorrection,
  refuse: Refuse<HourCorrectionRefusal>,
): Promise<void> {
  const { wantedSeconds, reasonCode, reason, filedBy } = correction;
  const entry = await findEntry(tx, correction.entryId);
  invariant(
    entry !== null && wantedSeconds !== null && reasonCode !== null && reason !== null && filedBy !== null,
    'a filed request names entry, figure, reason and maker',
  );
  const wanted = { creditSeconds: wantedSeconds, reasonCode, reason, makerId: filedBy };
  await correctEntryIn(tx, ctx, entry, wanted, refuse);
}

async function tellAnswer(
  tx: Tx,
  ctx: ActorCtx,
  correction: HourCorrection,
  state: Answered['state'],
  note: string | null,
): Promise<void> {
  const outcome = state === 'withdrawn' ? 'withdrawn' : 'done';
  for (const kind of [CORRECTION_TASK, OBJECTION_TASK] as const)
    await askToSettle(tx, ctx, { kind, keys: [correction.id], outcome });
  // A request of the office that came to nothing is no news for the person.
  const isNews = state === 'applied' || (state === 'declined' && correction.origin === 'objection');
  if (!isNews) return;
  await askForNotices(tx, ctx, [
    correctedNotice(correction, {
      state,
      before: correction.entrySeconds,
      after: correction.wantedSeconds,
      note,
    }),
  ]);
}
