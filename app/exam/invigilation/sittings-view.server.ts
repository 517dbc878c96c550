import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { InvigilatedSitting } from './sittings.store.server.ts';
import { listInvigilated } from './sittings.store.server.ts';

/** A sitting stays on the list this long after its hard end: records are written afterwards. */
const AFTERWARDS_MS = 24 * 3_600_000;

/** Sittings this person watches. Refuses FORBIDDEN. */
export async function viewInvigilated(
  ctx: ActorCtx,
): Promise<Outcome<readonly InvigilatedSitting[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.invigilate')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.manage');
  return done(
    await listInvigilated(ctx.pool, {
      regionIds: [...regionIds],
      accountId: ctx.actorId,
      endedAfter: new Date(ctx.clock.now().getTime() - AFTERWARDS_MS),
    }),
  );
}
