import type { OrgTree, RegionNode } from '#app/organization/tree/tree.ts';
import { regionAncestors, unitAncestors, unitSubtree, unitsInRegion } from '#app/organization/tree/tree.ts';

/**
 * Where one stands in the drill-down: a region with all below it; the units of a region's own level (本级); a unit with
 * its sub-units, inside the region or own level it was reached from. A place only ever narrows: the units of a row are
 * the units of the page it leads to, so a number does not change on the way down.
 */
export interface Place {
  readonly regionId: string | null;
  /** Only the units of the region's own level, without those of the regions below. */
  readonly isOwnLevel: boolean;
  readonly unitId: string | null;
}

export const NO_PLACE: Place = { regionId: null, isOwnLevel: false, unitId: null };

/** One row of a place: what it is called, which units it holds, and the place it leads to (null: nothing below). */
export interface Bucket {
  readonly key: string;
  readonly label: string;
  readonly unitIds: readonly string[];
  readonly place: Place | null;
}

/** Regions that make a level of the drill-down; townships are shown as their units. */
const isDrillLevel = (region: RegionNode | undefined): boolean =>
  region !== undefined && region.level !== 'township';

function childRegions(tree: OrgTree, regionId: string): string[] {
  return (tree.regionChildren.get(regionId) ?? []).filter((id) => isDrillLevel(tree.regions.get(id)));
}

function ownLevelUnits(tree: OrgTree, regionId: string): Set<string> {
  const units = new Set(unitsInRegion(tree, regionId));
  for (const child of childRegions(tree, regionId))
    for (const unit of unitsInRegion(tree, child)) units.delete(unit);
  return units;
}

/** What both hold. The smaller one is walked: a county's page must not cost what its province holds. */
function intersect(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  return new Set([...few].filter((id) => many.has(id)));
}

/** In the order of the organisation: by code, region by region. */
const inOrder = (tree: OrgTree, unitIds: ReadonlySet<string>): ReadonlySet<string> =>
  new Set(
    [...unitIds].sort((a, b) => {
      const [one = '', two = ''] = [tree.units.get(a)?.code, tree.units.get(b)?.code];
      return one < two ? -1 : one > two ? 1 : 0;
    }),
  );

/** Units of a place among those the viewer reaches; empty for places that do not exist or lie outside the reach. */
export function unitsOfPlace(tree: OrgTree, place: Place, reached: ReadonlySet<string>): ReadonlySet<string> {
  const { regionId, unitId } = place;
  let units = reached;
  if (regionId !== null) {
    const inside = place.isOwnLevel ? ownLevelUnits(tree, regionId) : unitsInRegion(tree, regionId);
    units = intersect(inside, units);
  }
  return unitId === null ? units : inOrder(tree, intersect(unitSubtree(tree, unitId), units));
}

/** The highest unit at or above `unitId` that is inside: the row a unit belongs to, also across a gap in the line. */
function topInside(tree: OrgTree, units: ReadonlySet<string>, unitId: string): string {
  return unitAncestors(tree, unitId).findLast((ancestor) => units.has(ancestor.id))?.id ?? unitId;
}

function groupBy(ids: Iterable<string>, keyOf: (id: string) => string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const id of ids) {
    const key = keyOf(id);
    const group = groups.get(key);
    if (group) group.push(id);
    else groups.set(key, [id]);
  }
  return groups;
}

function unitBuckets(tree: OrgTree, place: Place, units: ReadonlySet<string>): Bucket[] {
  const inside = new Set(units);
  // Standing on a unit, its own people are a row of their own beside the sub-units.
  if (place.unitId !== null) inside.delete(place.unitId);
  const buckets = [...groupBy(inside, (id) => topInside(tree, inside, id))].map(([id, unitIds]) => ({
    key: id,
    label: tree.units.get(id)?.name ?? '',
    unitIds,
    place: { ...place, unitId: id },
  }));
  if (place.unitId === null || !units.has(place.unitId)) return buckets;
  return [{ key: 'own', label: '本单位', unitIds: [place.unitId], place: null }, ...buckets];
}

