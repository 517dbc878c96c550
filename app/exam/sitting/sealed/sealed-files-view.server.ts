import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { SealedReceipt } from './sealed.store.server.ts';
import { listSealedFiles } from './sealed.store.server.ts';

/** A hall whose network never came back fits; older ones are found in the audit. */
const SHOWN = 200;

/** The sealed files received in the actor's regions, newest first. Refuses FORBIDDEN. */
export async function viewSealedFiles(
  ctx: ActorCtx,
): Promise<Outcome<readonly SealedReceipt[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.receive_sealed')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.receive_sealed');
  return done(await listSealedFiles(ctx.pool, { regionIds: [...regionIds], limit: SHOWN }));
}
