import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths, makeDay, weekdayOf, yearOf } from '#app/platform/time/day.ts';
import { invariant } from '#app/platform/result/invariant.ts';

/** The days everything invented hangs on. */
export interface DemoCalendar {
  readonly seedDay: Day;
  /** First year of hours. */
  readonly firstYear: number;
  /** Day of the roster: the first of January before which nothing is known of people's homes. */
  readonly rosterDay: Day;
}

/** Homes are known for this many years, so that a card's whole validity of five years has an owner's place. */
const HOME_YEARS = 5;

export function demoCalendar(seedDay: Day, hourYears: number): DemoCalendar {
  const rosterDay = makeDay(yearOf(seedDay) - HOME_YEARS, 1, 1);
  invariant(rosterDay !== null, 'a seed day lies well after 1905');
  return { seedDay, firstYear: yearOf(seedDay) - hourYears + 1, rosterDay };
}

/** The day itself, or the Monday after a weekend: classes and decisions fall on weekdays. */
export function onWeekday(day: Day): Day {
  const weekday = weekdayOf(day);
  return weekday === 6 ? addDays(day, 2) : weekday === 0 ? addDays(day, 1) : day;
}

/** Last day of whole months from `from`: what `lastDayOfMonths` of the register says. */
export function lastDayOf(from: Day, months: number): Day {
  return addDays(addMonths(from, months), -1);
}

export const earlier = (a: Day, b: Day): Day => (a < b ? a : b);
export const later = (a: Day, b: Day): Day => (a > b ? a : b);
