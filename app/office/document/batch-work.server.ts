import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { BackgroundWork } from '../task/background-work.server.ts';
import { listOwnBatches } from './batch.store.server.ts';
import { batchPath } from './paths.ts';
import { BATCH_STATE_LABELS } from './ui/batch-words.ts';

/** One's own batches as background work, until their zip is gone. */
export async function listOwnBatchWork(ctx: ActorCtx): Promise<readonly BackgroundWork[]> {
  const batches = await listOwnBatches(ctx.pool, ctx.actorId);
  return batches
    .filter(({ state }) => state !== 'expired')
    .map(({ id, title, state, drawn, failed, total, startedAt }) => ({
      id,
      title,
      state: `${BATCH_STATE_LABELS[state]} ${drawn}/${total} 份${failed > 0 ? `，${failed} 份没有出具` : ''}`,
      isRunning: state === 'waiting' || state === 'drawing',
      path: batchPath(id),
      startedAt,
    }));
}
