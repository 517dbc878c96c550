import { z } from 'zod';
import { REGION_LEVELS, UNIT_TYPES } from '../tree/tree.ts';
import { TOWNSHIP_MODES } from './change-kind.ts';

/** What an act is to do, as filed: the Json column of organisation_change. Ids of new units are given at filing. */

/** Longest lists of one act; a larger reform is several acts under one 批文号. */
export const MAX_UNITS = 60;
export const MAX_PEOPLE = 2_000;

const id = z.uuid();
/** Names of units and regions hold no blanks, half or full width: one spelling, so that a name is found again. */
const name = z
  .string()
  .transform((text) => text.replace(/[\s　]+/gu, ''))
  .pipe(z.string().min(2).max(80));
const code = z
  .string()
  .trim()
  .regex(/^[0-9A-Za-z-]{2,30}$/);

const newUnit = z.strictObject({
  id,
  code,
  name,
  unitType: z.enum(UNIT_TYPES),
  fieldCodes: z.array(z.string().regex(/^[A-Z_]{2,20}$/)).max(60),
  parentId: id.nullable(),
  regionId: id,
});
export type NewUnit = z.infer<typeof newUnit>;

const unitTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('existing'), unitId: id }),
  z.strictObject({ kind: z.literal('new'), unit: newUnit }),
]);
export type UnitTarget = z.infer<typeof unitTarget>;

const newRegion = z.strictObject({
  id,
  code,
  name,
  level: z.enum(REGION_LEVELS),
  parentId: id,
});

const regionTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('existing'), regionId: id }),
  z.strictObject({ kind: z.literal('new'), region: newRegion }),
]);
export type RegionTarget = z.infer<typeof regionTarget>;

const assignments = z.array(z.strictObject({ personId: id, unitId: id })).max(MAX_PEOPLE);
const unitIds = z.array(id).min(1).max(MAX_UNITS);

export const changePlanSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('merge'), unitIds, target: unitTarget }),
  z.strictObject({
    kind: z.literal('split'),
    unitId: id,
    parts: z.array(newUnit).min(1).max(10),
    assignments,
    /** The part that takes over when the old unit ends; null when it goes on. Who is not named goes there. */
    restTo: id.nullable(),
  }),
  z.strictObject({ kind: z.literal('rename'), unitId: id, name }),
  z.strictObject({ kind: z.literal('abolish'), unitId: id, receiverId: id.nullable(), assignments }),
  z.strictObject({ kind: z.literal('move'), unitId: id, parentId: id.nullable(), regionId: id }),
  z.strictObject({ kind: z.literal('mode'), unitId: id, mode: z.enum(TOWNSHIP_MODES) }),
  z.strictObject({
    kind: z.literal('region_merge'),
    regionIds: z.array(id).min(1).max(10),
    target: regionTarget,
    /** Units that merge in the same act; every other unit of the regions goes over as it is. */
    groups: z.array(z.strictObject({ unitIds, target: unitTarget })).max(MAX_UNITS),
  }),
  z.strictObject({ kind: z.literal('region_rename'), regionId: id, name }),
  z.strictObject({ kind: z.literal('region_move'), regionId: id, parentId: id }),
]);
export type ChangePlan = z.infer<typeof changePlanSchema>;
export type PlanOf<K extends ChangePlan['kind']> = Extract<ChangePlan, { kind: K }>;

export const targetUnitId = (target: UnitTarget): string =>
  target.kind === 'existing' ? target.unitId : target.unit.id;

export const targetRegionId = (target: RegionTarget): string =>
  target.kind === 'existing' ? target.regionId : target.region.id;

/** What an act touches: `changed` can be touched by one pending act only, `used` is where something is put. */
export interface PlanSubjects {
  readonly changed: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
}

interface Touched {
  readonly changed: readonly string[];
  readonly used: readonly (string | null)[];
}

const usedByNew = (unit: NewUnit): (string | null)[] => [unit.parentId, unit.regionId];

function usedByTarget(target: UnitTarget): (string | null)[] {
  return target.kind === 'existing' ? [target.unitId] : usedByNew(target.unit);
}

function touchedBy(plan: ChangePlan): Touched {
  switch (plan.kind) {
    case 'merge':
      return { changed: plan.unitIds, used: usedByTarget(plan.target) };
    case 'split':
      return { changed: [plan.unitId], used: plan.parts.flatMap(usedByNew) };
    case 'rename':
    case 'mode':
      return { changed: [plan.unitId], used: [] };
    case 'abolish':
      return {
        changed: [plan.unitId],
        used: [plan.receiverId, ...plan.assignments.map((one) => one.unitId)],
      };
    case 'move':
      return { changed: [plan.unitId], used: [plan.parentId, plan.regionId] };
    case 'region_merge':
      return {
        changed: [...plan.regionIds, ...plan.groups.flatMap((group) => group.unitIds)],
        used: [
          plan.target.kind === 'existing' ? plan.target.regionId : plan.target.region.parentId,
          ...plan.groups.flatMap((group) => usedByTarget(group.target)),
        ],
      };
    case 'region_rename':
      return { changed: [plan.regionId], used: [] };
    case 'region_move':
      return { changed: [plan.regionId], used: [plan.parentId] };
  }
}

/** Ids of units and regions that exist before the act; those it makes are not among them. */
export function subjectsOf(plan: ChangePlan): PlanSubjects {
  const { changed, used } = touchedBy(plan);
  const made = new Set(madeBy(plan));
  const old = (ids: readonly (string | null)[]) =>
    new Set(ids.flatMap((one) => (one === null || made.has(one) ? [] : [one])));
  const changedSet = old(changed);
  return { changed: changedSet, used: new Set([...old(used)].filter((one) => !changedSet.has(one))) };
}

/** Ids of the units and regions the act makes. */
export function madeBy(plan: ChangePlan): string[] {
  const ofTarget = (target: UnitTarget): string[] => (target.kind === 'new' ? [target.unit.id] : []);
  switch (plan.kind) {
    case 'merge':
      return ofTarget(plan.target);
    case 'split':
      return plan.parts.map((part) => part.id);
    case 'region_merge':
      return [
        ...(plan.target.kind === 'new' ? [plan.target.region.id] : []),
        ...plan.groups.flatMap((group) => ofTarget(group.target)),
      ];
    case 'rename':
    case 'abolish':
    case 'move':
    case 'mode':
    case 'region_rename':
    case 'region_move':
      return [];
  }
}
