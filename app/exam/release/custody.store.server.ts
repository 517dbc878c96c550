import { z } from 'zod';
import { SECOND_PERSON_WAYS } from '#app/office/approval/second-person.ts';
import type { Db, Pool, Tx } from '#app/platform/db/db.server.ts';
import type { CustodyKind } from './confirmation.ts';
import { CUSTODY_KINDS } from './confirmation.ts';
import { PAPER_MODES } from './paper-mode.ts';

const requestRow = z.object({
  id: z.string(),
  sittingId: z.string(),
  kind: z.enum(CUSTODY_KINDS),
  paperMode: z.enum(PAPER_MODES).nullable(),
  setHash: z.string().nullable(),
  /** Of a release of a set that was released before: why new codes are needed. */
  reason: z.string().nullable(),
  filedBy: z.string(),
  filedByName: z.string(),
  filedAt: z.coerce.date(),
  isConfirmed: z.boolean(),
});
export type CustodyRequest = z.infer<typeof requestRow>;

/** The last request of a kind for a sitting; earlier ones no longer count. Null where nobody asked. */
export async function findLastRequest(
  db: Db | Tx,
  sittingId: string,
  kind: CustodyKind,
): Promise<CustodyRequest | null> {
  const rows = await db.$queryRaw`
    select q.id::text, q.sitting_id::text as "sittingId", q.kind, q.paper_mode as "paperMode", q.set_hash as "setHash",
      q.reason, q.filed_by::text as "filedBy", a.display_name as "filedByName", q.filed_at as "filedAt",
      exists (select 1 from exam_seal s where s.request_id = q.id)
        or exists (select 1 from exam_release r where r.request_id = q.id) as "isConfirmed"
    from exam_custody_request q join account a on a.id = q.filed_by
    where q.sitting_id = ${sittingId}::uuid and q.kind = ${kind} order by q.filed_at desc, q.id desc limit 1`;
  return z.array(requestRow).parse(rows)[0] ?? null;
}

/** Requests about sittings of a batch that nobody has confirmed, earlier ones included. */
export async function listUnconfirmed(tx: Tx, batchId: string): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select q.id::text from exam_custody_request q join exam_sitting t on t.id = q.sitting_id
    where t.batch_id = ${batchId}::uuid and not exists (select from exam_seal s where s.request_id = q.id)
      and not exists (select from exam_release r where r.request_id = q.id)`;
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

const sealRow = z.object({
  id: z.string(),
  sealNo: z.number(),
  paperMode: z.enum(PAPER_MODES),
  added: z.number(),
  paperCount: z.number(),
  setHash: z.string(),
  neighbours: z.object({
    pairs: z.number(),
    pairsAlike: z.number(),
    samePlacesWorst: z.number(),
    sharedMeanTenths: z.number(),
  }),
  filedByName: z.string().nullable(),
  confirmedByName: z.string().nullable(),
  confirmedWay: z.enum(SECOND_PERSON_WAYS).nullable(),
  confirmedScanId: z.string().nullable(),
  signerName: z.string().nullable(),
  occurredAt: z.date(),
  release: z
    .object({
      id: z.string(),
      filedByName: z.string(),
      confirmedByName: z.string(),
      confirmedWay: z.enum(SECOND_PERSON_WAYS),
      confirmedScanId: z.string().nullable(),
      signerName: z.string().nullable(),
      occurredAt: z.coerce.date(),
      /** Why the set was released once more; null for a first release. */
      reason: z.string().nullable(),
    })
    .nullable(),
});
/** One seal with both people, and its last release, if it was released. */
export type SealRecord = z.infer<typeof sealRow>;

/** Seals of a sitting, the last one first. */
export async function listSeals(pool: Pool, sittingId: string): Promise<SealRecord[]> {
  const { rows } = await pool.query({
    name: 'exam-custody-seals',
    text: `select s.id, s.seal_no as "sealNo", s.paper_mode as "paperMode", s.added, s.paper_count as "paperCount",
             s.set_hash as "setHash", s.neighbours, f.display_name as "filedByName", c.display_name as "confirmedByName",
             s.confirmed_way as "confirmedWay", s.confirmed_scan_id as "confirmedScanId", s.signer_name as "signerName",
             s.occurred_at as "occurredAt",
             (select json_build_object('id', r.id, 'filedByName', rf.display_name, 'confirmedByName', rc.display_name,
                'confirmedWay', r.confirmed_way, 'confirmedScanId', r.confirmed_scan_id, 'signerName', r.signer_name,
                'occurredAt', r.occurred_at, 'reason', (select q.reason from exam_custody_request q where q.id = r.request_id))
              from exam_release r join account rf on rf.id = r.filed_by join account rc on rc.id = r.confirmed_by
              where r.seal_id = s.id order by r.occurred_at desc, r.id desc limit 1) as release
           from exam_seal s left join account f on f.id = s.filed_by left join account c on c.id = s.confirmed_by
           where s.sitting_id = $1 order by s.seal_no desc`,
    values: [sittingId],
  });
  return z.array(sealRow).parse(rows);
}

/**
 * True for who is registered for the sitting or has ever held a ticket of it: as a candidate nobody gets its papers or their
 * codes beforehand, and who was deferred may be taken up again. @param personKey natural person (`personKeyOf`)
 */
export async function sitsThere(db: Db | Tx, sittingId: string, personKey: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    select 1 from exam_registration r where r.person_id = ${personKey}::uuid and (r.sitting_id = ${sittingId}::uuid
      or exists (select from exam_ticket t where t.registration_id = r.id and t.sitting_id = ${sittingId}::uuid))
    limit 1`;
  return rows.length > 0;
}

const countsRow = z.object({ approved: z.number(), sealed: z.number(), atStart: z.number() });
/** People who may sit; of them with a sealed paper, and with one drawn when they started. */
export type SealCounts = z.infer<typeof countsRow>;

export async function countSealed(db: Db | Tx, sittingId: string): Promise<SealCounts> {
  const rows = await db.$queryRaw`
    select count(*)::int as approved, count(q.seal_id)::int as sealed,
      count(*) filter (where q.id is not null and q.seal_id is null)::int as "atStart"
    from exam_registration r left join paper q on q.registration_id = r.id and q.attempt_no = 1
    where r.sitting_id = ${sittingId}::uuid and r.status = 'approved'`;
  return countsRow.parse(z.array(z.unknown()).parse(rows)[0]);
}

const missingRow = z.object({
  registrationId: z.string(),
  ticketNo: z.string().nullable(),
  name: z.string(),
  unitName: z.string(),
});
export type MissingPerson = z.infer<typeof missingRow>;

/** Approved people without a paper, by ticket. */
export async function listMissing(pool: Pool, sittingId: string, limit: number): Promise<MissingPerson[]> {
  const { rows } = await pool.query({
    name: 'exam-custody-missing',
    text: `select r.id as "registrationId", r.ticket_no as "ticketNo", p.name, u.name as "unitName"
           from exam_registration r join person p on p.id = r.person_id
             join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
               order by valid_from desc limit 1) u on true
           where r.sitting_id = $1 and r.status = 'approved'
             and not exists (select 1 from paper q where q.registration_id = r.id and q.attempt_no = 1)
           order by r.ticket_no limit $2`,
    values: [sittingId, limit],
  });
  return z.array(missingRow).parse(rows);
}
