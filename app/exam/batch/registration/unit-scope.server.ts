import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Batch } from '../batch.store.server.ts';
import { findBatch } from '../batch.store.server.ts';

export interface UnitScope {
  readonly unitIds: ReadonlySet<string>;
  readonly tree: OrgTree;
}

/** Regions whose batches are for these units: their own and all above. */
export function batchRegionsOf({ unitIds, tree }: UnitScope): Set<string> {
  const regionIds = new Set<string>();
  for (const unitId of unitIds) {
    const regionId = tree.units.get(unitId)?.regionId;
    if (regionId !== undefined && !regionIds.has(regionId))
      regionAncestors(tree, regionId).forEach((region) => regionIds.add(region.id));
  }
  return regionIds;
}

/** A batch that is for units of the actor's reach; drafts are the bureau's own. Refusals: FORBIDDEN, NOT_FOUND. */
export async function takeUnitBatch(
  ctx: ActorCtx,
  permission: Permission,
  batchId: string,
): Promise<Outcome<UnitScope & { readonly batch: Batch }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, permission);
  const batch = await findBatch(ctx.pool, batchId);
  if (batch === null || batch.status === 'draft') return refused('NOT_FOUND');
  return batchRegionsOf({ unitIds, tree }).has(batch.regionId)
    ? done({ batch, unitIds, tree })
    : refused('NOT_FOUND');
}
