import type { Day } from '#app/platform/time/day.ts';
import { addDays, daysBetween, yearOf } from '#app/platform/time/day.ts';
import type { CategorySeconds } from '#app/training/ledger/hours.ts';
import { totalSeconds } from '#app/training/ledger/hours.ts';
import type { TargetRules, YearFacts } from '#app/training/target/year-target.ts';
import { ownTarget } from '#app/training/target/year-target.ts';

/**
 * The figures of unit completion (domain.md §7: M3, M4, M5). Every number on the page, in the workbook and in a parent
 * row is made from these counts and from nothing else, so they agree by construction.
 */
export interface CompletionCounts {
  /** 应训人数, denominator of M3 and M5: persons whose home is here on the day, who hold an ACTIVE or SUSPENDED card (M1)
   *  and are not exempt in the year. */
  readonly due: number;
  /** 达标人数, numerator of M3: of those, the ones with hours ≥ own target and all required courses of the year done. */
  readonly met: number;
  /** Credit of all those due, in credit seconds (1 学时 = 2700); numerator of M5. */
  readonly creditSeconds: number;
  /** 重点领域应训人数, denominator of M4: those due whose field is a key field of their region. */
  readonly keyDue: number;
  /** 重点领域达标人数, numerator of M4: of those, the ones with enough specialised law. */
  readonly keyMet: number;
}

export const NOBODY: CompletionCounts = { due: 0, met: 0, creditSeconds: 0, keyDue: 0, keyMet: 0 };

export function sumCounts(parts: Iterable<CompletionCounts>): CompletionCounts {
  let sum = NOBODY;
  for (const part of parts) {
    sum = {
      due: sum.due + part.due,
      met: sum.met + part.met,
      creditSeconds: sum.creditSeconds + part.creditSeconds,
      keyDue: sum.keyDue + part.keyDue,
      keyMet: sum.keyMet + part.keyMet,
    };
  }
  return sum;
}

/** M5 人均学时 in credit seconds, cut to whole seconds; null where nobody is due (shown as 「–」). */
export function meanCreditSecondsFloor(counts: CompletionCounts): number | null {
  return counts.due === 0 ? null : Math.floor(counts.creditSeconds / counts.due);
}

/**
 * Counts of one officer who holds a card: the definition that the set-based query is checked against. What is owed and
 * whether the officer is due at all comes from the same rule as the officer's own 学时 page.
 */
export function countOfficer(
  officer: {
    readonly seconds: CategorySeconds;
    readonly facts: YearFacts;
    readonly requiredCoursesDone: number;
  },
  rules: TargetRules,
  requiredCourses: number,
): CompletionCounts {
  const own = ownTarget(officer.facts, rules);
  if (own.standing !== 'due') return NOBODY;
  const creditSeconds = totalSeconds(officer.seconds);
  const isMet = creditSeconds >= own.yearlySeconds && officer.requiredCoursesDone >= requiredCourses;
  const { keyFieldSeconds } = own;
  const isKeyMet = keyFieldSeconds !== null && officer.seconds.specialised_law >= keyFieldSeconds;
  return {
    due: 1,
    met: isMet ? 1 : 0,
    creditSeconds,
    keyDue: keyFieldSeconds === null ? 0 : 1,
    keyMet: isKeyMet ? 1 : 0,
  };
}

const FULL_BASIS_POINTS = 10_000;

/** Days of the year that have passed at the end of `day`, and all of them. */
function yearSoFar(day: Day): { passed: number; all: number } {
  const first = `${yearOf(day)}-01-01`;
  return {
    passed: daysBetween(first, addDays(day, 1)),
    all: daysBetween(first, `${yearOf(day) + 1}-01-01`),
  };
}

/**
 * 序时应达: what an officer would have at the end of `day`, were the year's target earned evenly; credit seconds, cut.
 * To be read beside M5 to see whether a place is on its way; not a legal target.
 */
export function paceSecondsFloor(yearlyCreditSeconds: number, day: Day): number {
  const { passed, all } = yearSoFar(day);
  return Math.floor((yearlyCreditSeconds * passed) / all);
}

/** The line the bars are read against, in basis points. */
export interface ReferenceLine {
  /** `everybody`: at the end of a year all must have completed it. `average`: while it runs, the share of the whole place. */
  readonly kind: 'everybody' | 'average';
  readonly basisPoints: number;
}

/**
 * A year's target is reached by most people late in the year, so a share that grows with the days would call everybody
 * late in June. Who is behind while the year runs is therefore told by the share of the place itself, cut.
 */
export function referenceLine(total: CompletionCounts, day: Day): ReferenceLine {
  const { passed, all } = yearSoFar(day);
  if (passed === all) return { kind: 'everybody', basisPoints: FULL_BASIS_POINTS };
  const basisPoints = total.due === 0 ? 0 : Math.floor((total.met * FULL_BASIS_POINTS) / total.due);
  return { kind: 'average', basisPoints };
}

/** True when the share of those who completed lies below the line; a row where nobody is due is behind nothing. */
export function isBehind(counts: CompletionCounts, line: ReferenceLine): boolean {
  return counts.due > 0 && counts.met * FULL_BASIS_POINTS < counts.due * line.basisPoints;
}

/** Last day that can be asked about in a year: its end, or today while it runs. */
export function lastDayOfYear(year: number, today: Day): Day {
  const end: Day = `${year}-12-31`;
  return end < today ? end : today;
}
