import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay } from '#app/platform/time/day.ts';
import { decidingUnit } from '../year/deciding-unit.server.ts';
import type { ClaimPolicy } from './claim.ts';
import type { DayConvention } from './suggestion.ts';

const policyOf = (rules: RegionRules): ClaimPolicy => ({
  minutesPerCreditHour: rules.minutesPerCreditHour.value,
  lecturePercent: rules.lecturePercent.value,
  lectureYearCapSeconds: rules.lectureYearCapSeconds.value,
});

/** The regional values a claim of this unit is judged by, on the last day of the training. */
export async function loadClaimPolicy(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  unitId: string,
  day: Day,
): Promise<ClaimPolicy> {
  const regionId = (await decidingUnit(ctx, unitId))?.regionId;
  return policyOf(regionId === undefined ? DEFAULT_RULES : await loadRules(ctx.pool, regionId, day));
}

export interface ClaimRules {
  readonly convention: DayConvention;
  readonly policy: ClaimPolicy;
  /** In words, for the form. */
  readonly lectureText: string;
}

/** The same for a form, with the convention that is suggested and where it comes from. */
export async function loadClaimRules(pool: Pool, regionId: string | null, day: Day): Promise<ClaimRules> {
  const rules = regionId === null ? DEFAULT_RULES : await loadRules(pool, regionId, day);
  const { statedDayHundredths, statedHalfDayHundredths, lecturePercent, lectureYearCapSeconds } = rules;
  const until = statedDayHundredths.until;
  return {
    policy: policyOf(rules),
    convention: {
      dayHundredths: statedDayHundredths.value,
      halfDayHundredths: statedHalfDayHundredths.value,
      source:
        until === undefined
          ? statedDayHundredths.source
          : `${statedDayHundredths.source}，有效期至${formatDay(until)}`,
    },
    lectureText: `授课按讲授学时的 ${lecturePercent.value / 100} 倍计入，每年最多 ${lectureYearCapSeconds.value / 2700} 学时（${lecturePercent.source}）`,
  };
}
