import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';

interface Placed {
  readonly unitId: string;
  readonly regionId: string;
}

/** A test whether the actor reaches a unit's record through one permission. Asked once per command or view. */
export async function scopeFor(ctx: ActorCtx, permission: Permission): Promise<(record: Placed) => boolean> {
  const reach = await reachFor(ctx, permission);
  return ({ unitId, regionId }) => reach.unitIds.has(unitId) || reach.regionIds.has(regionId);
}