function regionBuckets(
  tree: OrgTree,
  regionId: string,
  children: readonly string[],
  units: ReadonlySet<string>,
): Bucket[] {
  const buckets: Bucket[] = children.map((childId) => ({
    key: childId,
    label: tree.regions.get(childId)?.name ?? '',
    unitIds: [...intersect(unitsInRegion(tree, childId), units)],
    place: { regionId: childId, isOwnLevel: false, unitId: null },
  }));
  const own: Bucket = {
    key: 'own',
    label: ownLevelName(tree, regionId),
    unitIds: [...intersect(ownLevelUnits(tree, regionId), units)],
    place: { regionId, isOwnLevel: true, unitId: null },
  };
  return [own, ...buckets].filter((bucket) => bucket.unitIds.length > 0);
}

const LEVEL_WORDS = { nation: '国家', province: '省', city: '市', county: '县', township: '乡' } as const;

/** 市本级, 县本级 … */
export function ownLevelName(tree: OrgTree, regionId: string): string {
  const level = tree.regions.get(regionId)?.level;
  return `${level ? LEVEL_WORDS[level] : ''}本级`;
}

/** The rows of a place. Every unit of the place is in exactly one row, so the rows add up to the place. */
export function bucketsOf(tree: OrgTree, place: Place, units: ReadonlySet<string>): Bucket[] {
  const { regionId, unitId, isOwnLevel } = place;
  if (regionId !== null && unitId === null && !isOwnLevel) {
    const children = childRegions(tree, regionId);
    if (children.length > 0) return regionBuckets(tree, regionId, children, units);
  }
  return unitBuckets(tree, place, units);
}

/** Deepest region that holds all of these units; null when there are none, or they have no region in common. */
function commonRegion(tree: OrgTree, unitIds: Iterable<string>): string | null {
  let line: string[] | null = null;
  for (const regionId of new Set([...unitIds].map((id) => tree.units.get(id)?.regionId ?? ''))) {
    const ancestors = regionAncestors(tree, regionId).map((region) => region.id);
    line = line === null ? ancestors : line.filter((id) => ancestors.includes(id));
  }
  return line?.[0] ?? null;
}

/** Where a viewer begins: the one unit above all others reached, else the region that holds them all. */
export function startingPlace(
  tree: OrgTree,
  reach: { readonly unitIds: ReadonlySet<string>; readonly regionIds: ReadonlySet<string> },
): Place {
  if (reach.regionIds.size === 0) {
    const tops = new Set([...reach.unitIds].map((id) => topInside(tree, reach.unitIds, id)));
    const [only] = tops;
    if (tops.size === 1 && only !== undefined) return { ...NO_PLACE, unitId: only };
    return { ...NO_PLACE, regionId: commonRegion(tree, reach.unitIds) };
  }
  const tops = [...reach.regionIds].filter(
    (id) => !reach.regionIds.has(tree.regions.get(id)?.parentId ?? ''),
  );
  const regionId = tops.length === 1 ? (tops[0] ?? null) : commonRegion(tree, reach.unitIds);
  return { ...NO_PLACE, regionId };
}

export interface TrailStep {
  readonly label: string;
  readonly place: Place;
}

/**
 * The way from the viewer's starting place down to `place`, this one included.
 * @param reached units the viewer reaches; those above the starting place are never shown
 */
export function trailTo(
  tree: OrgTree,
  start: Place,
  place: Place,
  reached: ReadonlySet<string>,
): TrailStep[] {
  return [...regionSteps(tree, start, place), ...unitSteps(tree, place, reached)];
}

function regionSteps(tree: OrgTree, start: Place, place: Place): TrailStep[] {
  const { regionId } = place;
  if (regionId === null) return [];
  const line = regionAncestors(tree, regionId);
  const end = line.findIndex((region) => region.id === start.regionId);
  const shown = line.slice(0, end === -1 ? 1 : end + 1).reverse();
  const steps = shown.map((region) => ({ label: region.name, place: { ...NO_PLACE, regionId: region.id } }));
  if (!place.isOwnLevel) return steps;
  return [
    ...steps,
    { label: ownLevelName(tree, regionId), place: { regionId, isOwnLevel: true, unitId: null } },
  ];
}

function unitSteps(tree: OrgTree, place: Place, reached: ReadonlySet<string>): TrailStep[] {
  if (place.unitId === null) return [];
  const inside = unitsOfPlace(tree, { ...place, unitId: null }, reached);
  return unitAncestors(tree, place.unitId)
    .filter((unit) => unit.id === place.unitId || inside.has(unit.id))
    .reverse()
    .map((unit) => ({ label: unit.name, place: { ...place, unitId: unit.id } }));
}
