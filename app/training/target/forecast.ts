import type { Day } from '#app/platform/time/day.ts';
import { daysBetween, yearOf } from '#app/platform/time/day.ts';

/** Where a person will probably stand on 31 December: what is there, the own pace kept up, and the classes already planned. */
export interface ForecastFacts {
  /** Today, or any day of the year asked about. */
  readonly day: Day;
  /** First day of the year on which the person was there: 1 January, or the day of coming. */
  readonly fromDay: Day;
  readonly doneSeconds: number;
  /** Of those, what was studied at one's own pace (lessons, courses): only this goes on by itself. */
  readonly selfPacedSeconds: number;
  /** Classes of the year the person is booked for and that are not closed yet, in credit seconds at full attendance. */
  readonly plannedSeconds: number;
}

export interface Forecast {
  readonly paceSeconds: number;
  readonly plannedSeconds: number;
  /** Done, pace and planned together; credit seconds ≥ 0. */
  readonly totalSeconds: number;
}

/**
 * A simple, explainable projection (proposal; no document has one): the average of self-paced study per day since the year
 * began goes on to its end, and every planned class is attended in full. Cut to whole seconds. On 31 December nothing
 * is added but what is planned and not yet closed.
 */
export function forecast(facts: ForecastFacts): Forecast {
  const { day, fromDay, doneSeconds, selfPacedSeconds, plannedSeconds } = facts;
  const passed = Math.max(daysBetween(fromDay, day) + 1, 1);
  const left = Math.max(daysBetween(day, `${yearOf(day)}-12-31`), 0);
  const paceSeconds = Math.floor((Math.max(selfPacedSeconds, 0) * left) / passed);
  return {
    paceSeconds,
    plannedSeconds,
    totalSeconds: Math.max(doneSeconds, 0) + paceSeconds + plannedSeconds,
  };
}

/** Days from `day` to the end of its year; 0 on 31 December. */
export function daysToYearEnd(day: Day): number {
  return daysBetween(day, `${yearOf(day)}-12-31`);
}

/** The warning that is due on `day`: the smallest of the thresholds that has been reached; null before the first. */
export function dueWarning(thresholds: readonly number[], day: Day): number | null {
  const left = daysToYearEnd(day);
  const reached = thresholds.filter((days) => left <= days).sort((a, b) => a - b);
  return reached[0] ?? null;
}
