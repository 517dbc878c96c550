import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';
import { loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import type { ClosingUnit } from './ended-units.ts';
import { endedUnit, standing } from './ended-units.ts';
import { listEndedUnits, listSuccessions } from './ended-units.store.server.ts';

/** A unit's year, as pages and commands name it. */
export interface UnitYear {
  readonly unitId: string;
  readonly year: number;
}

/** Units whose year this person reaches, and the names of regions. */
export interface ClosingReach {
  readonly units: ReadonlyMap<string, ClosingUnit>;
  readonly tree: OrgTree;
}

/**
 * The units whose year this person reaches through this permission: those of today, and units that ended after the last
 * day of the year, through the office that took their place or the bureau of their region.
 */
export async function closingReach(
  ctx: ActorCtx,
  permission: Permission,
  year: number,
): Promise<ClosingReach> {
  const { unitIds, regionIds, tree } = await reachFor(ctx, permission);
  const units = new Map<string, ClosingUnit>();
  for (const id of unitIds) {
    const unit = tree.units.get(id);
    if (unit) units.set(id, standing(unit));
  }
  for (const unit of await endedUnits(ctx, tree, year))
    if (unitIds.has(unit.officeId) || regionIds.has(unit.regionId)) units.set(unit.id, unit);
  return { units, tree };
}

async function endedUnits(ctx: ActorCtx, tree: OrgTree, year: number): Promise<ClosingUnit[]> {
  const ended = await listEndedUnits(ctx.pool, year, dayOf(ctx.clock.now()));
  if (ended.length === 0) return [];
  const successions = await listSuccessions(ctx.pool, `${year}-12-31`);
  return ended.flatMap((unit) => endedUnit(unit, successions, tree) ?? []);
}

/** A unit as it is named and answered for in the closing of a year, whoever asks; null when it is unknown. */
export async function closingUnit(ctx: ActorCtx, { unitId, year }: UnitYear): Promise<ClosingUnit | null> {
  const tree = await currentTree(ctx);
  const unit = tree.units.get(unitId);
  if (unit) return standing(unit);
  return (await endedUnits(ctx, tree, year)).find((one) => one.id === unitId) ?? null;
}

/** The unit, when this person reaches its year through this permission. Somebody else's unit is NOT_FOUND. */
export async function takeUnit(
  ctx: ActorCtx,
  permission: Permission,
  { unitId, year }: UnitYear,
): Promise<Outcome<ClosingUnit, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const unit = (await closingReach(ctx, permission, year)).units.get(unitId);
  return unit === undefined ? refused('NOT_FOUND') : done(unit);
}

/** The values of the unit's region today: a closing follows the rules of the day on which it is done. */
export function rulesOfUnit(
  ctx: Pick<Ctx, 'pool'>,
  unit: Pick<UnitNode, 'regionId'>,
  today: Day,
): Promise<RegionRules> {
  return loadRules(ctx.pool, unit.regionId, today);
}

/** Days within which any notice period ends, free days of the longest holidays included. */
const LONGEST_NOTICE_DAYS = 200;

/** Last day of a notice that goes up today, 调休 counted. @param workdays regional value, 5 by default */
export async function noticeEnd(ctx: Pick<Ctx, 'pool'>, today: Day, workdays: number): Promise<Day> {
  const exceptions = await loadWorkdayExceptions(ctx.pool, today, addDays(today, LONGEST_NOTICE_DAYS));
  return addWorkdays(today, workdays, exceptions);
}
