import type { Day } from '#app/platform/time/day.ts';

/** Levels of a region, from the top. */
export const REGION_LEVELS = ['nation', 'province', 'city', 'county', 'township'] as const;
export type RegionLevel = (typeof REGION_LEVELS)[number];

/** Kinds of units (domain.md §3.2). */
export const UNIT_TYPES = [
  'government',
  'department',
  'team',
  'authorised',
  'entrusted',
  'township',
  'township_team',
  'dispatched_team',
  'zone_committee',
  'vertical',
  'justice',
  'justice_office',
  'legal_unit',
] as const;
export type UnitType = (typeof UNIT_TYPES)[number];

export interface RegionNode {
  readonly id: string;
  readonly code: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly level: RegionLevel;
  /** A functional zone (功能区) has no official division code and may hang at county level (HY16, RA9). */
  readonly kind: 'administrative' | 'functional_zone';
}

export interface UnitNode {
  readonly id: string;
  readonly code: string;
  readonly parentId: string | null;
  readonly regionId: string;
  readonly name: string;
  readonly namePinyin: string;
  readonly unitType: UnitType;
  readonly fieldCodes: readonly string[];
}

/** The organisation as it stood on one day. Built once, read many times. */
export interface OrgTree {
  readonly day: Day;
  readonly regions: ReadonlyMap<string, RegionNode>;
  readonly units: ReadonlyMap<string, UnitNode>;
  readonly regionChildren: ReadonlyMap<string, readonly string[]>;
  readonly unitChildren: ReadonlyMap<string, readonly string[]>;
  readonly unitsOfRegion: ReadonlyMap<string, readonly string[]>;
}

function groupIds<T>(
  items: Iterable<T>,
  keyOf: (item: T) => string | null,
  idOf: (item: T) => string,
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(idOf(item));
    else groups.set(key, [idOf(item)]);
  }
  return groups;
}

export function buildTree(day: Day, regions: readonly RegionNode[], units: readonly UnitNode[]): OrgTree {
  return {
    day,
    regions: new Map(regions.map((region) => [region.id, region])),
    units: new Map(units.map((unit) => [unit.id, unit])),
    regionChildren: groupIds(
      regions,
      (region) => region.parentId,
      (region) => region.id,
    ),
    unitChildren: groupIds(
      units,
      (unit) => unit.parentId,
      (unit) => unit.id,
    ),
    unitsOfRegion: groupIds(
      units,
      (unit) => unit.regionId,
      (unit) => unit.id,
    ),
  };
}

/** A node and all below it. A cycle (which the commands refuse) would end the walk, not hang it. */
function subtree(rootId: string, children: ReadonlyMap<string, readonly string[]>): Set<string> {
  const seen = new Set<string>([rootId]);
  const open = [rootId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const child of children.get(id) ?? []) {
      if (seen.has(child)) continue;
      seen.add(child);
      open.push(child);
    }
  }
  return seen;
}

/** Answers about a tree that are asked again and again while it is today's; gone with it. A tree never changes. */
function oncePerTree<T>(answer: (tree: OrgTree, id: string) => T): (tree: OrgTree, id: string) => T {
  const known = new WeakMap<OrgTree, Map<string, T>>();
  return (tree, id) => {
    const ofTree = known.get(tree) ?? new Map<string, T>();
    known.set(tree, ofTree);
    const value = ofTree.get(id) ?? answer(tree, id);
    ofTree.set(id, value);
    return value;
  };
}

/** The region and all regions below it; empty when it does not exist on the tree's day. */
export const regionSubtree = oncePerTree((tree, regionId): ReadonlySet<string> =>
  tree.regions.has(regionId) ? subtree(regionId, tree.regionChildren) : new Set(),
);

/** The unit and all units below it (块 inside one unit); empty when it does not exist on the tree's day. */
export function unitSubtree(tree: OrgTree, unitId: string): Set<string> {
  return tree.units.has(unitId) ? subtree(unitId, tree.unitChildren) : new Set();
}

/** All units that lie in the region or below it (块), in the order of the regions. */
export const unitsInRegion = oncePerTree((tree, regionId): ReadonlySet<string> => {
  const found = new Set<string>();
  for (const region of regionSubtree(tree, regionId)) {
    for (const unit of tree.unitsOfRegion.get(region) ?? []) found.add(unit);
  }
  return found;
});

/** The line (条): units of the field in the region and below it (HY6: upper departments guide lower ones). */
export function unitsInFieldLine(tree: OrgTree, regionId: string, fieldCode: string): Set<string> {
  const found = new Set<string>();
  for (const unit of unitsInRegion(tree, regionId)) {
    if (tree.units.get(unit)?.fieldCodes.includes(fieldCode)) found.add(unit);
  }
  return found;
}

/** Region, its parent, … up to the root. */
export function regionAncestors(tree: OrgTree, regionId: string): RegionNode[] {
  const path: RegionNode[] = [];
  for (let region = tree.regions.get(regionId); region && !path.includes(region);) {
    path.push(region);
    region = region.parentId === null ? undefined : tree.regions.get(region.parentId);
  }
  return path;
}

/** Unit, its parent unit, … up to the top unit. */
export function unitAncestors(tree: OrgTree, unitId: string): UnitNode[] {
  const path: UnitNode[] = [];
  for (let unit = tree.units.get(unitId); unit && !path.includes(unit);) {
    path.push(unit);
    unit = unit.parentId === null ? undefined : tree.units.get(unit.parentId);
  }
  return path;
}
