import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
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
