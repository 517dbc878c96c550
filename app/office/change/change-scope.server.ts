import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { ChangePlan } from '#app/organization/change/change-plan.ts';
import { subjectsOf } from '#app/organization/change/change-plan.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';

/** Region of a unit or region of today's tree; null when there is no such place. */
function regionOf(tree: OrgTree, placeId: string): string | null {
  return tree.units.get(placeId)?.regionId ?? (tree.regions.has(placeId) ? placeId : null);
}

/**
 * The region an act belongs to: the nearest one above everything it touches, reached by the actor. Null when something
 * lies outside the reach: then the act is nobody's business here.
 */
export async function regionOfPlan(
  ctx: ActorCtx,
  plan: ChangePlan,
  permission: Permission,
): Promise<string | null> {
  const { tree, unitIds, regionIds } = await reachFor(ctx, permission);
  const { changed, used } = subjectsOf(plan);
  const places = [...changed, ...used];
  if (places.some((id) => !unitIds.has(id) && !regionIds.has(id))) return null;
  const lines = places.map((id) => {
    const region = regionOf(tree, id);
    return region === null ? [] : regionAncestors(tree, region).map((one) => one.id);
  });
  const [first = [], ...others] = lines;
  return first.find((id) => regionIds.has(id) && others.every((line) => line.includes(id))) ?? null;
}
