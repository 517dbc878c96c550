import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors, unitAncestors } from '#app/organization/tree/tree.ts';
import type { Grant, Role } from './role.ts';

/** Where somebody holds each role today: ids of the units and regions that grants name. */
export interface RolePlaces {
  readonly units: ReadonlyMap<Role, ReadonlySet<string>>;
  readonly regions: ReadonlyMap<Role, ReadonlySet<string>>;
}

/** The places whose work falls to a person in one role. */
export interface Responsibility {
  readonly role: Role;
  readonly unitIds: readonly string[];
  readonly regionIds: readonly string[];
}

const NOBODY: ReadonlySet<string> = new Set();

/** The place itself and everything below it down to where somebody else holds the role. */
function downTo(
  rootId: string,
  children: ReadonlyMap<string, readonly string[]>,
  held: ReadonlySet<string>,
): Set<string> {
  const found = new Set<string>([rootId]);
  const open = [rootId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const child of children.get(id) ?? []) {
      if (found.has(child) || held.has(child)) continue;
      found.add(child);
      open.push(child);
    }
  }
  return found;
}

/**
 * Whose desk a thing lands on. A role reaches everything below its place, but what waits there falls to the nearest
 * holder: the county's liaison is not asked for what the team's own liaison does, and is where the team has none. For
 * regions: units of the region and of every region below that has no holder of its own.
 */
export function responsibilitiesOf(
  grants: readonly Grant[],
  places: RolePlaces,
  tree: OrgTree,
): Responsibility[] {
  const byRole = new Map<Role, { units: Set<string>; regions: Set<string> }>();
  const of = (role: Role) => {
    const known = byRole.get(role) ?? { units: new Set<string>(), regions: new Set<string>() };
    byRole.set(role, known);
    return known;
  };
  for (const { role, scopeKind, unitId, regionId } of grants) {
    if (scopeKind === 'unit' && unitId !== null && tree.units.has(unitId))
      downTo(unitId, tree.unitChildren, places.units.get(role) ?? NOBODY).forEach((id) =>
        of(role).units.add(id),
      );
    if (scopeKind === 'region' && regionId !== null && tree.regions.has(regionId)) {
      const held = places.units.get(role) ?? NOBODY;
      for (const region of downTo(regionId, tree.regionChildren, places.regions.get(role) ?? NOBODY)) {
        of(role).regions.add(region);
        for (const unit of tree.unitsOfRegion.get(region) ?? [])
          if (!isHeldAbove(tree, unit, held)) of(role).units.add(unit);
      }
    }
  }
  return [...byRole].map(([role, { units, regions }]) => ({
    role,
    unitIds: [...units],
    regionIds: [...regions],
  }));
}

/** True when the unit or one above it has a holder of its own. */
const isHeldAbove = (tree: OrgTree, unitId: string, held: ReadonlySet<string>): boolean =>
  unitAncestors(tree, unitId).some((unit) => held.has(unit.id));

/** Accounts that hold one role, by the unit or region their grant names. */
export interface RoleHolders {
  readonly byUnit: ReadonlyMap<string, readonly string[]>;
  readonly byRegion: ReadonlyMap<string, readonly string[]>;
}

/** Those to whom the work of a unit falls: at the unit, else at the nearest above it, else at the nearest region. */
export function holdersOfUnit(tree: OrgTree, holders: RoleHolders, unitId: string): readonly string[] {
  for (const unit of unitAncestors(tree, unitId)) {
    const found = holders.byUnit.get(unit.id);
    if (found !== undefined) return found;
  }
  const regionId = tree.units.get(unitId)?.regionId;
  return regionId === undefined ? [] : holdersOfRegion(tree, holders, regionId);
}

/** Those to whom the work of a region falls: there, else at the nearest region above it. */
export function holdersOfRegion(tree: OrgTree, holders: RoleHolders, regionId: string): readonly string[] {
  for (const region of regionAncestors(tree, regionId)) {
    const found = holders.byRegion.get(region.id);
    if (found !== undefined) return found;
  }
  return [];
}
