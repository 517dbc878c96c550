import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { findBlueprint } from '../paper/blueprint.store.server.ts';
import { takeManagedBatch } from './batch-scope.server.ts';
import { listSittingsOfBatch } from './sittings-of-batch.store.server.ts';

export interface NewSittingPage {
  readonly batchId: string;
  readonly title: string;
  readonly suggestedTitle: string;
  readonly blueprintTitle: string;
  readonly durationMinutes: number;
}

/** What the form of a new sitting begins with. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewNewSitting(
  ctx: ActorCtx,
  batchId: string,
): Promise<Outcome<NewSittingPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeManagedBatch(ctx, batchId);
  if (!taken.ok) return taken;
  const { batch } = taken.value;
  const blueprint = await findBlueprint(ctx.db, batch.blueprintCode);
  if (blueprint === null) return refused('NOT_FOUND');
  const no = (await listSittingsOfBatch(ctx.pool, batchId)).length + 1;
  return done({
    batchId,
    title: batch.title,
    suggestedTitle: `${batch.title} 第${no}场`,
    blueprintTitle: blueprint.title,
    durationMinutes: blueprint.spec.durationMinutes,
  });
}
