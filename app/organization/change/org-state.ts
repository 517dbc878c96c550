import type { Day } from '#app/platform/time/day.ts';
import type { RegionLevel, RegionNode, UnitType } from '../tree/tree.ts';
import type { TownshipModeName } from './change-kind.ts';
import type { Stretch } from './stretch.ts';
import { coversDay } from './stretch.ts';

export interface UnitStretch extends Stretch {
  readonly unitId: string;
  readonly parentId: string | null;
  readonly regionId: string;
  readonly name: string;
  readonly unitType: UnitType;
  readonly fieldCodes: readonly string[];
  readonly documentNo: string | null;
}

export interface RegionStretch extends Stretch {
  readonly regionId: string;
  readonly parentId: string | null;
  readonly name: string;
  readonly level: RegionLevel;
  readonly kind: RegionNode['kind'];
  readonly documentNo: string | null;
}

export interface EntityStretch extends Stretch {
  readonly entityId: string;
  readonly unitId: string;
  readonly entrustingUnitId: string | null;
  readonly name: string;
  readonly entityType: string;
  readonly legalBasis: string;
  readonly confirmationNo: string | null;
  readonly announcedDay: Day | null;
  /** What the yearly confirmation asks for besides; carried along unread. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}

export interface ModeStretch extends Stretch {
  readonly unitId: string;
  readonly mode: TownshipModeName;
  readonly documentNo: string | null;
}

/** The organisation as known now, from some day on: every row that reaches the day. */
export interface OrgState {
  readonly units: readonly UnitStretch[];
  readonly regions: readonly RegionStretch[];
  readonly entities: readonly EntityStretch[];
  readonly modes: readonly ModeStretch[];
}

export const unitOn = (state: OrgState, unitId: string, day: Day): UnitStretch | null =>
  state.units.find((row) => row.unitId === unitId && coversDay(row, day)) ?? null;

export const regionOn = (state: OrgState, regionId: string, day: Day): RegionStretch | null =>
  state.regions.find((row) => row.regionId === regionId && coversDay(row, day)) ?? null;

export type StructureFault = 'CYCLE' | 'PARENT_GONE' | 'REGION_GONE' | 'TWO_VERSIONS';

/** Days on which something begins or ends, from `day` on: between two of them the organisation stands still. */
function turningDays(state: OrgState, day: Day): Day[] {
  const days = new Set<Day>([day]);
  for (const row of [...state.units, ...state.regions]) {
    if (row.validFrom > day) days.add(row.validFrom);
    if (row.validTo !== null && row.validTo > day) days.add(row.validTo);
  }
  return [...days].sort();
}

/** True when walking up from some node never ends. */
function hasCycle(parents: ReadonlyMap<string, string | null>): boolean {
  const isFine = new Set<string>();
  for (const start of parents.keys()) {
    const path = new Set<string>();
    for (let id: string | null = start; id !== null && !isFine.has(id); id = parents.get(id) ?? null) {
      if (path.has(id)) return true;
      path.add(id);
    }
    path.forEach((id) => isFine.add(id));
  }
  return false;
}

const isGone = (parents: ReadonlyMap<string, string | null>): boolean =>
  [...parents.values()].some((parent) => parent !== null && !parents.has(parent));

function faultOn(state: OrgState, day: Day): StructureFault | null {
  const units = state.units.filter((row) => coversDay(row, day));
  const regions = state.regions.filter((row) => coversDay(row, day));
  const unitParents = new Map(units.map((row) => [row.unitId, row.parentId]));
  const regionParents = new Map(regions.map((row) => [row.regionId, row.parentId]));
  if (unitParents.size < units.length || regionParents.size < regions.length) return 'TWO_VERSIONS';
  if (isGone(unitParents) || isGone(regionParents)) return 'PARENT_GONE';
  if (units.some((row) => !regionParents.has(row.regionId))) return 'REGION_GONE';
  return hasCycle(unitParents) || hasCycle(regionParents) ? 'CYCLE' : null;
}

/** The first thing that is wrong with the trees on `day` or any later day; null when they are sound. */
export function structureFault(state: OrgState, day: Day): StructureFault | null {
  for (const turn of turningDays(state, day)) {
    const fault = faultOn(state, turn);
    if (fault !== null) return fault;
  }
  return null;
}
