import type { WorkdayExceptions } from '#app/office/workday/workday.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import type { Day } from '#app/platform/time/day.ts';

/** 成绩复核 is asked for within so many 工作日 after the result was published (domain.md §5.5). */
export const REVIEW_WORKDAYS = 5;
/** Characters of a reason and of an answer; the tables hold the same. */
export const REVIEW_TEXT = { least: 1, most: 500 } as const;

/** Where the requests about a result stand on its page. */
export const REVIEW_ANCHOR = 'review';

/** What a review comes to: the marks stand, or a later version of the result, by 断网补传 or 作废, says otherwise. */
export const REVIEW_OUTCOMES = ['upheld', 'corrected'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

const OUTCOME_TEXTS: Readonly<Record<ReviewOutcome, string>> = {
  upheld: '维持原成绩',
  corrected: '成绩已更正',
};

/** What the candidate and the bureau read. @param isVoid the version that was answered about is a void one (作废) */
export const outcomeText = (outcome: ReviewOutcome, isVoid: boolean): string =>
  isVoid ? '成绩无效' : OUTCOME_TEXTS[outcome];

/**
 * The answer follows from the record: whoever answers says why, and cannot say that something changed which did not. Late
 * answers that were counted and earned nothing leave the marks, and whether they are a pass, as they were.
 */
export const outcomeOf = (review: {
  readonly askedScoreHundredths: number;
  readonly latestScoreHundredths: number;
  /** The latest version is a void one: nothing of the result is left. */
  readonly latestIsVoid: boolean;
}): ReviewOutcome =>
  review.latestIsVoid || review.latestScoreHundredths !== review.askedScoreHundredths
    ? 'corrected'
    : 'upheld';

/** Last day on which a result published on `publishedDay` can be asked about; that day itself is not counted. */
export const reviewUntil = (publishedDay: Day, exceptions: WorkdayExceptions): Day =>
  addWorkdays(publishedDay, REVIEW_WORKDAYS, exceptions);

export const isReviewOpen = (until: Day, today: Day): boolean => today <= until;

/** Where the bureau answers. */
export const REVIEWS_PATH = '/bureau/exams/reviews';
export const resultPath = (attemptId: string): string => `/attempts/${attemptId}/result`;
