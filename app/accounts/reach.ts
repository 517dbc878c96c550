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

/** Both lines (块: unit and region subtree; 条: field line) on the tree's day. Self grants reach no unit. */
export function reachOf(grants: readonly Grant[], permission: Permission, tree: OrgTree): Reach {
  const roles = rolesFor(permission);
  const unitIds = new Set<string>();
  const regionIds = new Set<string>();
  const addUnits = (found: ReadonlySet<string>): void => found.forEach((id) => unitIds.add(id));
  for (const grant of grants) {
    if (!roles.includes(grant.role)) continue;
    if (grant.scopeKind === 'unit' && grant.unitId) addUnits(unitSubtree(tree, grant.unitId));
    if (grant.scopeKind === 'field' && grant.regionId && grant.fieldCode)
      addUnits(unitsInFieldLine(tree, grant.regionId, grant.fieldCode));
    if (grant.scopeKind === 'region' && grant.regionId) {
      addUnits(unitsInRegion(tree, grant.regionId));
      regionSubtree(tree, grant.regionId).forEach((id) => regionIds.add(id));
    }
  }
  return { unitIds, regionIds };
}
