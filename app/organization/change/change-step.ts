import type { Day } from '#app/platform/time/day.ts';
import type { NewUnit, RegionTarget } from './change-plan.ts';
import type { OrgState, RegionStretch, UnitStretch } from './org-state.ts';
import { unitOn } from './org-state.ts';
import { coversDay, cutFrom } from './stretch.ts';

/** The steps every act is made of. Each takes the organisation as it stands and gives it back with one thing done. */

/** A unit or region that ends, and what takes its place; null when nothing does. */
export interface Succession {
  readonly from: string;
  readonly to: string | null;
}

export interface Step {
  readonly state: OrgState;
  readonly day: Day;
  readonly documentNo: string;
}

const unitRow = (unit: NewUnit, { day, documentNo }: Step): UnitStretch => ({
  rowId: null,
  unitId: unit.id,
  parentId: unit.parentId,
  regionId: unit.regionId,
  name: unit.name,
  unitType: unit.unitType,
  fieldCodes: unit.fieldCodes,
  documentNo,
  validFrom: day,
  validTo: null,
});

export function addUnit(step: Step, unit: NewUnit): Step {
  return { ...step, state: { ...step.state, units: [...step.state.units, unitRow(unit, step)] } };
}

/** What holds of a unit on the day, changed until the next change that is already known. */
export function changeUnit(step: Step, unitId: string, change: Partial<UnitStretch>): Step {
  const { state, day, documentNo } = step;
  const units = cutFrom(
    state.units,
    day,
    (row) => row.unitId === unitId && coversDay(row, day),
    () => ({ ...change, documentNo }),
  );
  return { ...step, state: { ...state, units } };
}

export function changeRegion(step: Step, regionId: string, change: Partial<RegionStretch>): Step {
  const { state, day, documentNo } = step;
  const regions = cutFrom(
    state.regions,
    day,
    (row) => row.regionId === regionId && coversDay(row, day),
    () => ({ ...change, documentNo }),
  );
  return { ...step, state: { ...state, regions } };
}

/**
 * A unit ends on the day. Its sub-units go to its successor. Its own entity and township mode end with it: power is not
 * inherited, the successor's is confirmed and announced anew (YC1). What it had entrusted goes on under the successor.
 */
export function closeUnit(step: Step, { from, to }: Succession): Step {
  const { state, day } = step;
  const ended = cutFrom(state.units, day, (row) => row.unitId === from, null);
  const units =
    to === null
      ? ended
      : cutFrom(
          ended,
          day,
          (row) => row.parentId === from,
          () => ({ parentId: to }),
        );
  const own = cutFrom(state.entities, day, (row) => row.unitId === from, null);
  const entities = cutFrom(
    own,
    day,
    (row) => row.entrustingUnitId === from,
    to === null ? null : () => ({ entrustingUnitId: to }),
  );
  const modes = cutFrom(state.modes, day, (row) => row.unitId === from, null);
  return { ...step, state: { ...state, units, entities, modes } };
}

/** A new township keeps the mode all its predecessors had; where they differ, somebody has to decide it. */
export function inheritMode(step: Step, fromIds: readonly string[], unitId: string): Step {
  const { state, day, documentNo } = step;
  const modes = fromIds.flatMap(
    (id) => state.modes.find((row) => row.unitId === id && coversDay(row, day))?.mode ?? [],
  );
  const [first] = modes;
  if (first === undefined || modes.length < fromIds.length || modes.some((mode) => mode !== first))
    return step;
  const row = { rowId: null, unitId, mode: first, documentNo, validFrom: day, validTo: null };
  return { ...step, state: { ...state, modes: [...state.modes, row] } };
}

export function liftOut(step: Step, unitId: string, closing: ReadonlySet<string>): Step {
  const parentOf = (id: string): string | null => unitOn(step.state, id, step.day)?.parentId ?? null;
  const own = parentOf(unitId);
  if (own === null || !closing.has(own)) return step;
  let parent: string | null = own;
  for (let rounds = 0; parent !== null && closing.has(parent) && rounds <= closing.size; rounds += 1)
    parent = parentOf(parent);
  return changeUnit(step, unitId, { parentId: parent });
}

export function unitsBelow({ state, day }: Step, rootId: string): string[] {
  const below = new Set<string>();
  const open = [rootId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const row of state.units) {
      if (row.parentId !== id || !coversDay(row, day) || below.has(row.unitId) || row.unitId === rootId)
        continue;
      below.add(row.unitId);
      open.push(row.unitId);
    }
  }
  return [...below];
}

export function addRegion(step: Step, target: RegionTarget): Step {
  if (target.kind === 'existing') return step;
  const { id, name, level, parentId } = target.region;
  const row: RegionStretch = {
    rowId: null,
    regionId: id,
    parentId,
    name,
    level,
    kind: 'administrative',
    documentNo: step.documentNo,
    validFrom: step.day,
    validTo: null,
  };
  return { ...step, state: { ...step.state, regions: [...step.state.regions, row] } };
}

/** A region ends: what lies in it and below it lies in the target from then on, also where that is already planned. */
export function closeRegion(step: Step, { from, to }: { from: string; to: string }): Step {
  const { state, day } = step;
  const ended = cutFrom(state.regions, day, (row) => row.regionId === from, null);
  const regions = cutFrom(
    ended,
    day,
    (row) => row.parentId === from,
    () => ({ parentId: to }),
  );
  const units = cutFrom(
    state.units,
    day,
    (row) => row.regionId === from,
    () => ({ regionId: to }),
  );
  return { ...step, state: { ...state, regions, units } };
}
