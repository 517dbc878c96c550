import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { DIFFICULTIES, QUESTION_STATUSES, QUESTION_TYPES, SECTIONS } from './question.ts';
import type { QuestionFilter, QuestionSort } from './question-list.ts';
import { storedVersion } from './question.schema.ts';

const lineRow = z.object({
  questionId: z.string(),
  code: z.string(),
  status: z.enum(QUESTION_STATUSES),
  versionNo: z.number(),
  type: z.enum(QUESTION_TYPES),
  stem: z.string(),
  section: z.enum(SECTIONS),
  law: z.string(),
  article: z.number(),
  difficulty: z.enum(DIFFICULTIES),
  total: z.number(),
});
export type QuestionLineRow = z.infer<typeof lineRow>;

/** Closed list from column names to SQL; what a person asks for never becomes SQL. */
const SORT_SQL: Readonly<Record<QuestionSort, readonly string[]>> = {
  code: ['q.code'],
  type: ['v.type'],
  section: ['v.section'],
  article: ['v.law', 'v.article'],
  difficulty: [`array_position(array['easy', 'medium', 'hard'], v.difficulty)`],
  version: ['q.live_version_no'],
};

export interface QuestionQuery {
  /** Part of the stem or the code; empty = all. */
  readonly text: string;
  readonly filters: Partial<Record<QuestionFilter, string>>;
  readonly sort: { readonly field: QuestionSort; readonly direction: 'asc' | 'desc' };
  readonly limit: number;
  readonly offset: number;
}

/** Questions in their live version; `total` is the number that matches. */
export async function listQuestions(pool: Pool, query: QuestionQuery): Promise<QuestionLineRow[]> {
  const { filters } = query;
  const direction = query.sort.direction === 'asc' ? 'asc' : 'desc';
  const order = SORT_SQL[query.sort.field].map((part) => `${part} ${direction}`).join(', ');
  const { rows } = await pool.query(
    `select q.id as "questionId", q.code, q.status, v.version_no as "versionNo", v.type, v.stem, v.section, v.law,
       v.article, v.difficulty, count(*) over ()::int as total
     from question q join question_version v on v.question_id = q.id and v.version_no = q.live_version_no
     where ($1 = '' or strpos(v.stem, $1) > 0 or strpos(q.code, upper($1)) > 0)
       and ($2::text is null or v.type = $2) and ($3::text is null or v.section = $3)
       and ($4::text is null or v.law = $4) and ($5::text is null or v.article::text = $5)
       and ($6::text is null or v.difficulty = $6) and ($7::text is null or q.status = $7)
     order by ${order}, q.code limit $8 offset $9`,
    [
      query.text,
      filters.type ?? null,
      filters.section ?? null,
      filters.law ?? null,
      filters.article ?? null,
      filters.difficulty ?? null,
      filters.status ?? null,
      query.limit,
      query.offset,
    ],
  );
  return z.array(lineRow).parse(rows);
}

/** Laws the bank cites, by name. */
export async function listCitedLaws(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query({
    name: 'exam-bank-laws',
    text: `select distinct v.law from question q
           join question_version v on v.question_id = q.id and v.version_no = q.live_version_no order by v.law`,
  });
  return z
    .array(z.object({ law: z.string() }))
    .parse(rows)
    .map((row) => row.law);
}

const versionRow = z.object({
  code: z.string(),
  status: z.enum(QUESTION_STATUSES),
  liveVersionNo: z.number(),
  versionNo: z.number(),
  ...storedVersion,
  author: z.string(),
  reviewer: z.string(),
  contentHash: z.string(),
  recordedAt: z.date(),
});
export type QuestionVersionRow = z.infer<typeof versionRow>;

/** All versions of a question, the newest first; empty when there is no such question. */
export async function listVersions(pool: Pool, questionId: string): Promise<QuestionVersionRow[]> {
  const { rows } = await pool.query({
    name: 'exam-bank-versions',
    text: `select q.code, q.status, q.live_version_no as "liveVersionNo", v.version_no as "versionNo", v.type, v.stem,
             v.options, v.answer, v.explanation, v.law, v.article, v.law_version as "lawVersion", v.section,
             v.knowledge_point as "knowledgePoint", v.difficulty, v.author, v.reviewer,
             v.content_hash as "contentHash", v.recorded_at as "recordedAt"
           from question q join question_version v on v.question_id = q.id
           where q.id = $1 order by v.version_no desc`,
    values: [questionId],
  });
  return z.array(versionRow).parse(rows);
}
