import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionSubtree, unitSubtree, unitsInFieldLine, unitsInRegion } from '#app/organization/tree/tree.ts';
import type { Permission } from './permission.ts';
import { rolesFor } from './permission.ts';
import type { Grant } from './role.ts';

/** What a person reaches through one permission: the units and regions of exactly those grants that carry it. */
export interface Reach {
  readonly unitIds: ReadonlySet<string>;
  readonly regionIds: ReadonlySet<string>;
}

/** All of these sets; a single one as it is: most accounts have one grant, and a province has many units. */
function together(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first, ...others] = sets;
  if (first !== undefined && others.length === 0) return first;
  return new Set(sets.flatMap((set) => [...set]));
}

/** Both lines (块: unit and region subtree; 条: field line) on the tree's day. Self grants reach no unit. */
export function reachOf(grants: readonly Grant[], permission: Permission, tree: OrgTree): Reach {
  const roles = rolesFor(permission);
  const unitSets: ReadonlySet<string>[] = [];
  const regionSets: ReadonlySet<string>[] = [];
  for (const grant of grants) {
    if (!roles.includes(grant.role)) continue;
    if (grant.scopeKind === 'unit' && grant.unitId) unitSets.push(unitSubtree(tree, grant.unitId));
    if (grant.scopeKind === 'field' && grant.regionId && grant.fieldCode)
      unitSets.push(unitsInFieldLine(tree, grant.regionId, grant.fieldCode));
    if (grant.scopeKind === 'region' && grant.regionId) {
      unitSets.push(unitsInRegion(tree, grant.regionId));
      regionSets.push(regionSubtree(tree, grant.regionId));
    }
  }
  return { unitIds: together(unitSets), regionIds: together(regionSets) };
}
