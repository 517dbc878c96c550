import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, weekdayOf } from '#app/platform/time/day.ts';

/** 班 = a day that is worked although it is a weekend; 休 = a day that is free although it is none. */
export const WORKDAY_KINDS = ['workday', 'holiday'] as const;
export type WorkdayKind = (typeof WORKDAY_KINDS)[number];

/** The yearly 调休 by day; days that are not in it follow the week. */
export type WorkdayExceptions = ReadonlyMap<Day, WorkdayKind>;

/** No deadline of the trade is longer; a larger number is a mistake of the caller. */
const MAX_WORKDAYS = 1_000;
/** Even a thousand 工作日 end well within this many days. */
const MAX_SCANNED_DAYS = 4_000;

/** Monday to Friday unless the notice of the year says otherwise. */
export function isWorkday(day: Day, exceptions: WorkdayExceptions): boolean {
  const exception = exceptions.get(day);
  if (exception !== undefined) return exception === 'workday';
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6;
}

/**
 * The day on which a period of `count` 工作日 that began on `day` ends. The beginning day itself is not counted
 * (行政处罚法 §85 counts 二日、三日、五日、七日 in 工作日, and periods begin on the following day).
 * @param count whole number, 0 gives `day` itself
 */
export function addWorkdays(day: Day, count: number, exceptions: WorkdayExceptions): Day {
  invariant(
    Number.isInteger(count) && count >= 0 && count <= MAX_WORKDAYS,
    `a number of 工作日 lies between 0 and ${MAX_WORKDAYS}`,
  );
  let reached = day;
  let left = count;
  for (let scanned = 0; left > 0; scanned += 1) {
    invariant(scanned < MAX_SCANNED_DAYS, 'a calendar has enough 工作日');
    reached = addDays(reached, 1);
    if (isWorkday(reached, exceptions)) left -= 1;
  }
  return reached;
}

/** 工作日 after `from` up to and including `to`; 0 when `to` is not later. The inverse of `addWorkdays`. */
export function countWorkdays(from: Day, to: Day, exceptions: WorkdayExceptions): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkday(day, exceptions)) count += 1;
  }
  return count;
}
