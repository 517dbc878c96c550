import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { BatchRecord } from './batch.store.server.ts';
import { listFailures, loadBatchFile } from './batch.store.server.ts';
import { fileNameOf } from './document.ts';
import type { ServedFile } from './document-view.server.ts';
import { findOwnBatch, lastDayOf } from './draw-batch.server.ts';

export interface BatchPage {
  readonly batch: BatchRecord;
  readonly failures: readonly { readonly title: string; readonly failure: string }[];
  /** Last day on which the zip can be had. */
  readonly lastDay: Day;
  readonly now: Date;
}

/** One's own batch with what could not be drawn. Refusal: NOT_FOUND (also for others' batches). */
export async function batchView(ctx: ActorCtx, batchId: string): Promise<Outcome<BatchPage, 'NOT_FOUND'>> {
  const batch = await findOwnBatch(ctx, batchId);
  if (batch === null) return refused('NOT_FOUND');
  const failures = batch.failed > 0 ? await listFailures(ctx.pool, batch.id) : [];
  return done({ batch, failures, lastDay: lastDayOf(batch), now: ctx.clock.now() });
}

/** The zip of one's own batch. Refusal: NOT_FOUND (also while it is drawn, and after its week). */
export async function batchFile(ctx: ActorCtx, batchId: string): Promise<Outcome<ServedFile, 'NOT_FOUND'>> {
  const batch = await findOwnBatch(ctx, batchId);
  if (batch?.state !== 'finished' || batch.expiresAt <= ctx.clock.now()) return refused('NOT_FOUND');
  const bytes = await loadBatchFile(ctx.pool, batch.id);
  if (bytes === null) return refused('NOT_FOUND');
  return done({ fileName: fileNameOf(batch.title, 'zip'), type: 'application/zip', bytes });
}
