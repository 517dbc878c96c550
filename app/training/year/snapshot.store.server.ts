import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { DetachedSignature } from '#app/platform/secret/signing-key.server.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { Adjustment, Snapshot } from './snapshot.ts';
import type { SealableRow } from './year-list.ts';

const snapshotRow = z.object({
  closingId: z.string(),
  sealNo: z.string(),
  unitId: z.string(),
  year: z.number(),
  closedDay: z.string(),
  content: z.string(),
  contentHash: z.instanceof(Uint8Array),
  keyId: z.string(),
  protectedHeader: z.string(),
  signature: z.string(),
  confirmedByName: z.string().nullable(),
  frozenByName: z.string().nullable(),
  frozenAt: z.date(),
});
export type SnapshotRecord = z.infer<typeof snapshotRow>;

const SELECT = `select s.closing_id::text as "closingId", s.seal_no as "sealNo", s.unit_id::text as "unitId", s.year,
    s.closed_day::text as "closedDay", s.content, s.content_hash as "contentHash", s.key_id as "keyId",
    s.protected_header as "protectedHeader", s.signature, c.display_name as "confirmedByName",
    f.display_name as "frozenByName", s.occurred_at as "frozenAt"
  from year_snapshot s left join account c on c.id = s.confirmed_by left join account f on f.id = s.frozen_by`;

export async function findSnapshot(reader: Reader, sealNo: string): Promise<SnapshotRecord | null> {
  const rows = await readRows(reader, `${SELECT} where s.seal_no = $1`, [sealNo]);
  return z.array(snapshotRow).parse(rows)[0] ?? null;
}

export async function findSnapshotOf(reader: Reader, closingId: string): Promise<SnapshotRecord | null> {
  const rows = await readRows(reader, `${SELECT} where s.closing_id = $1::uuid`, [closingId]);
  return z.array(snapshotRow).parse(rows)[0] ?? null;
}

/** Who seals for a year next waits until the transaction ends, and then sees what has been sealed. */
export async function lockSealSerial(tx: Tx, year: number): Promise<void> {
  await tx.$executeRaw`
    insert into number_counter (series, next) values (${`year_seal:${year}`}, 1)
    on conflict (series) do update set next = number_counter.next`;
}

/** The next running number of a year, its counter held until the transaction ends: no gaps, no doubles. */
export async function takeSealSerial(tx: Tx, year: number): Promise<number> {
  const rows = await tx.$queryRaw`
    insert into number_counter (series, next) values (${`year_seal:${year}`}, 2)
    on conflict (series) do update set next = number_counter.next + 1 returning next - 1 as serial`;
  const [row] = z
    .array(z.object({ serial: z.number() }))
    .length(1)
    .parse(rows);
  return row?.serial ?? 1;
}

/** Keeps the signed text and the sealed figures of each person. Fails when somebody's year is sealed already. */
export async function insertSnapshot(
  tx: Tx,
  sealed: {
    readonly snapshot: Snapshot;
    readonly text: string;
    readonly signature: DetachedSignature;
    readonly rows: readonly SealableRow[];
    readonly at: Date;
  },
): Promise<void> {
  const { snapshot, text, signature, rows, at } = sealed;
  await tx.yearSnapshot.create({
    data: {
      id: newId<'YearSnapshot'>(),
      closingId: snapshot.closingId,
      sealNo: snapshot.sealNo,
      unitId: snapshot.unit.id,
      year: snapshot.year,
      closedDay: dayToDb(snapshot.closedDay),
      content: text,
      contentHash: new Uint8Array(sha256(text)),
      ...signature,
      confirmedBy: snapshot.confirmedBy,
      frozenBy: snapshot.frozenBy,
      occurredAt: at,
    },
  });
  await tx.yearSnapshotRow.createMany({
    data: rows.map((row) => ({
      id: newId<'YearSnapshotRow'>(),
      closingId: snapshot.closingId,
      personId: row.personId,
      year: snapshot.year,
      publicLawSeconds: row.seconds.public_law,
      specialisedLawSeconds: row.seconds.specialised_law,
      businessSeconds: row.seconds.business,
      skillSeconds: row.seconds.skill,
      totalSeconds: row.totalSeconds,
      conclusion: row.conclusion,
      entryIds: [...row.entryIds],
    })),
  });
}

