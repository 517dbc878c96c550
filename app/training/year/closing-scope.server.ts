import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import type { UnitNode } from '#app/organization/tree/tree.ts';
import { loadWorkdayExceptions } from '#app/office/workday/workday.store.server.ts';
import { addWorkdays } from '#app/office/workday/workday.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';

/** A unit's year, as pages and commands name it. */
export interface UnitYear {
  readonly unitId: string;
  readonly year: number;
}

/** The unit, when this person reaches it through this permission. Somebody else's unit is NOT_FOUND. */
export async function takeUnit(
  ctx: ActorCtx,
  permission: Permission,
  unitId: string,
): Promise<Outcome<UnitNode, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, permission);
  const unit = unitIds.has(unitId) ? tree.units.get(unitId) : undefined;
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
