import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { loadSecondPersons } from '#app/office/approval/load-second-persons.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { secondPersonTask } from '../../second-person-task.ts';
import { lockResult } from '../../sitting/close-attempt.store.server.ts';
import { REVIEWS_PATH, isReviewOpen, reviewUntil } from './review.ts';
import type { Reviewable } from './review.store.server.ts';
import { findReviewable, insertReview } from './review.store.server.ts';

export type AskReviewRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'COMMAND_REUSED'
  | 'REVIEW_CLOSED'
  | 'REVIEW_ASKED_ALREADY'
  | 'CHANGED_MEANWHILE';

/** Five 工作日 lie within so many days, whatever the 调休. */
const CALENDAR_DAYS = 40;

/** Last day on which this result can be asked about. */
export async function untilOf(pool: Pool, { publishedAt }: Reviewable): Promise<Day> {
  const published = dayOf(publishedAt);
  return reviewUntil(
    published,
    await loadWorkdayExceptions(pool, published, addDays(published, CALENDAR_DAYS)),
  );
}

const taskOf = (result: Reviewable, reviewId: string) => ({
  kind: 'exam.review' as const,
  key: reviewId,
  title: `成绩复核：${result.personName}（${result.title}）`,
  proposal: '请调取作答记录核对，并答复考生。',
  sitting: { id: result.sittingId, title: result.title },
  path: REVIEWS_PATH,
});

/**
 * 申请复核: a candidate asks the bureau to look into the own result, once for each version of it and within the days of
 * `REVIEW_WORKDAYS`. The task goes to somebody of the bureau who is not the candidate, else to the bureau above. Refuses
 * FORBIDDEN, NOT_FOUND (also somebody else's, and a result that is not published), REVIEW_CLOSED, REVIEW_ASKED_ALREADY,
 * CHANGED_MEANWHILE when the result has a newer version than the one that was read, COMMAND_REUSED.
 */
export async function askReview(
  ctx: ActorCtx,
  input: {
    readonly attemptId: string;
    readonly resultVersion: number;
    readonly reason: string;
    readonly commandId: string;
  },
): Promise<Outcome<{ reviewId: string }, AskReviewRefusal>> {
  if (!mayDo(ctx, 'exam.ask_review')) return refused('FORBIDDEN');
  const { attemptId, resultVersion, reason, commandId } = input;
  const now = ctx.clock.now();
  const result = await findReviewable(ctx.pool, { attemptId, accountId: ctx.actorId, now });
  if (result === null) return refused('NOT_FOUND');
  const { personId, regionId, unitId } = result;
  const until = await untilOf(ctx.pool, result);
  const people = await loadSecondPersons(ctx, { makerId: ctx.actorId, regionId, concernedKey: personId });
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.review.ask' };
  return inTransaction<{ reviewId: string }, AskReviewRefusal>(ctx, 'ask-review', (tx, refuse) =>
    withReceipt(
      tx,
      { ...key, input: { attemptId, resultVersion, reason } },
      z.object({ reviewId: z.string() }),
      refuse,
      async () => {
        const locked = await lockResult(tx, attemptId);
        if (locked?.state === 'void' || locked?.lastVersion !== resultVersion)
          return refuse('CHANGED_MEANWHILE');
        if (!isReviewOpen(until, dayOf(now))) return refuse('REVIEW_CLOSED');
        const asked = { askedBy: ctx.actorId, askedPerson: personId, askedAt: now };
        const reviewId = await insertReview(tx, { attemptId, resultVersion, reason, ...asked });
        if (reviewId === null) return refuse('REVIEW_ASKED_ALREADY');
        await appendAudit(tx, ctx, {
          action: 'exam.review_asked',
          subjectKind: 'attempt',
          subjectId: attemptId,
          ...{ regionId, unitId },
          detail: { reviewId, resultVersion, reason },
        });
        await askForTasks(tx, ctx, [secondPersonTask(taskOf(result, reviewId), people)]);
        return { reviewId };
      },
    ),
  );
}
