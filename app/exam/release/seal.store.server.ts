import { z } from 'zod';
import type { Db, Pool, Tx } from '#app/platform/db/db.server.ts';
import type { Blueprint } from '../paper/blueprint.ts';
import { blueprintSpec } from '../paper/blueprint.schema.ts';
import { frozenPaper } from '../paper/frozen-paper.schema.ts';
import { SITTING_STATUSES } from '../sitting/sitting-list.ts';
import { PAPER_MODES } from './paper-mode.ts';
import type { PaperMode, Variant } from './paper-mode.ts';

const sittingRow = z.object({
  id: z.string(),
  title: z.string(),
  regionId: z.string(),
  status: z.enum(SITTING_STATUSES),
  opensAt: z.date(),
  hardEndAt: z.date(),
  durationSeconds: z.number(),
  graceSeconds: z.number(),
  startMode: z.enum(['own', 'bell']),
  earliestHandInSeconds: z.number(),
  latestEntryAt: z.date(),
  preconditionCourse: z.string().nullable(),
  blueprintCode: z.string(),
  blueprintTitle: z.string(),
  spec: z.unknown(),
});
export type CustodySitting = Omit<z.infer<typeof sittingRow>, 'spec' | 'blueprintCode' | 'blueprintTitle'> & {
  readonly blueprint: Blueprint;
};

/** One sitting with what its papers are made of; null when there is none. The caller checks the reach. */
export async function findCustodySitting(pool: Pool, sittingId: string): Promise<CustodySitting | null> {
  const { rows } = await pool.query({
    name: 'exam-custody-sitting',
    text: `select s.id, s.title, s.region_id as "regionId", s.status, s.opens_at as "opensAt",
             s.hard_end_at as "hardEndAt", s.duration_seconds as "durationSeconds", s.grace_seconds as "graceSeconds",
             s.start_mode as "startMode", s.earliest_hand_in_seconds as "earliestHandInSeconds",
             s.latest_entry_at as "latestEntryAt", s.precondition_course as "preconditionCourse",
             b.code as "blueprintCode", b.title as "blueprintTitle", b.spec
           from exam_sitting s join blueprint b on b.id = s.blueprint_id where s.id = $1`,
    values: [sittingId],
  });
  const [row] = z.array(sittingRow).parse(rows);
  if (!row) return null;
  const { blueprintCode: code, blueprintTitle: title, spec, ...sitting } = row;
  return { ...sitting, blueprint: { code, title, spec: blueprintSpec.parse(spec) } };
}

const candidateRow = z.object({
  registrationId: z.string(),
  personId: z.string(),
  roomId: z.string().nullable(),
  seatRows: z.number().nullable(),
  seatColumns: z.number().nullable(),
  seatNo: z.number().nullable(),
  paperItems: z.array(z.string()).nullable(),
});
/** Somebody who will sit, with the seat; `paperItems` are the questions of the first paper, null while there is none. */
export type SealCandidate = z.infer<typeof candidateRow>;

/** Everybody who is approved for the sitting, by ticket. */
export async function listSealCandidates(pool: Pool, sittingId: string): Promise<SealCandidate[]> {
  const { rows } = await pool.query({
    name: 'exam-seal-candidates',
    text: `select r.id as "registrationId", r.person_id as "personId", r.room_id as "roomId",
             m.seat_rows as "seatRows", m.seat_columns as "seatColumns", r.seat_no as "seatNo",
             case when q.id is null then null else array(select i.value->>'questionVersionId'
               from jsonb_array_elements(q.content->'items') with ordinality i order by i.ordinality) end as "paperItems"
           from exam_registration r left join exam_room m on m.id = r.room_id
             left join paper q on q.registration_id = r.id and q.attempt_no = 1
           where r.sitting_id = $1 and r.status = 'approved' order by r.ticket_no`,
    values: [sittingId],
  });
  return z.array(candidateRow).parse(rows);
}

const variantRow = z.object({ variant: z.enum(['A', 'B']), seed: z.string(), content: frozenPaper });
export type VariantPaper = z.infer<typeof variantRow>;

/** The two sets an earlier seal of this sitting drew, as they were frozen; empty before the first. */
export async function listVariantPapers(pool: Pool, sittingId: string): Promise<VariantPaper[]> {
  const { rows } = await pool.query({
    name: 'exam-seal-variants',
    text: `select distinct on (q.variant) q.variant, q.seed, q.content from paper q join exam_seal s on s.id = q.seal_id
           where s.sitting_id = $1 and q.variant is not null order by q.variant`,
    values: [sittingId],
  });
  return z.array(variantRow).parse(rows);
}

