import type { UnitIndex } from '#app/organization/roster/unit-index.ts';
import { buildUnitIndex } from '#app/organization/roster/unit-index.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { unitSubtree, unitsInRegion } from '#app/organization/tree/tree.ts';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { PlaceScope } from './place-scope.ts';

export interface Place {
  readonly tree: OrgTree;
  readonly unitIds: ReadonlySet<string>;
  readonly units: UnitIndex;
}

/** The units a file may name, as they stood on its day. */
export async function loadPlace(ctx: Ctx, { placeKind, placeId, asOfDay }: PlaceScope): Promise<Place> {
  const tree = await loadTree(ctx.pool, asOfDay, ctx.clock.now());
  const unitIds = placeKind === 'region' ? unitsInRegion(tree, placeId) : unitSubtree(tree, placeId);
  const faces = [...unitIds].flatMap((id) => {
    const unit = tree.units.get(id);
    if (unit === undefined) return [];
    const { name, code, fieldCodes, regionId } = unit;
    return [{ id, name, code, fieldCodes, regionName: tree.regions.get(regionId)?.name ?? '' }];
  });
  return { tree, unitIds, units: buildUnitIndex(faces) };
}
