import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Job } from '#app/platform/jobs/jobs.server.ts';
import { RETRY_LIMIT } from '#app/platform/jobs/jobs.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { openTasks } from '../task/open-tasks.server.ts';
import type { BatchItem, BatchRecord } from './batch.store.server.ts';
import {
  clearExpired,
  countRun,
  findBatch,
  listLostBatches,
  listWaitingItems,
  moveBatch,
  settleItem,
} from './batch.store.server.ts';
import { documentDesk } from './desk.server.ts';
import { countUnnumberedOfBatch } from './document.store.server.ts';
import { makeDocument, writeDocument } from './draw-paper.server.ts';
import type { Template } from './fill-paper.server.ts';
import { templateInUse } from './fill-paper.server.ts';
import { BATCH_LOST_SECONDS, BATCH_RUN_SECONDS } from './limits.ts';
import { batchNumberTask, batchStoppedTask } from './number-task.ts';
import { numberedCodes } from './settle-number.server.ts';

const payloadSchema = z.object({ batchId: z.uuid() });
export const BATCH_JOB = { name: 'document.batch', schema: payloadSchema } as const;
/** Papers fetched at once; between them the job looks whether it was cancelled. */
const CHUNK = 20;

/** The background job: goes on where an earlier run of the same batch was stopped. */
export function batchJob(system: Ctx): Job<z.infer<typeof payloadSchema>> {
  return {
    ...BATCH_JOB,
    expireSeconds: BATCH_RUN_SECONDS,
    run: ({ batchId }) => runBatch(system, batchId),
  };
}

/** One run of the queue. Fails, to be tried again, until the queue would give up: then the batch says that it stopped. */
async function runBatch(ctx: Ctx, batchId: string): Promise<void> {
  const runs = await countRun(ctx.pool, batchId, ctx.clock.now());
  if (runs === 0) return;
  try {
    await drawBatch(ctx, batchId);
  } catch (error) {
    if (runs > RETRY_LIMIT) await stopBatch(ctx, batchId);
    throw error;
  }
}

/** Nothing goes on by itself: who started it is told, and may continue it. */
async function stopBatch(ctx: Ctx, batchId: string): Promise<void> {
  await inTransaction(ctx, 'stop-batch', async (tx) => {
    if (!(await moveBatch(tx, batchId, ['waiting', 'drawing'], 'stopped', ctx.clock.now()))) return;
    const batch = await findBatch(ctx.pool, batchId);
    invariant(batch, 'a batch that was moved is there');
    await openTasks(tx, ctx, [batchStoppedTask(batch)]);
  });
}

/** Batches whose job was lost with its process count as stopped; called every few minutes. */
export async function stopLostBatches(ctx: Ctx): Promise<void> {
  const untouchedSince = new Date(ctx.clock.now().getTime() - BATCH_LOST_SECONDS * 1_000);
  for (const batchId of await listLostBatches(ctx.pool, untouchedSince)) await stopBatch(ctx, batchId);
}

/** Draws what waits. Idempotent: every paper is written together with its mark. The zip is made when it is fetched. */
export async function drawBatch(ctx: Ctx, batchId: string): Promise<void> {
  await moveBatch(ctx.db, batchId, ['waiting'], 'drawing', null);
  const templates = new Map<string, Template>();
  for (;;) {
    const batch = await findBatch(ctx.pool, batchId);
    if (batch?.state !== 'drawing') return;
    const items = await listWaitingItems(ctx.pool, batchId, CHUNK);
    if (items.length === 0) break;
    for (const item of items) await drawItem(ctx, batch, item, templates);
  }
  await inTransaction(ctx, 'finish-batch', async (tx) => {
    const isMoved = await moveBatch(tx, batchId, ['drawing'], 'finished', ctx.clock.now());
    if (isMoved) await openBatchTasks(tx, ctx, batchId);
  });
}

/** What a finished batch leaves to be done: the papers that were not drawn, and the numbers of those that were. */
async function openBatchTasks(tx: Tx, ctx: Ctx, batchId: string): Promise<void> {
  const batch = await findBatch(ctx.pool, batchId);
  invariant(batch, 'a batch that was drawn is there');
  if (batch.failed > 0) await openTasks(tx, ctx, [batchStoppedTask(batch)]);
  const unnumbered = await countUnnumberedOfBatch(tx, batchId, numberedCodes(ctx));
  if (unnumbered === 0) return;
  const issuer = batch.unitId === null ? 'bureau' : 'unit';
  await openTasks(tx, ctx, [batchNumberTask(batch, issuer, unnumbered)]);
}

async function drawItem(
  ctx: Ctx,
  batch: BatchRecord,
  item: BatchItem,
  templates: Map<string, Template>,
): Promise<void> {
  const paper = documentDesk(ctx).papers.get(item.paperCode);
  const settle = { batchId: batch.id, position: item.position, at: ctx.clock.now() };
  const fail = (failure: string) =>
    inTransaction(ctx, 'batch-item-failed', (tx) => settleItem(tx, { ...settle, failure }));
  if (paper === undefined) {
    await fail('这种文书已停用。');
    return;
  }
  const template =
    templates.get(paper.code) ??
    (await templateInUse(ctx.pool, paper, batch.regionId, dayOf(ctx.clock.now())));
  templates.set(paper.code, template);
  const { regionId, unitId, startedBy } = batch;
  const subject = { kind: item.subjectKind, id: item.subjectId };
  const asked = { paper, regionId, unitId, subject, title: item.title, data: item.data };
  const made = await makeDocument(ctx, { ...asked, id: item.documentId, drawnBy: startedBy }, template);
  if (!made.ok) {
    await fail(String(made.detail?.text ?? '内容过多，无法填写。'));
    return;
  }
  await inTransaction(ctx, 'batch-item', async (tx) => {
    if (await settleItem(tx, { ...settle, failure: null })) await writeDocument(tx, ctx, made.value);
  });
}

/** Closes batches after their week; called a few times a day. */
export async function purgeBatches(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, 'purge-batches', (tx) => clearExpired(tx, ctx.clock.now()));
}
