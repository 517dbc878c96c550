import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { ChangePlan, PlanOf, UnitTarget } from './change-plan.ts';
import { subjectsOf, targetRegionId, targetUnitId } from './change-plan.ts';
import type { Step, Succession } from './change-step.ts';
import {
  addRegion,
  addUnit,
  changeRegion,
  changeUnit,
  closeRegion,
  closeUnit,
  inheritMode,
  liftOut,
  unitsBelow,
} from './change-step.ts';
import type { OrgState } from './org-state.ts';
import { regionOn, structureFault, unitOn } from './org-state.ts';
import { coversDay, cutFrom } from './stretch.ts';

/**
 * What an act makes of the organisation. Pure: the same plan on the same state gives the same answer when it is filed,
 * shown to the second person, and done on its day.
 */

export type ChangeRefusal =
  | 'NOT_STANDING'
  | 'NAME_UNCHANGED'
  | 'MODE_UNCHANGED'
  | 'PLACE_UNCHANGED'
  | 'NOTHING_TO_MERGE'
  | 'TARGET_AMONG_CLOSED'
  | 'UNIT_IN_TWO_GROUPS'
  | 'UNIT_OUTSIDE_REGIONS'
  | 'REST_NOT_A_PART'
  | 'SUBUNITS_WITHOUT_PLACE'
  | 'NOT_A_TOWNSHIP'
  | 'LEVEL_DIFFERS'
  | 'WOULD_MAKE_CYCLE'
  | 'WOULD_LOSE_PARENT'
  | 'ENDS_LATER';

export interface ChangeEffect {
  readonly state: OrgState;
  readonly closedUnits: readonly Succession[];
  readonly closedRegions: readonly Succession[];
  /** People moved one by one, apart from their unit's succession. */
  readonly assignments: readonly { readonly personId: string; readonly unitId: string }[];
}

interface Done {
  readonly step: Step;
  readonly closedUnits: readonly Succession[];
  readonly closedRegions: readonly Succession[];
  readonly assignments: ChangeEffect['assignments'];
}
type Decided = Outcome<Done, ChangeRefusal>;

const only = (step: Step): Done => ({ step, closedUnits: [], closedRegions: [], assignments: [] });

/** Several units into one: the target stays or is made, the others end. */
function mergeInto(
  start: Step,
  unitIds: readonly string[],
  target: UnitTarget,
): Outcome<Done, ChangeRefusal> {
  const to = targetUnitId(target);
  const closing = [...new Set(unitIds)].filter((id) => id !== to);
  if (closing.length === 0 || (target.kind === 'new' && closing.length < 2))
    return refused('NOTHING_TO_MERGE');
  let step = start;
  if (target.kind === 'new') {
    if (target.unit.parentId !== null && closing.includes(target.unit.parentId))
      return refused('TARGET_AMONG_CLOSED');
    step = inheritMode(addUnit(step, target.unit), closing, to);
  }
  const closedUnits = closing.map((from) => ({ from, to }));
  // A target below one of the units that end hangs where that unit hung.
  step = liftOut(step, to, new Set(closing));
  for (const closed of closedUnits) step = closeUnit(step, closed);
  return done({ ...only(step), closedUnits });
}

function split(start: Step, plan: PlanOf<'split'>): Decided {
  const parts = new Set(plan.parts.map((part) => part.id));
  if (plan.restTo !== null && !parts.has(plan.restTo)) return refused('REST_NOT_A_PART');
  if (plan.assignments.some((one) => !parts.has(one.unitId))) return refused('REST_NOT_A_PART');
  if (plan.restTo !== null && plan.parts.some((part) => part.parentId === plan.unitId))
    return refused('TARGET_AMONG_CLOSED');
  let step = plan.parts.reduce(addUnit, start);
  if (plan.restTo === null) return done({ ...only(step), assignments: plan.assignments });
  const closed = { from: plan.unitId, to: plan.restTo };
  step = closeUnit(inheritMode(step, [plan.unitId], plan.restTo), closed);
  return done({ ...only(step), closedUnits: [closed], assignments: plan.assignments });
}

