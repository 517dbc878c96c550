import { z } from 'zod';
import type { JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { FormValues } from './kinds/form-values.ts';

export interface NewAnswer {
  readonly targetId: string;
  readonly no: number;
  readonly exceptionCount: number;
  readonly isLate: boolean;
  readonly content: JsonInput;
  readonly actorId: string;
  readonly at: Date;
}

/** Appends one version of an answer; the draft it came from is done with. */
export async function appendAnswer(tx: Tx, answer: NewAnswer): Promise<void> {
  const { content, actorId, at, ...row } = answer;
  const id = newId<'CampaignAnswer'>();
  const contentHash = new Uint8Array(sha256(canonicalJson(content)));
  await tx.campaignAnswer.create({ data: { ...row, id, contentHash, actorId, occurredAt: at } });
  await tx.campaignAnswerPayload.create({ data: { answerId: id, content } });
  await tx.campaignDraft.deleteMany({ where: { targetId: answer.targetId } });
}

export interface StoredAnswer {
  readonly no: number;
  readonly isLate: boolean;
  readonly exceptionCount: number;
  readonly byName: string | null;
  readonly at: Date;
  readonly content: unknown;
}

const answerRow = z.object({
  no: z.number(),
  isLate: z.boolean(),
  exceptionCount: z.number(),
  byName: z.string().nullable(),
  at: z.date(),
  content: z.unknown(),
});

/** Every version of one unit's answer, the last first. */
export async function listAnswers(pool: Pool, targetId: string): Promise<StoredAnswer[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-answers',
    text: `select a.no, a.is_late as "isLate", a.exception_count as "exceptionCount", c.display_name as "byName",
             a.occurred_at as "at", p.content
           from campaign_answer a join campaign_answer_payload p on p.answer_id = a.id
             left join account c on c.id = a.actor_id
           where a.target_id = $1 order by a.no desc`,
    values: [targetId],
  });
  return z.array(answerRow).parse(rows);
}

const acceptedRow = z.object({
  targetId: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  content: z.unknown(),
});
/** The answer that counts of a unit whose part is accepted. */
export type AcceptedAnswer = z.infer<typeof acceptedRow>;

const ACCEPTED = `select t.id::text as "targetId", t.unit_id::text as "unitId", t.unit_name as "unitName", p.content
  from campaign_target t join campaign_answer a on a.target_id = t.id and a.no = t.answer_no
    join campaign_answer_payload p on p.answer_id = a.id
  where t.campaign_id = $1::uuid and t.state = 'accepted' order by t.unit_name_pinyin, t.unit_id`;

export async function listAcceptedAnswersIn(tx: Tx, campaignId: string): Promise<AcceptedAnswer[]> {
  return z.array(acceptedRow).parse(await tx.$queryRawUnsafe(ACCEPTED, campaignId));
}

export async function listAcceptedAnswers(pool: Pool, campaignId: string): Promise<AcceptedAnswer[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-accepted',
    text: ACCEPTED,
    values: [campaignId],
  });
  return z.array(acceptedRow).parse(rows);
}

const draftRow = z.object({
  content: z.record(z.string(), z.string()),
  savedAt: z.date(),
  byName: z.string().nullable(),
});
export interface Draft {
  readonly values: FormValues;
  readonly savedAt: Date;
  readonly byName: string | null;
}

export async function findDraft(pool: Pool, targetId: string): Promise<Draft | null> {
  const { rows } = await pool.query({
    name: 'office-campaign-draft',
    text: `select d.content, d.saved_at as "savedAt", c.display_name as "byName"
           from campaign_draft d left join account c on c.id = d.saved_by where d.target_id = $1`,
    values: [targetId],
  });
  const [row] = z.array(draftRow).parse(rows);
  return row === undefined ? null : { values: row.content, savedAt: row.savedAt, byName: row.byName };
}

export async function putDraft(
  tx: Tx,
  draft: {
    readonly targetId: string;
    readonly values: FormValues;
    readonly actorId: string;
    readonly at: Date;
  },
): Promise<void> {
  const { targetId, values, actorId, at } = draft;
  const saved = { content: values, savedBy: actorId, savedAt: at };
  await tx.campaignDraft.upsert({ where: { targetId }, create: { targetId, ...saved }, update: saved });
}
