import { z } from 'zod';
import type { Db, Pool, Tx } from '#app/platform/db/db.server.ts';
import type { PaperData } from './paper.ts';
import { paperDataSchema } from './document.store.server.ts';

export const BATCH_STATES = ['waiting', 'drawing', 'finished', 'cancelled', 'stopped', 'expired'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

const batchRow = z.object({
  id: z.string(),
  title: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  regionId: z.string(),
  unitId: z.string().nullable(),
  state: z.enum(BATCH_STATES),
  total: z.number(),
  drawn: z.number(),
  failed: z.number(),
  round: z.number(),
  runs: z.number(),
  startedBy: z.string(),
  startedAt: z.date(),
  finishedAt: z.date().nullable(),
  expiresAt: z.date(),
});
export type BatchRecord = z.infer<typeof batchRow>;

const COLUMNS = `id::text, title, subject_kind as "subjectKind", subject_id as "subjectId",
  region_id::text as "regionId", unit_id::text as "unitId", state, total, drawn, failed, round, runs,
  started_by::text as "startedBy", started_at as "startedAt", finished_at as "finishedAt", expires_at as "expiresAt"`;

export async function findBatch(pool: Pool, batchId: string): Promise<BatchRecord | null> {
  const { rows } = await pool.query({
    name: 'document-batch',
    text: `select ${COLUMNS} from document_batch where id = $1`,
    values: [batchId],
  });
  return z.array(batchRow).parse(rows)[0] ?? null;
}

/** A person's own batches of late, newest first. */
export async function listOwnBatches(pool: Pool, accountId: string): Promise<BatchRecord[]> {
  const { rows } = await pool.query({
    name: 'document-batches-own',
    text: `select ${COLUMNS} from document_batch where started_by = $1 order by started_at desc limit 10`,
    values: [accountId],
  });
  return z.array(batchRow).parse(rows);
}

export interface NewBatchItem {
  readonly documentId: string;
  readonly paperCode: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly title: string;
  /** Folder inside the zip; empty for its root. */
  readonly folder: string;
  readonly data: PaperData;
}

export interface NewBatch {
  readonly id: string;
  readonly title: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly regionId: string;
  readonly unitId: string | null;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  readonly items: readonly NewBatchItem[];
}

export async function insertBatch(tx: Tx, batch: NewBatch): Promise<void> {
  const { items, subject, ...rest } = batch;
  await tx.documentBatch.create({
    data: {
      ...rest,
      subjectKind: subject.kind,
      subjectId: subject.id,
      state: 'waiting',
      touchedAt: rest.startedAt,
      total: items.length,
    },
  });
  await tx.documentBatchItem.createMany({
    data: items.map(({ subject: of, data, ...item }, position) => ({
      batchId: batch.id,
      position,
      ...item,
      subjectKind: of.kind,
      subjectId: of.id,
      state: 'waiting',
      // Json columns take plain records; ours are read-only by type only.
      data: {
        values: { ...data.values },
        rows: Object.fromEntries(
          Object.entries(data.rows ?? {}).map(([list, rows]) => [list, rows.map((row) => ({ ...row }))]),
        ),
      },
    })),
  });
}

const itemRow = z.object({
  position: z.number(),
  documentId: z.string(),
  paperCode: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  title: z.string(),
  folder: z.string(),
  data: paperDataSchema,
});
export type BatchItem = z.infer<typeof itemRow>;

/** The next papers that wait, in order. */
export async function listWaitingItems(pool: Pool, batchId: string, limit: number): Promise<BatchItem[]> {
  const { rows } = await pool.query({
    name: 'document-batch-waiting',
    text: `select position, document_id::text as "documentId", paper_code as "paperCode",
             subject_kind as "subjectKind", subject_id as "subjectId", title, folder, data
           from document_batch_item where batch_id = $1 and state = 'waiting' order by position limit $2`,
    values: [batchId, limit],
  });
  return z.array(itemRow).parse(rows);
}

/** Marks one paper and counts it; false when another run of the job was faster. */
export async function settleItem(
  tx: Tx,
  item: {
    readonly batchId: string;
    readonly position: number;
    readonly failure: string | null;
    readonly at: Date;
  },
): Promise<boolean> {
  const state = item.failure === null ? 'drawn' : 'failed';
  const count = await tx.$executeRaw`
    update document_batch_item set state = ${state}, failure = ${item.failure},
      data = case when ${item.failure}::text is null then null else data end
    where batch_id = ${item.batchId}::uuid and position = ${item.position} and state = 'waiting'`;
  if (count === 0) return false;
  await tx.$executeRaw`
    update document_batch set drawn = drawn + ${item.failure === null ? 1 : 0},
      failed = failed + ${item.failure === null ? 0 : 1}, touched_at = ${item.at} where id = ${item.batchId}::uuid`;
  return true;
}

/** Begins a run of the background job. @returns how many there were in this round, this one included */
export async function countRun(pool: Pool, batchId: string, now: Date): Promise<number> {
  const { rows } = await pool.query({
    name: 'document-batch-run',
    text: `update document_batch set runs = runs + 1, touched_at = $2,
             state = case when state = 'waiting' then 'drawing' else state end
           where id = $1 and state in ('waiting', 'drawing') returning runs`,
    values: [batchId, now],
  });
  return z.array(z.object({ runs: z.number() })).parse(rows)[0]?.runs ?? 0;
}

/**
 * Lets what was left out wait once more, in a new round: the papers that failed, and those a stopped batch never came
 * to. What is drawn stays. @returns the new round, null when there is nothing to go on with
 */
export async function beginRound(
  tx: Tx,
  batchId: string,
  at: { readonly now: Date; readonly expiresAt: Date },
): Promise<number | null> {
  const rows = await tx.$queryRaw`
    update document_batch set state = 'waiting', round = round + 1, runs = 0, failed = 0, finished_at = null,
      touched_at = ${at.now}, expires_at = ${at.expiresAt}
    where id = ${batchId}::uuid and (state = 'stopped' or (state = 'finished' and failed > 0)) returning round`;
  const round = z.array(z.object({ round: z.number() })).parse(rows)[0]?.round ?? null;
  if (round !== null)
    await tx.$executeRaw`update document_batch_item set state = 'waiting', failure = null
      where batch_id = ${batchId}::uuid and state = 'failed' and data is not null`;
  return round;
}

/** Batches nobody works on any more: their job was lost with its process. */
export async function listLostBatches(pool: Pool, untouchedSince: Date): Promise<string[]> {
  const { rows } = await pool.query({
    name: 'document-batches-lost',
    text: `select id::text from document_batch where state in ('waiting', 'drawing') and touched_at < $1 limit 100`,
    values: [untouchedSince],
  });
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

/** The batch a document was drawn in, its row held; null for a document drawn alone. */
export async function lockBatchOf(tx: Tx, documentId: string): Promise<string | null> {
  const rows = await tx.$queryRaw`
    select b.id::text from document_batch b join document_batch_item i on i.batch_id = b.id
    where i.document_id = ${documentId}::uuid for update of b`;
  return z.array(z.object({ id: z.string() })).parse(rows)[0]?.id ?? null;
}

/** Only from these states. @returns false when it stood elsewhere */
export async function moveBatch(
  db: Db | Tx,
  batchId: string,
  from: readonly BatchState[],
  to: BatchState,
  finishedAt: Date | null,
): Promise<boolean> {
  const { count } = await db.documentBatch.updateMany({
    where: { id: batchId, state: { in: [...from] } },
    data: { state: to, ...(finishedAt === null ? {} : { finishedAt }) },
  });
  return count === 1;
}

const drawnRow = z.object({
  documentId: z.string(),
  paperCode: z.string(),
  title: z.string(),
  folder: z.string(),
  format: z.enum(['docx', 'xlsx', 'pdf']),
  drawnAt: z.date(),
});
export type DrawnItem = z.infer<typeof drawnRow>;

/** The drawn papers of a batch in their order, without their files. */
export async function listDrawn(pool: Pool, batchId: string): Promise<DrawnItem[]> {
  const { rows } = await pool.query({
    name: 'document-batch-drawn',
    text: `select i.document_id::text as "documentId", i.paper_code as "paperCode", i.title, i.folder, d.format,
             d.drawn_at as "drawnAt"
           from document_batch_item i join document d on d.id = i.document_id
           where i.batch_id = $1 and i.state = 'drawn' order by i.position`,
    values: [batchId],
  });
  return z.array(drawnRow).parse(rows);
}

const drawnCountRow = z.object({ paperCode: z.string(), drawn: z.number() });

/** How many papers of each kind a batch has drawn. */
export async function countDrawn(pool: Pool, batchId: string): Promise<z.infer<typeof drawnCountRow>[]> {
  const { rows } = await pool.query({
    name: 'document-batch-drawn-count',
    text: `select paper_code as "paperCode", count(*)::int as drawn from document_batch_item
           where batch_id = $1 and state = 'drawn' group by paper_code`,
    values: [batchId],
  });
  return z.array(drawnCountRow).parse(rows);
}

/** The newest file of each of these documents: with its number once it has one. */
export async function loadDrawnFiles(
  pool: Pool,
  documentIds: readonly string[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { rows } = await pool.query({
    name: 'document-drawn-files',
    text: `select distinct on (document_id) document_id::text as id, bytes from document_file
           where document_id = any($1::uuid[]) order by document_id, seq desc`,
    values: [documentIds],
  });
  const files = z.array(z.object({ id: z.string(), bytes: z.instanceof(Uint8Array) })).parse(rows);
  return new Map(files.map(({ id, bytes }) => [id, bytes]));
}

export async function listFailures(
  pool: Pool,
  batchId: string,
): Promise<{ title: string; failure: string }[]> {
  const { rows } = await pool.query({
    name: 'document-batch-failures',
    text: `select title, failure from document_batch_item where batch_id = $1 and state = 'failed'
           order by position limit 50`,
    values: [batchId],
  });
  return z.array(z.object({ title: z.string(), failure: z.string() })).parse(rows);
}

/** After their week batches are closed: no zip is made of them, what was to be drawn is cleared. The documents stay. */
export async function clearExpired(tx: Tx, now: Date): Promise<number> {
  await tx.$executeRaw`update document_batch_item i set data = null from document_batch b
    where b.id = i.batch_id and b.expires_at <= ${now} and i.data is not null`;
  return tx.$executeRaw`update document_batch set state = 'expired'
    where expires_at <= ${now} and state <> 'expired'`;
}
