import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { standingOf } from '#app/organization/rules/region-rules.ts';
import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';
import type { RequiredCourse } from '../course/requirement.ts';
import { areRequiredDone } from '../course/requirement.ts';
import type { CategorySeconds } from '../ledger/hours.ts';
import { totalSeconds } from '../ledger/hours.ts';
import type { Target } from '../ledger/targets.ts';
import { targetOf } from '../ledger/targets.ts';
import { targetRulesOf } from '../policy.ts';
import type { OwnTarget, TargetReason, YearFacts } from './year-target.ts';
import { ownTarget } from './year-target.ts';

/** 达标 / 未达标 / 免训 / 不计入 (left, retired, without an active or suspended card on the day). */
export type Conclusion = 'met' | 'not_met' | 'exempt' | 'not_counted';

export const CONCLUSION_LABELS: Readonly<Record<Conclusion, string>> = {
  met: '达标',
  not_met: '未达标',
  exempt: '免训',
  not_counted: '不计入',
};

export interface RequiredCourseStanding {
  readonly slug: string;
  readonly title: string;
  /** The document that makes it required, and its last day. */
  readonly basis: string;
  readonly until: Day;
  readonly isComplete: boolean;
  /** Shown, but no condition of 达标. */
  readonly isLapsed: boolean;
}

export interface TargetLine extends Target {
  /** The document behind the whole figure; said to have lapsed when it has. */
  readonly source: string;
  readonly basis: RegionRules['yearlyCreditSeconds']['basis'];
  readonly isLapsed: boolean;
  /** The figure without any reduction. */
  readonly fullSeconds: number;
  readonly reasons: readonly TargetReason[];
}

export interface YearStanding {
  readonly personId: string;
  readonly year: number;
  readonly asOf: Day;
  readonly sums: CategorySeconds;
  readonly totalSeconds: number;
  /** The year, and in key fields the specialised law in it. */
  readonly targets: readonly TargetLine[];
  readonly required: readonly RequiredCourseStanding[];
  readonly conclusion: Conclusion;
}

/** D of a figure about `year` as of `asOf`: the day itself, or the nearest day of the year. */
export function dayInYear(year: number, asOf: Day): Day {
  const [first, last]: [Day, Day] = [`${year}-01-01`, `${year}-12-31`];
  if (asOf < first) return first;
  return asOf > last ? last : asOf;
}

export interface PersonFacts {
  readonly personId: string;
  readonly asOf: Day;
  readonly facts: YearFacts;
  readonly sums: CategorySeconds;
  /** Required of this person on the day, and the courses completed in the year, by slug. */
  readonly required: readonly RequiredCourse[];
  readonly completed: ReadonlySet<string>;
}

function linesOf(own: OwnTarget, sums: CategorySeconds, rules: RegionRules, day: Day): TargetLine[] {
  const line = (
    kind: Target['kind'],
    seconds: number,
    done: number,
    rest: Pick<TargetLine, 'fullSeconds' | 'reasons'>,
  ): TargetLine => {
    const rule = kind === 'yearly' ? rules.yearlyCreditSeconds : rules.keyFieldCreditSeconds;
    const isLapsed = standingOf(rule, day, day) === 'lapsed';
    return { ...targetOf(kind, seconds, done), source: rule.source, basis: rule.basis, isLapsed, ...rest };
  };
  const yearly = line('yearly', own.yearlySeconds, Math.max(totalSeconds(sums), 0), {
    fullSeconds: own.fullYearlySeconds,
    reasons: own.yearlyReasons,
  });
  if (own.keyFieldSeconds === null) return [yearly];
  const key = line('key_field', own.keyFieldSeconds, Math.max(sums.specialised_law, 0), {
    fullSeconds: own.fullKeyFieldSeconds ?? own.keyFieldSeconds,
    reasons: own.keyFieldReasons,
  });
  return [yearly, key];
}

/**
 * 达标 takes the hours of the year and every required course in force (domain.md §4.1, M3); the key-field target is a
 * figure of its own (M4) and no condition of it, unless the region puts its hours on top of the year's.
 */
function conclusionOf(own: OwnTarget, yearly: TargetLine | undefined, person: PersonFacts): Conclusion {
  if (own.standing !== 'due') return own.standing;
  return yearly?.isMet === true && areRequiredDone(person.required, person.completed) ? 'met' : 'not_met';
}

/** How one person stands, from plain facts. @param rules values of the home of the day */
export function decideStanding(person: PersonFacts, rules: RegionRules): YearStanding {
  const { personId, asOf, facts, sums, completed } = person;
  const own = ownTarget(facts, targetRulesOf(rules));
  const targets = linesOf(own, sums, rules, facts.day);
  const required = person.required.map(({ slug, title, requirement: { basis, untilDay, isLapsed } }) => ({
    slug,
    title,
    basis,
    until: untilDay,
    isComplete: completed.has(slug),
    isLapsed,
  }));
  return {
    personId,
    year: yearOf(facts.day),
    asOf,
    sums,
    totalSeconds: totalSeconds(sums),
    targets,
    required,
    conclusion: conclusionOf(own, targets[0], person),
  };
}
