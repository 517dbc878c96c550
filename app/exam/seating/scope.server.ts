import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { findSeatingSitting } from './seating.store.server.ts';

export interface TakenSitting {
  readonly sitting: SeatingSitting;
  readonly tree: OrgTree;
}

/** A sitting of the bureau's regions. Refusals: FORBIDDEN; NOT_FOUND (also outside the reach). */
export async function takeSitting(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<TakenSitting, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'exam.manage');
  const sitting = await findSeatingSitting(ctx.pool, sittingId);
  return sitting && regionIds.has(sitting.regionId) ? done({ sitting, tree }) : refused('NOT_FOUND');
}
