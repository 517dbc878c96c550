import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { studyPolicyOf } from '../policy.ts';
import type { StudyPolicy } from './study.ts';

/** A person's unit on a day and how its region counts measured time. */
export interface CreditPlace {
  readonly unitId: string;
  readonly minutesPerCreditHour: number;
}

/** For each day on which the person had a home unit. Read before a transaction begins, so that it stays short. */
export async function loadCreditPlaces(
  pool: Pool,
  personId: string,
  days: Iterable<Day>,
): Promise<Map<Day, CreditPlace>> {
  const places = new Map<Day, CreditPlace>();
  for (const day of new Set(days)) {
    const link = (await homeLinksOn(pool, [personId], day)).get(personId);
    if (!link) continue;
    const rules = await loadRules(pool, link.regionId, day);
    places.set(day, { unitId: link.unitId, minutesPerCreditHour: rules.minutesPerCreditHour.value });
  }
  return places;
}

/** The study rules of the region of each person's home today; those without a home get the defaults. */
export async function loadStudyPolicies(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  personIds: readonly string[],
): Promise<Map<string, StudyPolicy>> {
  const today = dayOf(ctx.clock.now());
  const links = await homeLinksOn(ctx.pool, personIds, today);
  const byRegion = new Map<string, StudyPolicy>();
  for (const { regionId } of links.values())
    if (!byRegion.has(regionId))
      byRegion.set(regionId, studyPolicyOf(await loadRules(ctx.pool, regionId, today)));
  return new Map(
    personIds.map((id) => {
      const regionId = links.get(id)?.regionId;
      return [id, (regionId && byRegion.get(regionId)) || studyPolicyOf(DEFAULT_RULES)];
    }),
  );
}
