import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Closing } from './closing.ts';
import { takesObjections } from './closing.ts';
import { appendClosingEvent, findClosingById, lockClosing, publishedRowOf } from './closing.store.server.ts';
import { answeredNotice, objectionTask } from './closing-messages.ts';
import { closingUnit, takeUnit } from './closing-scope.server.ts';
import type { ClosingUnit } from './ended-units.ts';
import type { ObjectionOutcome } from './objection.ts';
import { OUTCOME_WORDS } from './objection.ts';
import { findObjection, insertAnswer, insertObjection, listObjections } from './objection.store.server.ts';

export type ObjectRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'OBJECTIONS_CLOSED' | 'OBJECTION_WAITS' | 'COMMAND_REUSED';

const filedShape = z.object({ objectionId: z.string() });

/**
 * An officer objects to the own figure on the list of the unit of that year's last day. One objection waits at a time.
 * Refusals: FORBIDDEN; NOT_FOUND (no list, or not on it); OBJECTIONS_CLOSED; OBJECTION_WAITS; COMMAND_REUSED.
 */
export async function objectToList(
  ctx: ActorCtx,
  input: { readonly year: number; readonly reason: string; readonly commandId: string },
): Promise<Outcome<z.infer<typeof filedShape>, ObjectRefusal>> {
  if (!mayDo(ctx, 'hours.object_to_list')) return refused('FORBIDDEN');
  const { commandId, ...asked } = input;
  const personId = ownPersonId(ctx);
  const home = (await homeLinksOn(ctx.pool, [personId], `${asked.year}-12-31`)).get(personId);
  if (home === undefined) return refused('NOT_FOUND');
  const place = { unitId: home.unitId, year: asked.year };
  const unit = await closingUnit(ctx, place);
  const key = { actorId: ctx.actorId, commandId, kind: 'hours.object_to_list', input: asked };
  return inTransaction(ctx, 'object-to-list', (tx, refuse: Refuse<ObjectRefusal>) =>
    withReceipt(tx, key, filedShape, refuse, async () => {
      const closing = await lockClosing(tx, home.unitId, asked.year);
      const row = closing === null ? null : await publishedRowOf(tx, closing.id, personId);
      if (closing === null || row === null) return refuse('NOT_FOUND');
      if (!takesObjections(closing, dayOf(ctx.clock.now()))) return refuse('OBJECTIONS_CLOSED');
      const waiting = (await listObjections(tx, closing.id)).some(
        (one) => one.personId === personId && one.outcome === null,
      );
      if (waiting) return refuse('OBJECTION_WAITS');
      const at = ctx.clock.now();
      const objectionId = await insertObjection(tx, {
        closingId: closing.id,
        round: closing.round,
        personId,
        reason: asked.reason,
        filedBy: ctx.actorId,
        at,
      });
      const event = { closingId: closing.id, kind: 'objected', note: row.name } as const;
      await appendClosingEvent(tx, { ...event, actorId: ctx.actorId, at });
      const named = namedOf(closing, unit);
      await askForTasks(tx, ctx, [objectionTask(named, objectionId, row.name, closing.dueDay)]);
      await appendAudit(tx, ctx, {
        action: 'hours.object_to_list',
        subjectKind: 'year_objection',
        subjectId: objectionId,
        unitId: home.unitId,
      });
      return { objectionId };
    }),
  );
}

/** How messages name the closing; a unit nobody knows any more is 「原单位」. */
const namedOf = (
  { id, unitId, year }: Pick<Closing, 'id' | 'unitId' | 'year'>,
  unit: ClosingUnit | null,
) => ({
  ...{ closingId: id, unitId, year },
  officeId: unit?.officeId ?? unitId,
  unitName: unit?.name ?? '原单位',
});

/** The unit of an objection, when the actor's office answers for it. */
async function unitAnswered(ctx: ActorCtx, objectionId: string): Promise<ClosingUnit | null> {
  const objection = await findObjection(ctx.pool, objectionId);
  const closing = objection === null ? null : await findClosingById(ctx.pool, objection.closingId);
  if (closing === null) return null;
  const taken = await takeUnit(ctx, 'hours.answer_objection', closing);
  return taken.ok ? taken.value : null;
}

const doneShape = z.object({ closingId: z.string() });
type Done = z.infer<typeof doneShape>;

export type AnswerRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'OBJECTION_ANSWERED' | 'OBJECTOR_IS_ACTOR' | 'COMMAND_REUSED';

/**
 * The unit answers. An upheld objection changes nothing by itself: the ledger is corrected by its own act, with its own
 * second person. Refusals: FORBIDDEN; NOT_FOUND; OBJECTION_ANSWERED; OBJECTOR_IS_ACTOR (the own objection); COMMAND_REUSED.
 */
export async function answerObjection(
  ctx: ActorCtx,
  input: {
    readonly objectionId: string;
    readonly outcome: ObjectionOutcome;
    readonly answer: string;
    readonly commandId: string;
  },
): Promise<Outcome<Done, AnswerRefusal>> {
  if (!mayDo(ctx, 'hours.answer_objection')) return refused('FORBIDDEN');
  const { commandId, ...asked } = input;
  const unit = await unitAnswered(ctx, asked.objectionId);
  const key = { actorId: ctx.actorId, commandId, kind: 'hours.answer_objection', input: asked };
  return inTransaction(ctx, 'answer-objection', (tx, refuse: Refuse<AnswerRefusal>) =>
    withReceipt(tx, key, doneShape, refuse, async () => {
      const objection = await findObjection(tx, asked.objectionId);
      const found = objection === null ? null : await findClosingById(tx, objection.closingId);
      if (objection === null || found === null || unit === null) return refuse('NOT_FOUND');
      // Held, so that a confirmation sees either the open objection or its answer.
      const closing = (await lockClosing(tx, found.unitId, found.year)) ?? found;
      const isOwn = objection.filedBy === ctx.actorId || objection.personId === ctx.actor.personId;
      if (isOwn) return refuse('OBJECTOR_IS_ACTOR');
      const at = ctx.clock.now();
      const { objectionId, outcome, answer } = asked;
      const answered = {
        objectionId,
        outcome,
        answer,
        filedBy: objection.filedBy,
        answeredBy: ctx.actorId,
        at,
      };
      if (!(await insertAnswer(tx, answered))) return refuse('OBJECTION_ANSWERED');
      const note = `${objection.personName}：${OUTCOME_WORDS[outcome]}`;
      await appendClosingEvent(tx, {
        closingId: closing.id,
        kind: 'answered',
        note,
        actorId: ctx.actorId,
        at,
      });
      const named = namedOf(closing, unit);
      await askToSettle(tx, ctx, { kind: 'hours.closing_objection', keys: [objectionId], outcome: 'done' });
      await askForNotices(tx, ctx, [answeredNotice(named, objectionId, objection.personId, asked)]);
      await appendAudit(tx, ctx, {
        action: 'hours.answer_objection',
        subjectKind: 'year_objection',
        subjectId: objectionId,
        unitId: closing.unitId,
        detail: { outcome },
      });
      return { closingId: closing.id };
    }),
  );
}
