import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

const marks = { scoreHundredths: z.number(), passed: z.boolean() };

const changedRow = z.object({
  ticketNo: z.string(),
  name: z.string(),
  unitName: z.string(),
  before: z.object(marks),
  after: z.object(marks),
  reasonCode: z.string(),
});
/** A result that reads otherwise now than when it was announced. */
export type ChangedResult = z.infer<typeof changedRow>;

const UNIT = `join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
  order by valid_from desc limit 1) u on true`;
const LATEST = `join lateral (select * from exam_result x where x.attempt_id = a.id
  order by x.version_no desc limit 1) e on true`;

/**
 * Results of a sitting that have changed since they were announced: where the bureau releases results, since the release;
 * else since the first grading. By ticket; nothing before anything was announced.
 */
export async function listChangedResults(pool: Pool, sittingId: string): Promise<ChangedResult[]> {
  const { rows } = await pool.query({
    name: 'exam-papers-changed',
    text: `select r.ticket_no as "ticketNo", p.name, u.name as "unitName", e.reason_code as "reasonCode",
             json_build_object('scoreHundredths', b.score_hundredths, 'passed', b.passed) as before,
             json_build_object('scoreHundredths', e.score_hundredths, 'passed', e.passed) as after
           from exam_sitting s join exam_registration r on r.sitting_id = s.id
             join attempt a on a.registration_id = r.id join person p on p.id = r.person_id ${UNIT} ${LATEST}
             join lateral (select * from exam_result x where x.attempt_id = a.id
                 and (x.version_no = 1 or x.graded_at <= s.results_released_at)
               order by x.version_no desc limit 1) b on true
           where s.id = $1 and (s.result_release = 'at_once' or s.results_released_at is not null)
             and (b.score_hundredths, b.passed) is distinct from (e.score_hundredths, e.passed)
           order by r.ticket_no, a.attempt_no`,
    values: [sittingId],
  });
  return z.array(changedRow).parse(rows);
}

const reviewedRow = z.object({
  ticketNo: z.string(),
  name: z.string(),
  askedFor: z.string(),
  /** When the candidate asked; null where the bureau decided by itself. */
  askedAt: z.coerce.date().nullable(),
  /** What the bureau has answered; null while it has not. */
  note: z.string().nullable(),
  isHandedIn: z.boolean(),
  itemCount: z.number(),
  answered: z.number(),
  versionNo: z.number(),
  fullMarkHundredths: z.number(),
  passMarkHundredths: z.number(),
  first: z.object(marks),
  last: z.object({ ...marks, reasonCode: z.string() }),
});
/** A graded attempt whose candidate has asked for a review, or about whose late answers the bureau has decided. */
export type ReviewedResult = z.infer<typeof reviewedRow>;

/**
 * Attempts of a sitting with a 成绩复核, or with a decision about late answers, and what the grading says. By ticket. Who
 * only was looked at in a replay gets no answer: nobody has asked.
 */
export async function listReviewedResults(pool: Pool, sittingId: string): Promise<ReviewedResult[]> {
  const { rows } = await pool.query({
    name: 'exam-papers-reviewed',
    text: `select r.ticket_no as "ticketNo", p.name, v.reason as "askedFor", v.asked_at as "askedAt", v.note, a.handed_in_at is not null as "isHandedIn",
             jsonb_array_length(e.items) as "itemCount",
             (select count(*)::int from jsonb_array_elements(e.items) i where i ->> 'choice' <> '') as answered,
             e.version_no as "versionNo", e.full_mark_hundredths as "fullMarkHundredths",
             e.pass_mark_hundredths as "passMarkHundredths",
             json_build_object('scoreHundredths', b.score_hundredths, 'passed', b.passed) as first,
             json_build_object('scoreHundredths', e.score_hundredths, 'passed', e.passed,
               'reasonCode', e.reason_code) as last
           from exam_registration r join attempt a on a.registration_id = r.id join person p on p.id = r.person_id
             join lateral (
               select q.reason, q.asked_at, w.note, q.asked_at as at from score_review q
                 left join score_review_answer w on w.review_id = q.id where q.attempt_id = a.id
               union all
               select d.reason, null, d.note, d.decided_at from late_decision d
                 where d.attempt_id = a.id and d.state <> 'proposed'
               order by asked_at desc nulls last, at desc limit 1) v on true ${LATEST}
             join exam_result b on b.attempt_id = a.id and b.version_no = 1
           where r.sitting_id = $1 order by r.ticket_no, a.attempt_no`,
    values: [sittingId],
  });
  return z.array(reviewedRow).parse(rows);
}