function abolish(step: Step, plan: PlanOf<'abolish'>): Decided {
  const { unitId, receiverId, assignments } = plan;
  if (receiverId === unitId || assignments.some((one) => one.unitId === unitId))
    return refused('TARGET_AMONG_CLOSED');
  const standing = [receiverId, ...assignments.map((one) => one.unitId)].flatMap((id) => id ?? []);
  if (standing.some((id) => unitOn(step.state, id, step.day) === null)) return refused('NOT_STANDING');
  const hasSubunits = step.state.units.some((row) => row.parentId === unitId && coversDay(row, step.day));
  if (hasSubunits && receiverId === null) return refused('SUBUNITS_WITHOUT_PLACE');
  const closed = { from: unitId, to: receiverId };
  const lifted = receiverId === null ? step : liftOut(step, receiverId, new Set([unitId]));
  return done({ ...only(closeUnit(lifted, closed)), closedUnits: [closed], assignments });
}

/** A unit goes elsewhere with everything below it that lay in the same region. */
function move(step: Step, plan: PlanOf<'move'>): Decided {
  const { unitId, parentId, regionId } = plan;
  const unit = unitOn(step.state, unitId, step.day);
  if (unit === null) return refused('NOT_STANDING');
  if (unit.parentId === parentId && unit.regionId === regionId) return refused('PLACE_UNCHANGED');
  let moved = changeUnit(step, unitId, { parentId, regionId });
  if (unit.regionId === regionId) return done(only(moved));
  for (const id of unitsBelow(step, unitId))
    if (unitOn(step.state, id, step.day)?.regionId === unit.regionId)
      moved = changeUnit(moved, id, { regionId });
  return done(only(moved));
}

/** Entities called like their unit are called like it afterwards; another name of an entity is its own. */
function rename(step: Step, plan: PlanOf<'rename'>): Decided {
  const unit = unitOn(step.state, plan.unitId, step.day);
  if (unit === null) return refused('NOT_STANDING');
  if (unit.name === plan.name) return refused('NAME_UNCHANGED');
  const renamed = changeUnit(step, plan.unitId, { name: plan.name });
  const entities = cutFrom(
    renamed.state.entities,
    step.day,
    (row) => row.unitId === plan.unitId && row.name === unit.name && coversDay(row, step.day),
    () => ({ name: plan.name }),
  );
  return done(only({ ...renamed, state: { ...renamed.state, entities } }));
}

const MODE_TYPES: readonly string[] = ['township', 'township_team'];

function changeMode(step: Step, plan: PlanOf<'mode'>): Decided {
  const { state, day, documentNo } = step;
  const unit = unitOn(state, plan.unitId, day);
  if (unit === null) return refused('NOT_STANDING');
  if (!MODE_TYPES.includes(unit.unitType)) return refused('NOT_A_TOWNSHIP');
  const isOwn = (row: { unitId: string }): boolean => row.unitId === plan.unitId;
  const known = state.modes.find((row) => isOwn(row) && coversDay(row, day));
  if (known?.mode === plan.mode) return refused('MODE_UNCHANGED');
  const next = state.modes.filter((row) => isOwn(row) && row.validFrom > day).map((row) => row.validFrom);
  const kept = cutFrom(state.modes, day, (row) => isOwn(row) && coversDay(row, day), null);
  const validTo = known === undefined ? (next.sort()[0] ?? null) : known.validTo;
  const row = { rowId: null, unitId: plan.unitId, mode: plan.mode, documentNo, validFrom: day, validTo };
  return done(only({ ...step, state: { ...state, modes: [...kept, row] } }));
}

function groupFault(step: Step, plan: PlanOf<'region_merge'>): ChangeRefusal | null {
  const inside = new Set([...plan.regionIds, targetRegionId(plan.target)]);
  const grouped = plan.groups.flatMap((group) => {
    const to = targetUnitId(group.target);
    return [...group.unitIds.filter((id) => id !== to), to];
  });
  if (new Set(grouped).size < grouped.length) return 'UNIT_IN_TWO_GROUPS';
  const existing = plan.groups.flatMap((group) => [
    ...group.unitIds,
    ...(group.target.kind === 'existing' ? [group.target.unitId] : []),
  ]);
  const isOutside = existing.some((id) => !inside.has(unitOn(step.state, id, step.day)?.regionId ?? ''));
  return isOutside ? 'UNIT_OUTSIDE_REGIONS' : null;
}

