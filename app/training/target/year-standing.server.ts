import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { requiredCoursesFor } from '../course/requirement.ts';
import { loadTrainees } from '../course/load-trainees.server.ts';
import { NO_SECONDS } from '../ledger/hours.ts';
import { loadRulesOfRegions } from './rules-of-regions.store.server.ts';
import type { HomeRow } from './standing-facts.store.server.ts';
import {
  listCompletedCourses,
  listExemptionFacts,
  listHomes,
  listRequiredCourses,
  sumHours,
} from './standing-facts.store.server.ts';
import type { YearFacts } from './year-target.ts';
import type { YearStanding } from './year-standing.ts';
import { dayInYear, decideStanding } from './year-standing.ts';

/** What a standing rests on, for whoever explains it. */
export interface StandingCase {
  readonly standing: YearStanding;
  readonly facts: YearFacts;
  readonly rules: RegionRules;
  /** Region whose values count; null where the platform's own are used. */
  readonly regionId: string | null;
  /** Home of the day, else the last one before it. */
  readonly home: HomeRow | null;
}

const NOTHING: ReadonlySet<string> = new Set();

/** The place whose rules count: the home of the day (case 2), for who has left the last one. */
const homeOf = (homes: readonly HomeRow[]): HomeRow | null => homes.at(-1) ?? null;

/**
 * How each of these persons stands in `year` as of `asOf`, with the facts behind it. Ten statements, however
 * many persons. A person nobody knows is not counted.
 */
export async function standingCases(
  ctx: Pick<Ctx, 'pool'>,
  personIds: readonly string[],
  year: number,
  asOf: Day,
): Promise<Map<string, StandingCase>> {
  const { pool } = ctx;
  const day = dayInYear(year, asOf);
  const ids = [...new Set(personIds)];
  const [homes, sums, exemptions, completed, courses, trainees] = await Promise.all([
    listHomes(pool, ids, day),
    sumHours(pool, ids, day),
    listExemptionFacts(pool, ids, year),
    listCompletedCourses(pool, ids, day),
    listRequiredCourses(pool),
    loadTrainees(pool, ids, day),
  ]);
  const regionIds = new Set([...homes.values()].flatMap((own) => homeOf(own)?.regionId ?? []));
  const rulesOf = await loadRulesOfRegions(pool, [...regionIds], day);
  const required = requiredCoursesFor(courses, trainees.values(), day);
  return new Map(
    ids.map((personId): [string, StandingCase] => {
      const own = homes.get(personId) ?? [];
      const home = homeOf(own);
      const regionId = home?.regionId ?? null;
      const rules = (regionId === null ? undefined : rulesOf.get(regionId)) ?? DEFAULT_RULES;
      const facts: YearFacts = {
        year,
        day,
        homes: own,
        holdsCard: trainees.get(personId)?.holdsCard ?? false,
        exemptions: exemptions.get(personId) ?? [],
      };
      const standing = decideStanding(
        {
          personId,
          asOf,
          facts,
          sums: sums.get(personId) ?? NO_SECONDS,
          required: required.get(personId) ?? [],
          completed: completed.get(personId) ?? NOTHING,
        },
        rules,
      );
      return [personId, { standing, facts, rules, regionId, home }];
    }),
  );
}

/**
 * How each of these persons stands in `year` as of `asOf`: set-based, entries known now. Set-based facts, one rule
 * (`year-target.ts`, `year-standing.ts`).
 */
export async function yearStandings(
  ctx: Pick<Ctx, 'pool'>,
  personIds: readonly string[],
  year: number,
  asOf: Day,
): Promise<Map<string, YearStanding>> {
  const cases = await standingCases(ctx, personIds, year, asOf);
  return new Map([...cases].map(([personId, { standing }]) => [personId, standing]));
}
