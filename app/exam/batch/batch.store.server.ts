import { z } from 'zod';
import type { Reader } from '#app/organization/person/rows.store.server.ts';
import { readRows } from '#app/organization/person/rows.store.server.ts';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { BatchStatus, BatchWindows } from './batch.ts';
import { BATCH_STATUSES } from './batch.ts';

const batchRow = z.object({
  id: z.string(),
  regionId: z.string(),
  year: z.number(),
  no: z.number(),
  title: z.string(),
  blueprintCode: z.string(),
  campaignId: z.string().nullable(),
  registerFrom: z.date(),
  registerUntil: z.date(),
  lateUntil: z.date().nullable(),
  withdrawUntil: z.date(),
  preconditionCourse: z.string().nullable(),
  status: z.enum(BATCH_STATUSES),
  version: z.number(),
});
export type Batch = z.infer<typeof batchRow>;

const COLUMNS = `b.id::text, b.region_id::text as "regionId", b.year, b.no, b.title, b.blueprint_code as "blueprintCode",
  b.campaign_id::text as "campaignId", b.register_from as "registerFrom", b.register_until as "registerUntil",
  b.late_until as "lateUntil", b.withdraw_until as "withdrawUntil", b.precondition_course as "preconditionCourse",
  b.status, b.version`;

export async function findBatch(reader: Reader, batchId: string): Promise<Batch | null> {
  const rows = await readRows(reader, `select ${COLUMNS} from exam_batch b where b.id = $1::uuid`, [batchId]);
  return z.array(batchRow).parse(rows)[0] ?? null;
}

