import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { forecastsOf } from './forecast.server.ts';
import { daysToYearEnd, dueWarning } from './forecast.ts';
import { loadRulesOfRegions } from './rules-of-regions.store.server.ts';
import type { Behind } from './warning-messages.ts';
import { personWarning, unitDigest } from './warning-messages.ts';
import type { UnitMember } from './warning.store.server.ts';
import { insertWarning, listMembers, listSentWarnings, warningKey } from './warning.store.server.ts';
import { standingCases } from './year-standing.server.ts';

/** Units warned in one round, and looked at together; the rest comes with the next round. */
const UNITS_AT_ONCE = 100;
/** Notices in one request. */
const NOTICES_AT_ONCE = 200;

interface DueUnit {
  readonly unitId: string;
  readonly daysBefore: number;
}

/** Units whose region's threshold has been reached and that were not warned for it yet. */
async function dueUnits(ctx: Ctx, today: Day): Promise<DueUnit[]> {
  const tree = await currentTree(ctx);
  const units = [...tree.units.values()];
  const regionIds = [...new Set(units.map((unit) => unit.regionId))];
  const rules = await loadRulesOfRegions(ctx.pool, regionIds, today);
  const sent = await listSentWarnings(ctx.pool, yearOf(today));
  return units.flatMap(({ id, regionId }) => {
    const own = rules.get(regionId);
    const isOn = own?.yearWarnings.value === true;
    const daysBefore = isOn ? dueWarning(own.yearWarningDays.value, today) : null;
    return daysBefore === null || sent.has(warningKey(id, daysBefore)) ? [] : [{ unitId: id, daysBefore }];
  });
}

/** Who of these has not met the year, by unit. */
async function behindByUnit(
  ctx: Ctx,
  members: readonly UnitMember[],
  today: Day,
): Promise<ReadonlyMap<string, Behind[]>> {
  const ids = members.map((member) => member.personId);
  const cases = await standingCases(ctx, ids, yearOf(today), today);
  const forecasts = await forecastsOf(ctx, cases, today);
  const behind = new Map<string, Behind[]>();
  for (const { personId, unitId, name } of members) {
    const standing = cases.get(personId)?.standing;
    if (standing?.conclusion !== 'not_met') continue;
    const list = behind.get(unitId) ?? [];
    list.push({ personId, name, standing, forecast: forecasts.get(personId) ?? null });
    behind.set(unitId, list);
  }
  return behind;
}

/** Warns one unit: the mark and the requests for notices stand or fall together. */
async function warnUnit(ctx: Ctx, unit: DueUnit, behind: readonly Behind[], today: Day): Promise<void> {
  const occasion = { ...unit, year: yearOf(today), daysLeft: daysToYearEnd(today) };
  await inTransaction(ctx, 'warn-unit', async (tx) => {
    if (!(await insertWarning(tx, { ...occasion, warned: behind.length }))) return;
    if (behind.length === 0) return;
    const notices = [...behind.map((one) => personWarning(one, occasion)), unitDigest(behind, occasion)];
    for (let from = 0; from < notices.length; from += NOTICES_AT_ONCE)
      await askForNotices(tx, ctx, notices.slice(from, from + NOTICES_AT_ONCE));
  });
}

/**
 * Before the end of a year tells everybody who has not met it, and the liaison of the unit, what is missing: once for each
 * threshold of the region (`yearWarningDays`, switch `yearWarnings`), however often and in however many processes it runs.
 * A platform that starts late sends only the warning that is due now.
 * @returns units warned in this round
 */
export async function warnBeforeYearEnd(ctx: Ctx): Promise<number> {
  const today = dayOf(ctx.clock.now());
  const due = (await dueUnits(ctx, today)).slice(0, UNITS_AT_ONCE);
  if (due.length === 0) return 0;
  const members = await listMembers(
    ctx.pool,
    due.map((unit) => unit.unitId),
    today,
  );
  const behind = await behindByUnit(ctx, members, today);
  for (const unit of due) await warnUnit(ctx, unit, behind.get(unit.unitId) ?? [], today);
  return due.length;
}