/** People of the list whose year is sealed already, elsewhere. */
export async function listSealedAlready(
  tx: Tx,
  personIds: readonly string[],
  year: number,
): Promise<string[]> {
  const rows = await tx.yearSnapshotRow.findMany({
    where: { year, personId: { in: [...personIds] } },
    select: { personId: true },
  });
  return rows.map((row) => row.personId);
}

const adjustmentRow = z.object({
  personId: z.string(),
  entryId: z.string(),
  day: z.string(),
  title: z.string(),
  kind: z.string(),
  creditSeconds: z.number(),
  reason: z.string().nullable(),
  recordedAt: z.date(),
  recordedByName: z.string().nullable(),
  approvedByName: z.string().nullable(),
}) satisfies z.ZodType<Adjustment & { personId: string }>;

/** Entries of the closed year that are not behind the sealed figures (封账后调整), by person, oldest first. */
export async function listAdjustments(
  reader: Reader,
  closingId: string,
): Promise<z.infer<typeof adjustmentRow>[]> {
  const rows = await readRows(
    reader,
    `select e.person_id::text as "personId", e.id::text as "entryId", e.occurred_day::text as day, e.title, e.kind,
       e.credit_seconds as "creditSeconds", e.basis ->> 'reason' as reason, e.recorded_at as "recordedAt",
       m.display_name as "recordedByName", k.display_name as "approvedByName"
     from year_snapshot_row r
     join hour_entry e on e.person_id = r.person_id
       and e.occurred_day between make_date(r.year, 1, 1) and make_date(r.year, 12, 31)
       and e.id <> all(r.entry_ids)
     left join account m on m.id = e.recorded_by left join account k on k.id = e.approved_by
     where r.closing_id = $1::uuid order by e.id`,
    [closingId],
  );
  return z.array(adjustmentRow).parse(rows);
}

const sealedRow = z.object({
  personId: z.string(),
  publicLaw: z.number(),
  specialisedLaw: z.number(),
  business: z.number(),
  skill: z.number(),
  totalSeconds: z.number(),
  conclusion: z.string(),
  entryIds: z.array(z.string()),
});
export type SealedRow = z.infer<typeof sealedRow>;

/** The sealed figures of a closing, in the order of persons. */
export async function listSealedRows(reader: Reader, closingId: string): Promise<SealedRow[]> {
  const rows = await readRows(
    reader,
    `select r.person_id::text as "personId", r.public_law_seconds as "publicLaw",
       r.specialised_law_seconds as "specialisedLaw", r.business_seconds as business, r.skill_seconds as skill,
       r.total_seconds as "totalSeconds", r.conclusion, r.entry_ids::text[] as "entryIds"
     from year_snapshot_row r where r.closing_id = $1::uuid order by r.person_id`,
    [closingId],
  );
  return z.array(sealedRow).parse(rows);
}

const sumRow = z.object({ personId: z.string(), entries: z.number(), seconds: z.number() });

/** The entries behind the sealed figures as they stand in the ledger today, by person. */
export async function sumEntries(
  reader: Reader,
  closingId: string,
): Promise<Map<string, { entries: number; seconds: number }>> {
  const rows = await readRows(
    reader,
    `select r.person_id::text as "personId", count(e.id)::int as entries,
       coalesce(sum(e.credit_seconds), 0)::int as seconds
     from year_snapshot_row r left join hour_entry e on e.id = any(r.entry_ids) and e.person_id = r.person_id
     where r.closing_id = $1::uuid group by r.person_id`,
    [closingId],
  );
  return new Map(
    z
      .array(sumRow)
      .parse(rows)
      .map(({ personId, ...sum }) => [personId, sum]),
  );
}
