import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askToSettle } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { lockResult } from '../../sitting/close-attempt.store.server.ts';
import type { ReviewOutcome } from './review.ts';
import { outcomeOf, outcomeText, resultPath } from './review.ts';
import type { ReviewRow } from './review.store.server.ts';
import { findReview, hasOpenProposal, insertAnswer } from './review.store.server.ts';

export type AnswerReviewRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED' | 'OWN_ATTEMPT' | 'DECISION_WAITS' | 'CHANGED_MEANWHILE';

export interface ReviewAnswerInput {
  readonly reviewId: string;
  /** Version of the result that was shown with the form. */
  readonly latestVersion: number;
  readonly note: string;
  readonly commandId: string;
}

/**
 * 复核答复 of the bureau: 维持 where the marks are those of the request, 更正 where a later version by 断网补传 has others,
 * 成绩无效 after 作废; which of them follows from the record. The candidate reads it with the note. Refuses FORBIDDEN, NOT_FOUND (also
 * outside the region), OWN_ATTEMPT, DECISION_WAITS while a proposal about the attempt waits for its second person,
 * CHANGED_MEANWHILE when it was answered already or the result is no longer the one that was shown, COMMAND_REUSED.
 */
export async function answerReview(
  ctx: ActorCtx,
  input: ReviewAnswerInput,
): Promise<Outcome<{ outcome: ReviewOutcome }, AnswerReviewRefusal>> {
  if (!mayDo(ctx, 'exam.answer_review')) return refused('FORBIDDEN');
  const review = await findReview(ctx.pool, input.reviewId);
  const { regionIds } = await reachFor(ctx, 'exam.answer_review');
  if (review === null || !regionIds.has(review.regionId)) return refused('NOT_FOUND');
  const { commandId, ...asked } = input;
  return inTransaction<{ outcome: ReviewOutcome }, AnswerReviewRefusal>(ctx, 'answer-review', (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'exam.review.answer', input: asked },
      z.object({ outcome: z.enum(['upheld', 'corrected']) }),
      refuse,
      () => answer(tx, ctx, review, input, refuse),
    ),
  );
}

async function answer(
  tx: Tx,
  ctx: ActorCtx,
  review: ReviewRow,
  { latestVersion, note }: ReviewAnswerInput,
  refuse: Refuse<AnswerReviewRefusal>,
): Promise<{ outcome: ReviewOutcome }> {
  const { id: reviewId, attemptId, askedPerson, regionId, unitId } = review;
  const answeredPerson = await personKeyOf(tx, ctx.actorId);
  if (answeredPerson === askedPerson || answeredPerson === review.personId) return refuse('OWN_ATTEMPT');
  const locked = await lockResult(tx, attemptId);
  // The marks that were read belong to the version that was shown, and that one is still the last.
  if (locked?.lastVersion !== latestVersion || review.latestVersion !== latestVersion)
    return refuse('CHANGED_MEANWHILE');
  if (await hasOpenProposal(tx, attemptId)) return refuse('DECISION_WAITS');
  const outcome = outcomeOf(review);
  const isFirst = await insertAnswer(tx, {
    ...{ reviewId, askedPerson, outcome, note, answeredVersion: latestVersion },
    ...{ answeredBy: ctx.actorId, answeredPerson, answeredAt: ctx.clock.now() },
  });
  if (!isFirst) return refuse('CHANGED_MEANWHILE');
  await appendAudit(tx, ctx, {
    action: 'exam.review_answered',
    subjectKind: 'attempt',
    subjectId: attemptId,
    ...{ regionId, unitId },
    detail: { reviewId, outcome, note, answeredVersion: latestVersion },
  });
  await askToSettle(tx, ctx, { kind: 'exam.review', keys: [reviewId], outcome: 'done' });
  await tellCandidate(tx, ctx, review, { outcome, note });
  return { outcome };
}

/** The answer with its note: the page of a void result is closed to the candidate, so that nothing is left to look up. */
async function tellCandidate(
  tx: Tx,
  ctx: ActorCtx,
  review: ReviewRow,
  answered: { readonly outcome: ReviewOutcome; readonly note: string },
): Promise<void> {
  const { id, attemptId, sittingTitle, personId, latestIsVoid } = review;
  const text = outcomeText(answered.outcome, latestIsVoid);
  await askForNotices(tx, ctx, [
    {
      kind: 'exam.result',
      key: `${id}:answered`,
      title: `成绩复核已答复：${sittingTitle}`.slice(0, 60),
      body: `您申请的成绩复核已答复：${text}。\n复核情况：${answered.note}`,
      path: latestIsVoid ? '/exams' : resultPath(attemptId),
      to: [{ personIds: [personId] }],
    },
  ]);
}
