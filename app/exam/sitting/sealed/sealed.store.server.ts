import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { SentAnswer } from '../wire.ts';
import type { NumberedAnswer } from './file-numbers.ts';
import { sealedOutcome, type SealedOutcome } from './sealed.schema.ts';

const targetRow = z.object({
  accountId: z.string(),
  deviceEpoch: z.number(),
  deviceKeyHash: z.instanceof(Buffer),
  startedAt: z.date(),
  regionId: z.string(),
  unitId: z.string(),
  personName: z.string(),
  sittingTitle: z.string(),
});
/** The attempt a file belongs to, with whose it is and where. */
export type SealedTarget = z.infer<typeof targetRow>;

export async function findSealedTarget(pool: Pool, attemptId: string): Promise<SealedTarget | null> {
  const { rows } = await pool.query(
    `select a.account_id as "accountId", a.device_epoch as "deviceEpoch", a.device_key_hash as "deviceKeyHash",
       a.started_at as "startedAt", s.region_id as "regionId", r.unit_id as "unitId", p.name as "personName", s.title as "sittingTitle"
     from attempt a join exam_registration r on r.id = a.registration_id
     join exam_sitting s on s.id = r.sitting_id join person p on p.id = r.person_id where a.id = $1`,
    [attemptId],
  );
  return z.array(targetRow).parse(rows)[0] ?? null;
}

const numberRow = z.object({ seq: z.number() });

/**
 * The same answers under the numbers they have in the journal already, and where they have none under the next free ones
 * of their epoch, in order. Two who ask in the same moment get the same numbers.
 */
export async function numberAgain(
  pool: Pool,
  attemptId: string,
  answers: readonly SentAnswer[],
): Promise<SentAnswer[]> {
  const { rows } = await pool.query(
    `with asked as (
       select * from unnest($2::int[], $3::int[], $4::text[], $5::text[])
         with ordinality as q(epoch, position, choice, client_time, n)),
     found as (
       select q.*, (select min(e.seq) from answer_event e join answer_payload p on p.answer_event_id = e.id
         where e.attempt_id = $1 and e.epoch = q.epoch and e.position = q.position and p.choice = q.choice
           and p.client_time is not distinct from q.client_time) as known
       from asked q)
     select coalesce(f.known, row_number() over (partition by f.epoch, f.known is null order by f.n)
         + (select coalesce(max(e.seq), 0) from answer_event e where e.attempt_id = $1 and e.epoch = f.epoch))::int as seq
     from found f order by f.n`,
    [
      attemptId,
      answers.map((answer) => answer.epoch),
      answers.map((answer) => answer.position),
      answers.map((answer) => answer.choice),
      answers.map((answer) => answer.clientTime),
    ],
  );
  const numbers = z.array(numberRow).parse(rows);
  return answers.map((answer, index) => ({ ...answer, seq: numbers[index]?.seq ?? answer.seq }));
}

/**
 * Which of these answers the journal has overtaken: there is one of the same question and epoch with no lower number that
 * was given later by the same device's clock, or, where a clock is not known, one with a higher number.
 */
export async function findOvertaken(
  pool: Pool,
  attemptId: string,
  answers: readonly SentAnswer[],
): Promise<boolean[]> {
  const { rows } = await pool.query(
    `select exists (select 1 from answer_event e join answer_payload p on p.answer_event_id = e.id
       where e.attempt_id = $1 and e.epoch = q.epoch and e.position = q.position and e.seq >= q.seq
         and coalesce(p.client_time > q.client_time, e.seq > q.seq)) as overtaken
     from unnest($2::int[], $3::int[], $4::int[], $5::text[]) with ordinality as q(epoch, seq, position, client_time, n)
     order by q.n`,
    [
      attemptId,
      answers.map((answer) => answer.epoch),
      answers.map((answer) => answer.seq),
      answers.map((answer) => answer.position),
      answers.map((answer) => answer.clientTime),
    ],
  );
  return z
    .array(z.object({ overtaken: z.boolean() }))
    .parse(rows)
    .map(({ overtaken }) => overtaken);
}

const journalRow = z.object({
  epoch: z.number(),
  seq: z.number(),
  position: z.number(),
  choice: z.string(),
  clientTime: z.string().nullable(),
});

/** Everything the journal holds of these epochs of an attempt. */
export async function listNumbered(
  pool: Pool,
  attemptId: string,
  epochs: readonly number[],
): Promise<NumberedAnswer[]> {
  const { rows } = await pool.query(
    `select e.epoch, e.seq, e.position, p.choice, p.client_time as "clientTime"
     from answer_event e join answer_payload p on p.answer_event_id = e.id
     where e.attempt_id = $1 and e.epoch = any($2::int[])`,
    [attemptId, [...epochs]],
  );
  return z.array(journalRow).parse(rows);
}

export interface NewSealedFile {
  readonly attemptId: string;
  readonly fileHash: Buffer;
  readonly eventCount: number;
  readonly outcome: SealedOutcome;
  readonly receivedBy: string;
  readonly receivedAt: Date;
}

/** @returns false when this very file was received before */
export async function insertSealedFile(tx: Tx, file: NewSealedFile): Promise<boolean> {
  const { fileHash, ...row } = file;
  const { count } = await tx.sealedFile.createMany({
    data: { id: newId<'SealedFile'>(), ...row, fileHash: new Uint8Array(fileHash) },
    skipDuplicates: true,
  });
  return count === 1;
}

const receiptRow = z.object({
  id: z.string(),
  personName: z.string(),
  sittingTitle: z.string(),
  eventCount: z.number(),
  outcome: sealedOutcome,
  receivedByName: z.string().nullable(),
  receivedAt: z.date(),
});
export type SealedReceipt = z.infer<typeof receiptRow>;

/** Newest first. */
export async function listSealedFiles(
  pool: Pool,
  filter: { readonly regionIds: readonly string[]; readonly limit: number },
): Promise<SealedReceipt[]> {
  const { rows } = await pool.query(
    `select f.id, p.name as "personName", s.title as "sittingTitle", f.event_count as "eventCount", f.outcome,
       u.display_name as "receivedByName", f.received_at as "receivedAt"
     from sealed_file f join attempt a on a.id = f.attempt_id join exam_registration r on r.id = a.registration_id
     join exam_sitting s on s.id = r.sitting_id join person p on p.id = r.person_id
     left join account u on u.id = f.received_by
     where s.region_id = any($1::uuid[]) order by f.received_at desc, f.id desc limit $2`,
    [filter.regionIds, filter.limit],
  );
  return z.array(receiptRow).parse(rows);
}
