import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { yearOf } from '#app/platform/time/day.ts';
import type { EntryKind, HourEntry, NewEntry, SourceKind } from './entry.ts';
import { CATEGORIES } from './hours.ts';

const insertedRow = z.object({ id: z.string(), entryKey: z.string() });

/**
 * Appends entries and tells the slices above (`training.hours_recorded`, once per entry). An entry whose key is known
 * is left out: what is sent twice is written once.
 * @returns ids of what was really written, by key
 */
export async function appendHourEntries(
  tx: Tx,
  entries: readonly NewEntry[],
  now: Date,
): Promise<Map<string, string>> {
  if (entries.length === 0) return new Map();
  const rows = entries.map((entry) => ({ id: newId<'HourEntry'>(), ...entry }));
  const written = await tx.$queryRaw`
    insert into hour_entry (id, entry_key, person_id, unit_id, credit_seconds, category, occurred_day, kind,
      source_kind, source_id, title, basis, reverses_entry_id, reason_code, recorded_by, approved_by)
    select r.id, r."entryKey", r."personId", r."unitId", r."creditSeconds", r.category, r."occurredDay", r.kind,
      r."sourceKind", r."sourceId", r.title, r.basis, r."reversesEntryId", r."reasonCode", r."recordedBy", r."approvedBy"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "entryKey" text, "personId" uuid,
      "unitId" uuid, "creditSeconds" int, category text, "occurredDay" date, kind text, "sourceKind" text,
      "sourceId" text, title text, basis jsonb, "reversesEntryId" uuid, "reasonCode" text, "recordedBy" uuid,
      "approvedBy" uuid)
    on conflict (entry_key) do nothing
    returning id::text, entry_key as "entryKey"`;
  const ids = new Map(
    z
      .array(insertedRow)
      .parse(written)
      .map((row) => [row.entryKey, row.id]),
  );
  const facts = rows.filter((row) => ids.has(row.entryKey));
  await appendOutbox(
    tx,
    facts.map((row) => ({
      topic: 'training.hours_recorded',
      key: row.id,
      payload: { personId: row.personId, year: yearOf(row.occurredDay), entryId: row.id },
      occurredAt: now,
    })),
  );
  return ids;
}

const KINDS = [
  'lesson',
  'course',
  'session',
  'external',
  'exam',
  'lecture',
  'correction',
  'reversal',
] as const satisfies readonly EntryKind[];

const entryRow = z.object({
  id: z.string(),
  personId: z.string(),
  unitId: z.string(),
  creditSeconds: z.number(),
  category: z.enum(CATEGORIES),
  occurredDay: z.string(),
  kind: z.enum(KINDS),
  sourceKind: z.string(),
  sourceId: z.string(),
  title: z.string(),
  basis: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  reversesEntryId: z.string().nullable(),
  reversedById: z.string().nullable(),
  reasonCode: z.string().nullable(),
  recordedBy: z.string().nullable(),
  approvedBy: z.string().nullable(),
});

const ENTRY_COLUMNS = `
  e.id::text, e.person_id::text as "personId", e.unit_id::text as "unitId", e.credit_seconds as "creditSeconds",
  e.category, e.occurred_day::text as "occurredDay", e.kind, e.source_kind as "sourceKind", e.source_id as "sourceId",
  e.title, e.basis, e.reverses_entry_id::text as "reversesEntryId", r.id::text as "reversedById",
  e.reason_code as "reasonCode", e.recorded_by::text as "recordedBy", e.approved_by::text as "approvedBy"`;
const FROM_ENTRIES = `from hour_entry e left join hour_entry r on r.reverses_entry_id = e.id`;

/** Every entry of one person out of one thing, oldest first. */
export async function listEntriesOfSource(
  tx: Tx,
  personId: string,
  sourceKind: SourceKind,
  sourceId: string,
): Promise<HourEntry[]> {
  const rows = await tx.$queryRawUnsafe(
    `select ${ENTRY_COLUMNS} ${FROM_ENTRIES}
     where e.source_kind = $1 and e.source_id = $2 and e.person_id = $3::uuid order by e.id`,
    sourceKind,
    sourceId,
    personId,
  );
  return z.array(entryRow).parse(rows);
}

/** Every entry of one person in one calendar year, newest day first. */
export async function listEntriesOfYear(pool: Pool, personId: string, year: number): Promise<HourEntry[]> {
  const { rows } = await pool.query({
    name: 'training-entries-of-year',
    text: `select ${ENTRY_COLUMNS} ${FROM_ENTRIES}
      where e.person_id = $1 and e.occurred_day between make_date($2, 1, 1) and make_date($2, 12, 31)
      order by e.occurred_day desc, e.id desc`,
    values: [personId, year],
  });
  return z.array(entryRow).parse(rows);
}

/** Calendar years in which the person has entries, newest first. */
export async function listEntryYears(pool: Pool, personId: string): Promise<number[]> {
  const { rows } = await pool.query({
    name: 'training-entry-years',
    text: `select distinct extract(year from occurred_day)::int as year from hour_entry where person_id = $1
      order by year desc`,
    values: [personId],
  });
  return z
    .array(z.object({ year: z.number() }))
    .parse(rows)
    .map((row) => row.year);
}

export async function findEntry(tx: Pick<Tx, '$queryRawUnsafe'>, entryId: string): Promise<HourEntry | null> {
  const rows = await tx.$queryRawUnsafe(
    `select ${ENTRY_COLUMNS} ${FROM_ENTRIES} where e.id = $1::uuid`,
    entryId,
  );
  return z.array(entryRow).parse(rows)[0] ?? null;
}

/** Balance of one person out of one thing, in credit seconds. */
export async function sumCreditOfSource(
  pool: Pool,
  personId: string,
  sourceKind: SourceKind,
  sourceId: string,
): Promise<number> {
  const { rows } = await pool.query({
    name: 'training-sum-credit-of-source',
    text: `select coalesce(sum(credit_seconds), 0)::int as sum from hour_entry
      where source_kind = $1 and source_id = $2 and person_id = $3`,
    values: [sourceKind, sourceId, personId],
  });
  return z.array(z.object({ sum: z.number() })).parse(rows)[0]?.sum ?? 0;
}

/** Balance of every person out of one thing, in credit seconds. */
export async function listCreditOfSource(
  pool: Pool,
  sourceKind: SourceKind,
  sourceId: string,
): Promise<Map<string, number>> {
  const { rows } = await pool.query({
    name: 'training-list-credit-of-source',
    text: `select person_id as "personId", sum(credit_seconds)::int as sum from hour_entry
      where source_kind = $1 and source_id = $2 group by person_id`,
    values: [sourceKind, sourceId],
  });
  return new Map(
    z
      .array(z.object({ personId: z.string(), sum: z.number() }))
      .parse(rows)
      .map((row) => [row.personId, row.sum]),
  );
}
