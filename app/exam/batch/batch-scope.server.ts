import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Batch } from './batch.store.server.ts';
import { findBatch } from './batch.store.server.ts';

/** A batch of the bureau's own regions. Refusals: FORBIDDEN, NOT_FOUND (also outside the reach). */
export async function takeManagedBatch(
  ctx: ActorCtx,
  batchId: string,
): Promise<Outcome<{ batch: Batch; tree: OrgTree }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'exam.manage');
  const batch = await findBatch(ctx.pool, batchId);
  return batch !== null && regionIds.has(batch.regionId) ? done({ batch, tree }) : refused('NOT_FOUND');
}
