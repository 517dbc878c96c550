import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';

/**
 * A unit whose year is closed, and whose office does it: its own, or since it ended the one that took its place. People
 * count where they were on the last day of the year (domain.md §4.2 case 2), also when that unit is no more.
 */
export interface ClosingUnit extends UnitNode {
  readonly officeId: string;
  /** Name as shown in lists, which says that the unit ended; sealed texts hold the plain name. */
  readonly shownName: string;
}

/** The office of a unit that stands. */
export const standing = (unit: UnitNode): ClosingUnit => ({
  ...unit,
  officeId: unit.id,
  shownName: unit.name,
});

/** Follows what took the place of a thing until something that stands; null when nothing does. */
function heirOf(
  id: string,
  successions: ReadonlyMap<string, string | null>,
  isStanding: (id: string) => boolean,
): string | null {
  const seen = new Set<string>();
  for (let next: string | null = id; next !== null && !seen.has(next);) {
    if (isStanding(next)) return next;
    seen.add(next);
    next = successions.get(next) ?? null;
  }
  return null;
}

/**
 * A unit that ended since: its heir's office does it, without an heir the unit it belonged to. In the region of today,
 * whose rules and bureau count. Null when neither office nor region stands any more.
 */
export function endedUnit(
  unit: UnitNode,
  successions: ReadonlyMap<string, string | null>,
  tree: OrgTree,
): ClosingUnit | null {
  const isUnit = (id: string): boolean => tree.units.has(id);
  const heir = heirOf(unit.id, successions, isUnit);
  const parent = unit.parentId === null ? null : heirOf(unit.parentId, successions, isUnit);
  const office = tree.units.get(heir ?? parent ?? '');
  const regionId =
    heirOf(unit.regionId, successions, (id) => tree.regions.has(id)) ?? office?.regionId ?? null;
  if (regionId === null) return null;
  const taker = office === undefined ? '' : `，由${office.name}办理`;
  return {
    ...unit,
    regionId,
    officeId: office?.id ?? unit.id,
    shownName: `${unit.name}（已撤并${taker}）`,
  };
}