const heldRow = z.object({ status: z.enum(SITTING_STATUSES), hardEndAt: z.date() });

/** Holds the sitting, so that seals of one sitting come one after the other; @returns how it stands then */
export async function lockSittingRow(tx: Tx, sittingId: string): Promise<z.infer<typeof heldRow> | null> {
  const rows = await tx.$queryRaw`
    select status, hard_end_at as "hardEndAt" from exam_sitting where id = ${sittingId}::uuid for update`;
  return z.array(heldRow).parse(rows)[0] ?? null;
}

export interface NewPaper {
  readonly id: string;
  readonly registrationId: string;
  readonly seed: string;
  readonly content: string;
  readonly contentHash: string;
  readonly itemCount: number;
  readonly variant: Variant | null;
  readonly isPreconditionMet: boolean | null;
}

/** Rows in one statement: 50 papers are about 1.5 MB. */
const PAPERS_PER_STATEMENT = 50;

/**
 * Writes first papers, only for who is still approved for the sitting and has none yet, be it sealed or drawn at a start.
 * @returns how many were written
 */
export async function insertSealedPapers(
  tx: Tx,
  seal: {
    readonly id: string;
    readonly sittingId: string;
    readonly fullMark: number;
    readonly passMark: number;
    readonly at: Date;
  },
  papers: readonly NewPaper[],
): Promise<number> {
  let written = 0;
  for (let from = 0; from < papers.length; from += PAPERS_PER_STATEMENT) {
    const some = papers.slice(from, from + PAPERS_PER_STATEMENT);
    written += await tx.$executeRaw`
      insert into paper (id, registration_id, attempt_no, seed, content, content_hash, item_count,
        full_mark_hundredths, pass_mark_hundredths, frozen_at, seal_id, variant, is_precondition_met)
      select p.id, p.registration_id, 1, p.seed, p.content::jsonb, p.content_hash, p.item_count, ${seal.fullMark},
        ${seal.passMark}, ${seal.at}, ${seal.id}::uuid, p.variant, p.is_precondition_met
      from unnest(${some.map((one) => one.id)}::uuid[], ${some.map((one) => one.registrationId)}::uuid[],
        ${some.map((one) => one.seed)}::text[], ${some.map((one) => one.content)}::text[],
        ${some.map((one) => one.contentHash)}::text[], ${some.map((one) => one.itemCount)}::int[],
        ${some.map((one) => one.variant)}::text[], ${some.map((one) => one.isPreconditionMet)}::boolean[])
        as p(id, registration_id, seed, content, content_hash, item_count, variant, is_precondition_met)
      join exam_registration r on r.id = p.registration_id and r.sitting_id = ${seal.sittingId}::uuid
        and r.status = 'approved'
      on conflict (registration_id, attempt_no) do nothing`;
  }
  return written;
}

const setRow = z.object({ registrationId: z.string(), contentHash: z.string() });

/** Every paper sealed for a sitting, by registration; inside the transaction of a new seal its own papers included. */
export async function listSealedSet(
  db: Db | Tx,
  sittingId: string,
  newSealId: string | null = null,
): Promise<z.infer<typeof setRow>[]> {
  const rows = await db.$queryRaw`
    select q.registration_id::text as "registrationId", q.content_hash as "contentHash" from paper q
    where q.seal_id = ${newSealId}::uuid
      or q.seal_id in (select s.id from exam_seal s where s.sitting_id = ${sittingId}::uuid)
    order by q.registration_id`;
  return z.array(setRow).parse(rows);
}

const modeRow = z.object({ no: z.number(), mode: z.enum(PAPER_MODES).nullable() });

/** Number of the last seal of a sitting and how its papers were drawn; 0 and null before the first. */
export async function lastSealOf(
  db: Db | Tx,
  sittingId: string,
): Promise<{ readonly no: number; readonly mode: PaperMode | null }> {
  const rows = await db.$queryRaw`
    select coalesce(max(seal_no), 0)::int as no, max(paper_mode) as mode from exam_seal
    where sitting_id = ${sittingId}::uuid`;
  return z.array(modeRow).parse(rows)[0] ?? { no: 0, mode: null };
}
