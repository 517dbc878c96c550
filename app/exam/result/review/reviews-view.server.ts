import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { untilOf } from './ask-review.server.ts';
import { isReviewOpen } from './review.ts';
import type { ReviewRow } from './review.store.server.ts';
import { findReviewable, listReviews, listReviewsOf } from './review.store.server.ts';

export type ReviewLine = ReviewRow & { readonly isOwn: boolean };

/** Reviews of the bureau's regions, what waits first. Refuses FORBIDDEN. */
export async function viewReviews(ctx: ActorCtx): Promise<Outcome<readonly ReviewLine[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.answer_review')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.answer_review');
  const me = await personKeyOf(ctx.db, ctx.actorId);
  const reviews = await listReviews(ctx.pool, [...regionIds]);
  return done(reviews.map((one) => ({ ...one, isOwn: one.personId === me || one.askedPerson === me })));
}

/** What a candidate has asked about one result and what was answered, oldest first. */
export interface OwnReviews {
  readonly asked: readonly Pick<
    ReviewRow,
    | 'id'
    | 'resultVersion'
    | 'reason'
    | 'askedAt'
    | 'outcome'
    | 'note'
    | 'answeredVersion'
    | 'answeredIsVoid'
    | 'answeredAt'
  >[];
  /** Last day of asking about the version that is shown. */
  readonly until: Day;
  /** The version that is shown can still be asked about. */
  readonly mayAsk: boolean;
}

/** Reviews of the own result, and whether it can be asked about; null where there is no published result of one's own. */
export async function viewOwnReviews(ctx: ActorCtx, attemptId: string): Promise<OwnReviews | null> {
  const now = ctx.clock.now();
  const result = await findReviewable(ctx.pool, { attemptId, accountId: ctx.actorId, now });
  if (result === null) return null;
  const reviews = await listReviewsOf(ctx.pool, attemptId);
  const until = await untilOf(ctx.pool, result);
  return {
    asked: reviews.map(
      ({
        id,
        resultVersion,
        reason,
        askedAt,
        outcome,
        note,
        answeredVersion,
        answeredIsVoid,
        answeredAt,
      }) => ({
        ...{ id, resultVersion, reason, askedAt, outcome, note, answeredVersion, answeredIsVoid, answeredAt },
      }),
    ),
    until,
    mayAsk:
      mayDo(ctx, 'exam.ask_review') &&
      isReviewOpen(until, dayOf(now)) &&
      !reviews.some((one) => one.resultVersion === result.latestVersion),
  };
}
