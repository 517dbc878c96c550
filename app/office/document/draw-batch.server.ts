import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { settleTasks } from '../task/open-tasks.server.ts';
import type { BatchRecord } from './batch.store.server.ts';
import { beginRound, findBatch, insertBatch, moveBatch } from './batch.store.server.ts';
import { documentDesk } from './desk.server.ts';
import { cleanData } from './document.ts';
import { BATCH_KEPT_DAYS, MAX_BATCH_ITEMS } from './limits.ts';
import { stoppedTaskKey } from './number-task.ts';
import type { PaperData, PaperKind } from './paper.ts';
import { mayIssue } from './paper-reach.server.ts';
import { BATCH_JOB } from './run-batch.server.ts';

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

const startedShape = z.object({ batchId: z.string() });
const DAY_MS = 86_400_000;

const expiryOf = (now: Date): Date => new Date(now.getTime() + BATCH_KEPT_DAYS * DAY_MS);

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
        expiresAt: expiryOf(now),
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

/**
 * Goes on with a batch that stopped, or that left papers out: only those are drawn, what is drawn stays. Of two presses
 * one wins. Refusals: NOT_FOUND (others' batches), FORBIDDEN (the right to draw there was lost), BATCH_NOTHING_LEFT.
 */
export async function continueBatch(
  ctx: ActorCtx,
  batchId: string,
): Promise<Outcome<null, 'NOT_FOUND' | 'FORBIDDEN' | 'BATCH_NOTHING_LEFT'>> {
  const batch = await findOwnBatch(ctx, batchId);
  if (batch === null) return refused('NOT_FOUND');
  if (!(await mayIssue(ctx, batch.unitId === null ? 'bureau' : 'unit', batch))) return refused('FORBIDDEN');
  const { jobs } = documentDesk(ctx);
  const now = ctx.clock.now();
  return inTransaction<null, 'BATCH_NOTHING_LEFT'>(ctx, 'continue-batch', async (tx, refuse) => {
    const round = await beginRound(tx, batch.id, { now, expiresAt: expiryOf(now) });
    if (round === null) return refuse('BATCH_NOTHING_LEFT');
    const keys = [stoppedTaskKey({ id: batch.id, round: round - 1 })];
    await settleTasks(tx, ctx, { kind: 'document.batch', keys, outcome: 'done' });
    await appendAudit(tx, ctx, {
      action: 'document.batch_continue',
      subjectKind: 'document_batch',
      subjectId: batch.id,
      regionId: batch.regionId,
      unitId: batch.unitId,
      detail: { round },
    });
    await jobs.enqueue(tx, BATCH_JOB, { batchId: batch.id });
    return null;
  });
}

/** Last day on which the zip can be had. */
export const lastDayOf = (batch: Pick<BatchRecord, 'expiresAt'>) => addDays(dayOf(batch.expiresAt), -1);