export async function findBatchOfCampaign(reader: Reader, campaignId: string): Promise<Batch | null> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS} from exam_batch b where b.campaign_id = $1::uuid order by b.created_at desc limit 1`,
    [campaignId],
  );
  return z.array(batchRow).parse(rows)[0] ?? null;
}

/** `share` for acts on single registrations, `update` for steps of the whole batch: a step sees every act before it. */
export async function lockBatch(tx: Tx, batchId: string, mode: 'share' | 'update'): Promise<Batch | null> {
  const rows = await readRows(
    tx,
    `select ${COLUMNS} from exam_batch b where b.id = $1::uuid for ${mode === 'share' ? 'share' : 'update'}`,
    [batchId],
  );
  return z.array(batchRow).parse(rows)[0] ?? null;
}

const batchLine = batchRow.extend({
  sittings: z.number(),
  registered: z.number(),
  waiting: z.number(),
  approved: z.number(),
  total: z.number(),
});
export type BatchLine = z.infer<typeof batchLine>;

export interface BatchQuery {
  readonly regionIds: readonly string[];
  readonly text: string;
  readonly status: string | null;
  readonly limit: number;
  readonly offset: number;
}

/** Batches of these regions, the newest first, with their figures. `total`: how many match. */
export async function listBatches(reader: Reader, query: BatchQuery): Promise<BatchLine[]> {
  const rows = await readRows(
    reader,
    `select ${COLUMNS}, (select count(*)::int from exam_sitting s where s.batch_id = b.id) as sittings,
       f.registered, f.waiting, f.approved, count(*) over ()::int as total
     from exam_batch b left join lateral (
       select count(*) filter (where r.status <> 'withdrawn')::int as registered,
         count(*) filter (where r.status in ('registered', 'first_checked'))::int as waiting,
         count(*) filter (where r.status = 'approved')::int as approved
       from exam_registration r where r.batch_id = b.id) f on true
     where b.region_id = any($1::uuid[]) and ($2 = '' or strpos(b.title, $2) > 0) and ($3::text is null or b.status = $3)
     order by b.register_from desc, b.id limit $4 offset $5`,
    [[...query.regionIds], query.text, query.status, query.limit, query.offset],
  );
  return z.array(batchLine).parse(rows);
}

export interface NewBatch extends BatchWindows {
  readonly id: string;
  readonly regionId: string;
  readonly year: number;
  readonly title: string;
  readonly blueprintCode: string;
  readonly preconditionCourse: string | null;
}

const MOST_BATCHES = 99;
const noRow = z.object({ no: z.number() });

/**
 * Writes a draft with the next number of its region and year; the region's row is locked for it, so that two at once get
 * two numbers. @returns the number; null when the year has no number left
 */
export async function insertBatch(
  tx: Tx,
  batch: NewBatch,
  deed: { readonly actorId: string | null; readonly at: Date },
): Promise<number | null> {
  await tx.$executeRaw`select 1 from region where id = ${batch.regionId}::uuid for update`;
  const rows = await tx.$queryRaw`
    select coalesce(max(no), 0) + 1 as no from exam_batch
    where region_id = ${batch.regionId}::uuid and year = ${batch.year}`;
  const no = z.array(noRow).parse(rows)[0]?.no ?? 1;
  if (no > MOST_BATCHES) return null;
  await tx.examBatch.create({
    data: { ...batch, no, status: 'draft', createdBy: deed.actorId, createdAt: deed.at },
  });
  return no;
}

const movedRow = z.object({ id: z.string(), year: z.number(), no: z.number() });

/** The number itself where it is free in a region and year, else the lowest that is. */
async function freeNo(tx: Tx, regionId: string, { year, no }: z.infer<typeof movedRow>): Promise<number> {
  const rows = await tx.$queryRaw`
    select n::int as no from generate_series(1, ${MOST_BATCHES}::int) n
    where not exists (select from exam_batch b
      where b.region_id = ${regionId}::uuid and b.year = ${year} and b.no = n)
    order by n <> ${no}, n limit 1`;
  const [free] = z.array(noRow).parse(rows);
  invariant(free, 'a region calls fewer batches a year than there are numbers');
  return free.no;
}

/**
 * Batches of a region that ended belong to its successor. The number begins the tickets that are still to be given, so it
 * is free there; titles and tickets in people's hands stay as they are printed.
 * @returns how many were moved
 */
export async function moveBatches(
  tx: Tx,
  move: {
    readonly from: string;
    readonly to: string;
    readonly actorId: string | null;
    readonly at: Date;
  },
): Promise<number> {
  const { from, to, actorId, at } = move;
  await tx.$executeRaw`select 1 from region where id = ${to}::uuid for update`;
  const rows = await tx.$queryRaw`
    select id::text, year, no from exam_batch where region_id = ${from}::uuid order by year, no for update`;
  const batches = z.array(movedRow).parse(rows);
  for (const batch of batches) {
    const no = await freeNo(tx, to, batch);
    const data = { regionId: to, no, version: { increment: 1 } };
    await tx.examBatch.update({ where: { id: batch.id }, data });
    const detail = { from, to, before: batch.no, no };
    await appendBatchEvent(tx, { batchId: batch.id, kind: 'region_followed', detail, actorId, at });
  }
  return batches.length;
}

/** @returns false when somebody was faster */
export async function updateBatch(
  tx: Tx,
  batch: Pick<Batch, 'id' | 'version'>,
  change: Partial<BatchWindows> & { readonly status?: BatchStatus; readonly campaignId?: string },
): Promise<boolean> {
  const changed = await tx.examBatch.updateMany({
    where: { id: batch.id, version: batch.version },
    data: { ...change, version: { increment: 1 } },
  });
  return changed.count === 1;
}

export async function appendBatchEvent(
  tx: Tx,
  event: {
    readonly batchId: string;
    readonly kind: string;
    readonly note?: string | null;
    readonly detail?: JsonInput;
    readonly actorId: string | null;
    readonly at: Date;
  },
): Promise<void> {
  const { batchId, kind, note = null, detail = {}, actorId, at } = event;
  await tx.examBatchEvent.create({
    data: { id: newId<'ExamBatchEvent'>(), batchId, kind, note, detail, actorId, occurredAt: at },
  });
}

const eventRow = z.object({
  id: z.string(),
  kind: z.string(),
  note: z.string().nullable(),
  byName: z.string().nullable(),
  at: z.date(),
});
export type BatchEvent = z.infer<typeof eventRow>;

export async function listBatchEvents(reader: Reader, batchId: string): Promise<BatchEvent[]> {
  const rows = await readRows(
    reader,
    `select e.id::text, e.kind, e.note, a.display_name as "byName", e.occurred_at as at
     from exam_batch_event e left join account a on a.id = e.actor_id
     where e.batch_id = $1::uuid order by e.occurred_at desc, e.id desc`,
    [batchId],
  );
  return z.array(eventRow).parse(rows);
}

const countRow = z.object({ count: z.number() });

/** The sittings of the batch, in the order of their ids: whoever is starting comes before, nobody after. */
export async function lockSittings(tx: Tx, batchId: string): Promise<void> {
  await tx.$executeRaw`
    select 1 from exam_sitting where batch_id = ${batchId}::uuid order by id for update`;
}

/** Attempts in sittings of the batch that are not void. */
export async function countAttempts(tx: Tx, batchId: string): Promise<number> {
  const rows = await tx.$queryRaw`
    select count(*)::int as count from attempt a join exam_registration r on r.id = a.registration_id
    where r.batch_id = ${batchId}::uuid and a.state <> 'void'`;
  return z.array(countRow).parse(rows)[0]?.count ?? 0;
}

/** Sittings of a cancelled batch are not held. */
export async function cancelSittings(tx: Tx, batchId: string): Promise<void> {
  await tx.examSitting.updateMany({
    where: { batchId, status: { not: 'cancelled' } },
    data: { status: 'cancelled', version: { increment: 1 } },
  });
}
