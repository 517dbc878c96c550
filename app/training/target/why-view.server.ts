import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId, reachFor } from '#app/accounts/actor.server.ts';
import { BASIS_LABELS, RULE_LABELS, showRule } from '#app/office/rules/rule-words.ts';
import { findPersonCard } from '#app/organization/person/person.store.server.ts';
import type { RegionRules, RuleKey } from '#app/organization/rules/region-rules.ts';
import { standingOf } from '#app/organization/rules/region-rules.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import type { EntryAudience, EntryLine } from '../ledger/entry-line.server.ts';
import { entryLine } from '../ledger/entry-line.server.ts';
import { listEntriesOfYear, listEntryYears } from '../ledger/hour-entry.store.server.ts';
import type { ExplainedTarget } from '../ledger/hours-view.server.ts';
import { explainTargets } from '../ledger/hours-view.server.ts';
import type { Category } from '../ledger/hours.ts';
import { CATEGORIES } from '../ledger/hours.ts';
import { entrySteps } from './entry-steps.ts';
import { forecastsOf } from './forecast.server.ts';
import type { Forecast } from './forecast.ts';
import type { StandingCase } from './year-standing.server.ts';
import { standingCases } from './year-standing.server.ts';
import type { Conclusion, RequiredCourseStanding } from './year-standing.ts';

/** One regional value the figures rest on, as the page 规则 words it. */
export interface WhyRule {
  readonly key: RuleKey;
  readonly label: string;
  readonly value: string;
  readonly basisLabel: string;
  readonly source: string;
  readonly isLapsed: boolean;
}

export interface WhyEntry extends EntryLine {
  readonly steps: readonly string[];
}

export interface WhyCategory {
  readonly category: Category;
  readonly seconds: number;
  readonly entries: readonly WhyEntry[];
}

export interface WhyView {
  readonly personId: string;
  readonly personName: string;
  readonly year: number;
  readonly years: readonly number[];
  /** D of the figures. */
  readonly day: Day;
  readonly totalSeconds: number;
  readonly targets: readonly ExplainedTarget[];
  readonly conclusion: Conclusion;
  readonly required: readonly RequiredCourseStanding[];
  readonly categories: readonly WhyCategory[];
  readonly forecast: Forecast | null;
  readonly rules: readonly WhyRule[];
}

const RULES: readonly RuleKey[] = [
  'yearlyCreditSeconds',
  'keyFieldCreditSeconds',
  'keyFieldInsideYearly',
  'keyFields',
  'proRata',
  'keyFieldProRata',
  'exemptionApprover',
  'minutesPerCreditHour',
  'attendanceMinimumPercent',
  'readingDwellPercent',
  'checkPassPercent',
  'dailyStudyCapSeconds',
];

async function ruleLines(ctx: ActorCtx, rules: RegionRules, day: Day): Promise<WhyRule[]> {
  const names = new Map((await listFields(ctx.pool)).map(({ code, name }) => [code, name]));
  return RULES.map((key) => {
    const { text, unit } = showRule(key, rules, names);
    const rule = rules[key];
    return {
      key,
      label: RULE_LABELS[key],
      value: unit === '' ? text : `${text} ${unit}`,
      basisLabel: BASIS_LABELS[rule.basis],
      source: rule.source,
      isLapsed: standingOf(rule, day, day) === 'lapsed',
    };
  });
}

/** Entries under their categories; each category's figure is the one of the standing, asserted against its lines. */
function categoriesOf(found: StandingCase, entries: readonly WhyEntry[]): WhyCategory[] {
  const { sums, totalSeconds } = found.standing;
  const categories = CATEGORIES.map((category) => {
    const own = entries.filter((entry) => entry.category === category);
    const seconds = own.reduce((sum, entry) => sum + entry.creditSeconds, 0);
    invariant(seconds === sums[category], `figure of ${category} = sum of its entries`);
    return { category, seconds, entries: own };
  });
  invariant(
    totalSeconds === categories.reduce((sum, one) => sum + one.seconds, 0),
    'the year = sum of its categories',
  );
  return categories;
}

async function explain(
  ctx: ActorCtx,
  personId: string,
  askedYear: number | null,
  audience: EntryAudience,
): Promise<Outcome<WhyView, 'NOT_FOUND'>> {
  const person = await findPersonCard(ctx.pool, personId);
  if (person === null) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  const thisYear = yearOf(today);
  const years = [...new Set([thisYear, ...(await listEntryYears(ctx.pool, personId))])].sort((a, b) => b - a);
  const year = askedYear !== null && years.includes(askedYear) ? askedYear : thisYear;
  const cases = await standingCases(ctx, [personId], year, today);
  const found = cases.get(personId);
  invariant(found !== undefined, 'everybody asked for has a standing');
  const { day } = found.facts;
  const entries = (await listEntriesOfYear(ctx.pool, personId, year)).filter((one) => one.occurredDay <= day);
  const explained = entries.map((entry) => ({
    ...entryLine(entry, audience),
    steps: entrySteps(entry.basis, entry.creditSeconds),
  }));
  const { totalSeconds, targets, conclusion, required } = found.standing;
  const forecasts = year === thisYear ? await forecastsOf(ctx, cases, today) : null;
  return done({
    personId,
    personName: person.name,
    year,
    years,
    day,
    totalSeconds,
    targets: await explainTargets(ctx, targets),
    conclusion,
    required,
    categories: categoriesOf(found, explained),
    forecast: forecasts?.get(personId) ?? null,
    rules: await ruleLines(ctx, found.rules, day),
  });
}

/** Why the own figures of a year are what they are, down to entries, values and clauses. Refusals: FORBIDDEN; NOT_FOUND. */
export async function ownWhyView(
  ctx: ActorCtx,
  askedYear: number | null,
): Promise<Outcome<WhyView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.read_own')) return refused('FORBIDDEN');
  return explain(ctx, ownPersonId(ctx), askedYear, 'own');
}

/**
 * The same for a person in reach: today's home counts, for leavers the last one. Refusals: FORBIDDEN; NOT_FOUND (nobody,
 * or somebody of another unit).
 */
export async function personWhyView(
  ctx: ActorCtx,
  personId: string,
  askedYear: number | null,
): Promise<Outcome<WhyView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'hours.read_of_person')) return refused('FORBIDDEN');
  if (!isId(personId)) return refused('NOT_FOUND');
  const { unitIds } = await reachFor(ctx, 'hours.read_of_person');
  const today = dayOf(ctx.clock.now());
  const home = (await standingCases(ctx, [personId], yearOf(today), today)).get(personId)?.home;
  if (!home || !unitIds.has(home.unitId)) return refused('NOT_FOUND');
  return explain(ctx, personId, askedYear, 'office');
}