/** 乡镇合并: the regions and their units together, under one day and one document. */
function mergeRegions(start: Step, plan: PlanOf<'region_merge'>): Decided {
  const to = targetRegionId(plan.target);
  const closing = [...new Set(plan.regionIds)].filter((id) => id !== to);
  if (closing.length === 0) return refused('NOTHING_TO_MERGE');
  const levels = new Set(plan.regionIds.map((id) => regionOn(start.state, id, start.day)?.level));
  levels.add(
    plan.target.kind === 'new' ? plan.target.region.level : regionOn(start.state, to, start.day)?.level,
  );
  if (levels.size > 1) return refused('LEVEL_DIFFERS');
  const fault = groupFault(start, plan);
  if (fault !== null) return refused(fault);
  let step = addRegion(start, plan.target);
  const closedUnits: Succession[] = [];
  for (const group of plan.groups) {
    const merged = mergeInto(step, group.unitIds, group.target);
    if (!merged.ok) return merged;
    step = merged.value.step;
    closedUnits.push(...merged.value.closedUnits);
  }
  for (const from of closing) step = closeRegion(step, { from, to });
  return done({ ...only(step), closedUnits, closedRegions: closing.map((from) => ({ from, to })) });
}

function renameRegion(step: Step, plan: PlanOf<'region_rename'>): Decided {
  const region = regionOn(step.state, plan.regionId, step.day);
  if (region === null) return refused('NOT_STANDING');
  if (region.name === plan.name) return refused('NAME_UNCHANGED');
  return done(only(changeRegion(step, plan.regionId, { name: plan.name })));
}

function moveRegion(step: Step, plan: PlanOf<'region_move'>): Decided {
  const region = regionOn(step.state, plan.regionId, step.day);
  if (region === null) return refused('NOT_STANDING');
  if (region.parentId === plan.parentId) return refused('PLACE_UNCHANGED');
  return done(only(changeRegion(step, plan.regionId, { parentId: plan.parentId })));
}

function carryOut(step: Step, plan: ChangePlan): Decided {
  switch (plan.kind) {
    case 'merge':
      return mergeInto(step, plan.unitIds, plan.target);
    case 'split':
      return split(step, plan);
    case 'rename':
      return rename(step, plan);
    case 'abolish':
      return abolish(step, plan);
    case 'move':
      return move(step, plan);
    case 'mode':
      return changeMode(step, plan);
    case 'region_merge':
      return mergeRegions(step, plan);
    case 'region_rename':
      return renameRegion(step, plan);
    case 'region_move':
      return moveRegion(step, plan);
  }
}

/** Everything an act names stands on its day. */
function missing(state: OrgState, plan: ChangePlan, day: Day): boolean {
  const { changed, used } = subjectsOf(plan);
  return [...changed, ...used].some(
    (id) => unitOn(state, id, day) === null && regionOn(state, id, day) === null,
  );
}

/**
 * The organisation after the act, from its day on; before it nothing changes. Refusals say what stands in the way; a tree
 * that would have a cycle or an orphan on any day from then on is refused as WOULD_MAKE_CYCLE or WOULD_LOSE_PARENT, and a
 * late 批文 in favour of a unit that is known to end afterwards as ENDS_LATER: people would be sent where nothing is.
 */
export function decideChange(
  state: OrgState,
  plan: ChangePlan,
  on: { readonly day: Day; readonly documentNo: string },
): Outcome<ChangeEffect, ChangeRefusal> {
  if (missing(state, plan, on.day)) return refused('NOT_STANDING');
  const decided = carryOut({ state, ...on }, plan);
  if (!decided.ok) return decided;
  const { step, ...rest } = decided.value;
  const takers = [
    ...rest.closedUnits.flatMap((closed) => closed.to ?? []),
    ...rest.assignments.map((one) => one.unitId),
  ];
  const ending = takers.find(
    (id) => !step.state.units.some((row) => row.unitId === id && row.validTo === null),
  );
  if (ending !== undefined) return refused('ENDS_LATER');
  const fault = structureFault(step.state, on.day);
  if (fault === 'CYCLE') return refused('WOULD_MAKE_CYCLE');
  if (fault !== null) return refused('WOULD_LOSE_PARENT');
  return done({ state: step.state, ...rest });
}
