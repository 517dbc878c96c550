import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';

/** True when the campaign's region lies in what the actor reaches through the permission: the whole of it is theirs. */
export async function holdsRegion(ctx: ActorCtx, permission: Permission, regionId: string): Promise<boolean> {
  return (await reachFor(ctx, permission)).regionIds.has(regionId);
}

/** True when the actor reaches the unit: by itself (also after it is gone, through its region). */
export async function holdsUnit(
  ctx: ActorCtx,
  permission: Permission,
  place: { readonly unitId: string; readonly regionId: string },
): Promise<boolean> {
  const { unitIds, regionIds } = await reachFor(ctx, permission);
  return unitIds.has(place.unitId) || regionIds.has(place.regionId);
}
