import { z } from 'zod';
import { dayToDb } from '#app/platform/db/db.server.ts';
import type { JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { BankQuestion, QuestionContent } from './question.ts';
import { storedVersion } from './question.schema.ts';

const versionRow = z.object({
  questionId: z.string(),
  versionId: z.string(),
  code: z.string(),
  ...storedVersion,
});

/** Columns of `versionRow` from `question q` and `question_version v`. */
export const VERSION_COLUMNS = `q.id as "questionId", v.id as "versionId", q.code, v.type, v.stem, v.options, v.answer,
  v.explanation, v.law, v.article, v.law_version as "lawVersion", v.section, v.knowledge_point as "knowledgePoint",
  v.difficulty`;
export { versionRow };

/** Every live question in its live version, in the order of codes: the same bank gives the same draw. */
export async function listLiveQuestions(pool: Pool): Promise<BankQuestion[]> {
  const { rows } = await pool.query({
    name: 'exam-bank-live',
    text: `select ${VERSION_COLUMNS} from question q
           join question_version v on v.question_id = q.id and v.version_no = q.live_version_no
           where q.status = 'live' order by q.code`,
  });
  return z.array(versionRow).parse(rows);
}

const knownRow = z.object({
  id: z.string(),
  code: z.string(),
  status: z.string(),
  liveVersionNo: z.number(),
  liveAuthor: z.string().nullable(),
  versions: z.array(z.object({ versionNo: z.number(), contentHash: z.string() })),
});
export type KnownQuestion = z.infer<typeof knownRow>;

/** What the bank holds of every question: versions by hash, and who wrote the live one. */
export async function listKnownQuestions(tx: Tx): Promise<KnownQuestion[]> {
  const rows = await tx.$queryRaw`
    select q.id::text, q.code, q.status, q.live_version_no as "liveVersionNo",
      max(v.author) filter (where v.version_no = q.live_version_no) as "liveAuthor",
      coalesce(jsonb_agg(jsonb_build_object('versionNo', v.version_no, 'contentHash', v.content_hash))
        filter (where v.id is not null), '[]') as versions
    from question q left join question_version v on v.question_id = q.id group by q.id`;
  return z.array(knownRow).parse(rows);
}

export interface NewVersion {
  readonly questionId: string;
  readonly versionNo: number;
  readonly content: QuestionContent;
  readonly contentHash: string;
  readonly author: string;
  readonly reviewer: string;
}

/** Adds questions that another process may be adding at the same time: a known code is left as it is. */
export async function insertQuestions(tx: Tx, codes: readonly string[]): Promise<void> {
  await tx.question.createMany({
    data: codes.map((code) => ({ id: newId<'Question'>(), code, status: 'live', liveVersionNo: 1 })),
    skipDuplicates: true,
  });
}

export async function appendVersions(tx: Tx, versions: readonly NewVersion[]): Promise<void> {
  await tx.questionVersion.createMany({
    data: versions.map(({ content, ...version }) => ({
      id: newId<'QuestionVersion'>(),
      ...version,
      ...content,
      options: content.options.map(({ letter, text }) => ({ letter, text })) satisfies JsonInput,
      answer: [...content.answer],
      lawVersion: dayToDb(content.lawVersion),
    })),
    skipDuplicates: true,
  });
}

/** Points questions at the version that is drawn from now on. */
export async function setLiveVersions(
  tx: Tx,
  live: readonly { questionId: string; versionNo: number }[],
): Promise<void> {
  if (live.length === 0) return;
  await tx.$executeRaw`
    update question q set live_version_no = n.version_no, status = 'live'
    from unnest(${live.map((one) => one.questionId)}::uuid[], ${live.map((one) => one.versionNo)}::int[])
      as n(id, version_no) where q.id = n.id`;
}

export async function retireQuestions(tx: Tx, questionIds: readonly string[]): Promise<void> {
  if (questionIds.length === 0) return;
  await tx.question.updateMany({ where: { id: { in: [...questionIds] } }, data: { status: 'retired' } });
}
