import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { ReviewOutcome } from './review.ts';
import { REVIEW_OUTCOMES } from './review.ts';

const reviewableRow = z.object({
  attemptId: z.string(),
  sittingId: z.string(),
  title: z.string(),
  regionId: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  latestVersion: z.number(),
  /** When the candidate could see this version: graded, or released later by the bureau. */
  publishedAt: z.date(),
});
export type Reviewable = z.infer<typeof reviewableRow>;

/**
 * The latest version of an own result that its candidate can see; null for anybody else's, a void one, and one that is
 * withheld or still before its bell.
 */
export async function findReviewable(
  pool: Pool,
  asked: { readonly attemptId: string; readonly accountId: string; readonly now: Date },
): Promise<Reviewable | null> {
  const { rows } = await pool.query({
    name: 'review-reviewable',
    text: `select a.id as "attemptId", s.id as "sittingId", s.title, s.region_id as "regionId",
             r.person_id as "personId", n.name as "personName", r.unit_id as "unitId", e.version_no as "latestVersion",
             greatest(e.graded_at, case when s.result_release = 'by_bureau' then s.results_released_at end)
               as "publishedAt"
           from attempt a join exam_registration r on r.id = a.registration_id join person n on n.id = r.person_id
             join exam_sitting s on s.id = r.sitting_id
             join lateral (select version_no, graded_at from exam_result x where x.attempt_id = a.id
               order by x.version_no desc limit 1) e on true
           where a.id = $1 and a.account_id = $2 and a.state <> 'void' and a.started_at <= $3
             and (s.result_release <> 'by_bureau' or s.results_released_at is not null)`,
    values: [asked.attemptId, asked.accountId, asked.now],
  });
  return z.array(reviewableRow).parse(rows)[0] ?? null;
}

const reviewRow = z.object({
  id: z.string(),
  attemptId: z.string(),
  sittingId: z.string(),
  sittingTitle: z.string(),
  regionId: z.string(),
  registrationId: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  ticketNo: z.string().nullable(),
  askedPerson: z.string(),
  resultVersion: z.number(),
  reason: z.string(),
  askedAt: z.date(),
  latestVersion: z.number(),
  askedScoreHundredths: z.number(),
  latestScoreHundredths: z.number(),
  latestPassed: z.boolean(),
  latestIsVoid: z.boolean(),
  outcome: z.enum(REVIEW_OUTCOMES).nullable(),
  note: z.string().nullable(),
  answeredVersion: z.number().nullable(),
  answeredIsVoid: z.boolean(),
  answererName: z.string().nullable(),
  answeredAt: z.date().nullable(),
});
export type ReviewRow = z.infer<typeof reviewRow>;

const REVIEW_SELECT = `
  select v.id, v.attempt_id as "attemptId", s.id as "sittingId", s.title as "sittingTitle", s.region_id as "regionId",
    r.id as "registrationId", r.person_id as "personId", n.name as "personName", r.unit_id as "unitId",
    u.name as "unitName", r.ticket_no as "ticketNo", v.asked_person as "askedPerson",
    v.result_version as "resultVersion", v.reason, v.asked_at as "askedAt", e.version_no as "latestVersion",
    b.score_hundredths as "askedScoreHundredths", e.score_hundredths as "latestScoreHundredths",
    e.passed as "latestPassed", e.reason_code = 'void' as "latestIsVoid", w.outcome, w.note,
    w.answered_version as "answeredVersion", coalesce(h.reason_code = 'void', false) as "answeredIsVoid",
    c.display_name as "answererName", w.answered_at as "answeredAt"
  from score_review v join attempt a on a.id = v.attempt_id
    join exam_registration r on r.id = a.registration_id join person n on n.id = r.person_id
    join exam_sitting s on s.id = r.sitting_id
    join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
      order by valid_from desc limit 1) u on true
    join lateral (select * from exam_result x where x.attempt_id = a.id order by x.version_no desc limit 1) e on true
    join exam_result b on b.attempt_id = a.id and b.version_no = v.result_version
    left join score_review_answer w on w.review_id = v.id left join account c on c.id = w.answered_by
    left join exam_result h on h.attempt_id = a.id and h.version_no = w.answered_version`;

const MAX_LISTED = 200;

/** Reviews of sittings of these regions, what waits first, the oldest of them first. */
export async function listReviews(pool: Pool, regionIds: readonly string[]): Promise<ReviewRow[]> {
  const { rows } = await pool.query({
    name: 'review-list',
    text: `${REVIEW_SELECT} where s.region_id = any($1::uuid[])
           order by (w.id is null) desc, case when w.id is null then v.asked_at end, v.asked_at desc limit ${MAX_LISTED}`,
    values: [[...regionIds]],
  });
  return z.array(reviewRow).parse(rows);
}

/** Reviews of one attempt, oldest first. */
export async function listReviewsOf(pool: Pool, attemptId: string): Promise<ReviewRow[]> {
  const { rows } = await pool.query({
    name: 'review-of-attempt',
    text: `${REVIEW_SELECT} where v.attempt_id = $1 order by v.result_version`,
    values: [attemptId],
  });
  return z.array(reviewRow).parse(rows);
}

export async function findReview(pool: Pool, reviewId: string): Promise<ReviewRow | null> {
  const { rows } = await pool.query({
    name: 'review-find',
    text: `${REVIEW_SELECT} where v.id = $1`,
    values: [reviewId],
  });
  return z.array(reviewRow).parse(rows)[0] ?? null;
}

/** Null when this version of the result was asked about already. */
export async function insertReview(
  tx: Tx,
  review: {
    readonly attemptId: string;
    readonly resultVersion: number;
    readonly reason: string;
    readonly askedBy: string;
    readonly askedPerson: string;
    readonly askedAt: Date;
  },
): Promise<string | null> {
  const id = newId<'ScoreReview'>();
  const { count } = await tx.scoreReview.createMany({ data: [{ id, ...review }], skipDuplicates: true });
  return count === 1 ? id : null;
}

/** False when somebody else has answered already. */
export async function insertAnswer(
  tx: Tx,
  answer: {
    readonly reviewId: string;
    readonly askedPerson: string;
    readonly outcome: ReviewOutcome;
    readonly note: string;
    readonly answeredVersion: number;
    readonly answeredBy: string;
    readonly answeredPerson: string;
    readonly answeredAt: Date;
  },
): Promise<boolean> {
  const id = newId<'ScoreReviewAnswer'>();
  const { count } = await tx.scoreReviewAnswer.createMany({
    data: [{ id, ...answer }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** A proposal to count late answers or to void the attempt that nobody has decided yet. */
export async function hasOpenProposal(tx: Tx, attemptId: string): Promise<boolean> {
  const where = { attemptId, state: 'proposed' };
  return (await tx.lateDecision.count({ where })) + (await tx.attemptVoid.count({ where })) > 0;
}
