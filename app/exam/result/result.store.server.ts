import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { SECTIONS } from '../bank/question.ts';
import { frozenPaper } from '../paper/frozen-paper.schema.ts';

const itemResults = z.array(
  z.object({
    position: z.number(),
    choice: z.string(),
    isCorrect: z.boolean(),
    earnedHundredths: z.number(),
  }),
);

const sectionResults = z.array(
  z.object({
    section: z.enum(SECTIONS),
    itemCount: z.number(),
    correctCount: z.number(),
    earnedHundredths: z.number(),
    fullHundredths: z.number(),
  }),
);

const versionRow = z.object({
  versionNo: z.number(),
  scoreHundredths: z.number(),
  passed: z.boolean(),
  reasonCode: z.string(),
  gradedAt: z.coerce.date(),
});
/** One version of a result, in short: every grading stays. */
export type ResultVersion = z.infer<typeof versionRow>;

const resultRow = z.object({
  attemptId: z.string(),
  state: z.enum(['in_progress', 'handed_in', 'expired', 'finalised', 'void']),
  attemptNo: z.number(),
  attemptLimit: z.number(),
  startedAt: z.date(),
  handedInAt: z.date().nullable(),
  title: z.string(),
  regionId: z.string(),
  isDemo: z.boolean(),
  /** The bureau releases the results of this sitting and has not yet. */
  isWithheld: z.boolean(),
  personName: z.string(),
  ticketNo: z.string(),
  content: frozenPaper,
  contentHash: z.string(),
  versionNo: z.number().nullable(),
  scoreHundredths: z.number().nullable(),
  fullMarkHundredths: z.number(),
  passMarkHundredths: z.number(),
  passed: z.boolean().nullable(),
  gradedAt: z.date().nullable(),
  sections: sectionResults.nullable(),
  items: itemResults.nullable(),
  /** All versions, oldest first. */
  versions: z.array(versionRow),
});
export type ResultRow = z.infer<typeof resultRow>;

/** The latest result version of an own attempt, its figures null while there is none; null when it is not one's own. */
export async function findOwnResult(
  pool: Pool,
  attemptId: string,
  accountId: string,
): Promise<ResultRow | null> {
  const { rows } = await pool.query({
    name: 'exam-result-own',
    text: `select a.id as "attemptId", a.state, a.attempt_no as "attemptNo", s.attempt_limit as "attemptLimit",
             a.started_at as "startedAt", a.handed_in_at as "handedInAt", s.title, s.region_id as "regionId",
             s.is_demo as "isDemo",
             (s.result_release = 'by_bureau' and s.results_released_at is null) as "isWithheld", n.name as "personName", r.ticket_no as "ticketNo", p.content,
             p.content_hash as "contentHash", e.version_no as "versionNo", e.score_hundredths as "scoreHundredths",
             p.full_mark_hundredths as "fullMarkHundredths",
             coalesce(e.pass_mark_hundredths, p.pass_mark_hundredths) as "passMarkHundredths", e.passed,
             e.graded_at as "gradedAt", e.sections, e.items,
             (select coalesce(json_agg(json_build_object('versionNo', w.version_no, 'scoreHundredths',
                w.score_hundredths, 'passed', w.passed, 'reasonCode', w.reason_code, 'gradedAt', w.graded_at)
                order by w.version_no), '[]') from exam_result w where w.attempt_id = a.id) as versions
           from attempt a join paper p on p.id = a.paper_id
           join exam_registration r on r.id = a.registration_id join person n on n.id = r.person_id
           join exam_sitting s on s.id = r.sitting_id
           left join lateral (select * from exam_result x where x.attempt_id = a.id
             order by x.version_no desc limit 1) e on true
           where a.id = $1 and a.account_id = $2`,
    values: [attemptId, accountId],
  });
  return z.array(resultRow).parse(rows)[0] ?? null;
}

const explanationRow = z.object({
  versionId: z.string(),
  explanation: z.string(),
  law: z.string(),
  article: z.number(),
});
export type ExplanationRow = z.infer<typeof explanationRow>;

/** What the bank says about question versions: versions never change, so it is what it was when the paper was drawn. */
export async function listExplanations(pool: Pool, versionIds: readonly string[]): Promise<ExplanationRow[]> {
  const { rows } = await pool.query({
    name: 'exam-result-explanations',
    text: `select id as "versionId", explanation, law, article from question_version where id = any($1::uuid[])`,
    values: [versionIds],
  });
  return z.array(explanationRow).parse(rows);
}
