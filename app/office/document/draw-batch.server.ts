import { zipSync } from 'fflate';
import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Job } from '#app/platform/jobs/jobs.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import type { BatchItem, BatchRecord } from './batch.store.server.ts';
import {
  clearExpired,
  findBatch,
  insertBatch,
  listDrawnFiles,
  listWaitingItems,
  moveBatch,
  putBatchFile,
  settleItem,
} from './batch.store.server.ts';
import { documentDesk } from './desk.server.ts';
import { cleanData, fileNameOf } from './document.ts';
import { makeDocument, writeDocument } from './draw-paper.server.ts';
import type { Template } from './fill-paper.server.ts';
import { templateInUse } from './fill-paper.server.ts';
import { BATCH_KEPT_DAYS, BATCH_RUN_SECONDS, MAX_BATCH_ITEMS } from './limits.ts';
import type { PaperData, PaperKind } from './paper.ts';
import { mayIssue } from './paper-reach.server.ts';

export interface BatchInput {
  readonly title: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly regionId: string;
  readonly unitId?: string | null | undefined;
  readonly items: readonly {
    readonly paper: PaperKind;
    readonly subject: { readonly kind: string; readonly id: string };
    readonly title: string;
    readonly folder?: string | undefined;
    readonly data: PaperData;
  }[];
  readonly commandId: string;
}

export type BatchRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'BATCH_EMPTY' | 'BATCH_TOO_LARGE' | 'COMMAND_REUSED';

const payloadSchema = z.object({ batchId: z.uuid() });
const startedShape = z.object({ batchId: z.string() });
const BATCH_JOB = { name: 'document.batch', schema: payloadSchema } as const;
const DAY_MS = 86_400_000;
/** Papers fetched at once; between them the job looks whether it was cancelled. */
const CHUNK = 20;

/**
 * Has many papers drawn in the background into one zip, found again on the documents page for a week. Sent twice it
 * starts once. Refusals: NOT_FOUND (outside the reach), BATCH_EMPTY, BATCH_TOO_LARGE, COMMAND_REUSED.
 */
export async function startBatch(
  ctx: ActorCtx,
  input: BatchInput,
): Promise<Outcome<{ batchId: string }, BatchRefusal>> {
  const place = { regionId: input.regionId, unitId: input.unitId ?? null };
  for (const issuer of new Set(input.items.map(({ paper }) => paper.issuer)))
    if (!(await mayIssue(ctx, issuer, place))) return refused('NOT_FOUND');
  if (input.items.length === 0) return refused('BATCH_EMPTY');
  if (input.items.length > MAX_BATCH_ITEMS) return refused('BATCH_TOO_LARGE', { most: MAX_BATCH_ITEMS });
  const { jobs } = documentDesk(ctx);
  const now = ctx.clock.now();
  const key = {
    actorId: ctx.actorId,
    commandId: input.commandId,
    kind: 'document.batch',
    input: { title: input.title, subject: input.subject },
  };
  return inTransaction<{ batchId: string }, BatchRefusal>(ctx, 'start-batch', (tx, refuse) =>
    withReceipt(tx, key, startedShape, refuse, async () => {
      const id = newId<'DocumentBatch'>();
      await insertBatch(tx, {
        id,
        title: input.title.slice(0, 120),
        subject: input.subject,
        ...place,
        startedBy: ctx.actorId,
        startedAt: now,
        expiresAt: new Date(now.getTime() + BATCH_KEPT_DAYS * DAY_MS),
        items: input.items.map(({ paper, folder = '', data, ...item }) => ({
          ...item,
          folder,
          paperCode: paper.code,
          documentId: newId<'Document'>(),
          data: cleanData(data),
        })),
      });
      await appendAudit(tx, ctx, {
        action: 'document.batch',
        subjectKind: 'document_batch',
        subjectId: id,
        ...place,
        detail: { papers: input.items.length },
      });
      await jobs.enqueue(tx, BATCH_JOB, { batchId: id });
      return { batchId: id };
    }),
  );
}

/** A batch of one's own; others' do not exist. */
export async function findOwnBatch(ctx: ActorCtx, batchId: string): Promise<BatchRecord | null> {
  const batch = await findBatch(ctx.pool, batchId);
  return batch?.startedBy === ctx.actorId ? batch : null;
}

/** Stops drawing after the paper under way; what is drawn stays. Refusals: NOT_FOUND, BATCH_OVER. */
export async function cancelBatch(
  ctx: ActorCtx,
  batchId: string,
): Promise<Outcome<null, 'NOT_FOUND' | 'BATCH_OVER'>> {
  const batch = await findOwnBatch(ctx, batchId);
  if (batch === null) return refused('NOT_FOUND');
  const isMoved = await moveBatch(ctx.db, batch.id, ['waiting', 'drawing'], 'cancelled', ctx.clock.now());
  return isMoved ? done(null) : refused('BATCH_OVER');
}

/** The background job: goes on where an earlier run of the same batch was stopped. */
export function batchJob(system: Ctx): Job<z.infer<typeof payloadSchema>> {
  return {
    ...BATCH_JOB,
    expireSeconds: BATCH_RUN_SECONDS,
    run: ({ batchId }) => drawBatch(system, batchId),
  };
}

/** Draws what waits, then packs the zip. Idempotent: every paper is written together with its mark. */
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
  const zip = packZip(await listDrawnFiles(ctx.pool, batchId));
  await inTransaction(ctx, 'finish-batch', async (tx) => {
    const isMoved = await moveBatch(tx, batchId, ['drawing'], 'finished', ctx.clock.now());
    if (isMoved) await putBatchFile(tx, batchId, zip);
  });
}

async function drawItem(
  ctx: Ctx,
  batch: BatchRecord,
  item: BatchItem,
  templates: Map<string, Template>,
): Promise<void> {
  const paper = documentDesk(ctx).papers.get(item.paperCode);
  const settle = { batchId: batch.id, position: item.position };
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

/** Names inside the zip are told apart by a number; files are packed already, so they are stored. */
export function packZip(
  files: readonly {
    readonly title: string;
    readonly folder: string;
    readonly format: string;
    readonly bytes: Uint8Array;
  }[],
): Uint8Array {
  const named: Record<string, Uint8Array> = {};
  for (const { title, folder, format, bytes } of files) {
    const place = folder === '' ? '' : `${fileNameOf(folder, '').replace(/\.$/, '')}/`;
    let path = `${place}${fileNameOf(title, format)}`;
    for (let copy = 2; Object.hasOwn(named, path); copy += 1)
      path = `${place}${fileNameOf(`${title}（${copy}）`, format)}`;
    named[path] = bytes;
  }
  return zipSync(named, { level: 0 });
}

/** Clears zips after their week; called a few times a day. */
export async function purgeBatches(ctx: Ctx): Promise<void> {
  await inTransaction(ctx, 'purge-batches', (tx) => clearExpired(tx, ctx.clock.now()));
}

/** Last day on which the zip can be had. */
export const lastDayOf = (batch: Pick<BatchRecord, 'expiresAt'>) => addDays(dayOf(batch.expiresAt), -1);
