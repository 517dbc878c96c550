import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS, answerFor } from '#app/platform/http/answer.ts';
import { typedTexts } from '#app/platform/ui/form/form-texts.ts';
import type { AnswerReviewRefusal } from './answer-review.server.ts';
import { answerReview } from './answer-review.server.ts';
import type { AskReviewRefusal } from './ask-review.server.ts';
import { askReview } from './ask-review.server.ts';
import { REVIEW_WORKDAYS } from './review.ts';
import { reviewAnswer, reviewRequest } from './review.schema.ts';

/** What a candidate or the bureau reads when a review is refused. */
export const REVIEW_REFUSALS: RefusalTexts<AskReviewRefusal | AnswerReviewRefusal> = {
  FORBIDDEN: COMMON_REFUSALS.FORBIDDEN,
  NOT_FOUND: COMMON_REFUSALS.NOT_FOUND,
  COMMAND_REUSED: COMMON_REFUSALS.COMMAND_REUSED,
  REVIEW_CLOSED: {
    status: 409,
    text: `申请复核的期限（成绩公布后 ${REVIEW_WORKDAYS} 个工作日内）已过，如有异议，请与考试主管单位联系。`,
  },
  REVIEW_ASKED_ALREADY: { status: 409, text: '这一版成绩已申请复核，请等待答复。' },
  OWN_ATTEMPT: { status: 403, text: '不能答复本人申请的复核，请由其他工作人员办理。' },
  DECISION_WAITS: { status: 409, text: '该作答还有待复核的补计或作废提请，请先办结，再答复考生。' },
  CHANGED_MEANWHILE: { status: 409, text: '成绩或办理情况刚刚有变动，请按现在的内容重新办理。' },
};

/** A refused form: what is said, and what was typed. */
export interface ReviewAnswer {
  readonly status: number;
  readonly text: string;
  /** Review the form was about; empty for a request. */
  readonly about: string;
  readonly typed: string;
}

const said = (form: FormData, answer: { status: number; text: string }): ReviewAnswer => {
  const { reviewId = '', reason, note } = typedTexts(form);
  return { status: answer.status, text: answer.text, about: reviewId, typed: reason ?? note ?? '' };
};

/** One posted request of a candidate; null when it was taken. */
export async function handleReviewRequest(
  ctx: ActorCtx,
  attemptId: string,
  form: FormData,
): Promise<ReviewAnswer | null> {
  const read = reviewRequest.safeParse(Object.fromEntries(form));
  if (!read.success) return said(form, { status: 422, text: read.error.issues[0]?.message ?? '' });
  const outcome = await askReview(ctx, { attemptId, ...read.data });
  return outcome.ok ? null : said(form, answerFor(outcome, REVIEW_REFUSALS));
}

/** One posted answer of the bureau; null when it was taken. */
export async function handleReviewAnswer(ctx: ActorCtx, form: FormData): Promise<ReviewAnswer | null> {
  const read = reviewAnswer.safeParse(Object.fromEntries(form));
  if (!read.success) return said(form, { status: 422, text: read.error.issues[0]?.message ?? '' });
  const outcome = await answerReview(ctx, read.data);
  return outcome.ok ? null : said(form, answerFor(outcome, REVIEW_REFUSALS));
}
