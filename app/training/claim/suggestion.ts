import type { Day } from '#app/platform/time/day.ts';
import { daysBetween } from '#app/platform/time/day.ts';

export interface DayConvention {
  /** Hundredths of a 学时 for a whole day, and for half of one. */
  readonly dayHundredths: number;
  readonly halfDayHundredths: number;
  readonly source: string;
}

/** The convention's figure for a training that states no hours (domain.md §4.1): days × a day's 学时. A suggestion; the
 *  person decides. @returns hundredths, or null when the days are not in order */
export function suggestedHundredths(fromDay: Day, toDay: Day, convention: DayConvention): number | null {
  const days = daysBetween(fromDay, toDay) + 1;
  return days < 1 ? null : days * convention.dayHundredths;
}

const figure = (hundredths: number): string => String(hundredths / 100);

/** The suggestion in words, with where it comes from. */
export function conventionText({ dayHundredths, halfDayHundredths, source }: DayConvention): string {
  return `培训通知写明学时的，按通知填写；没有写明的，可参考每天 ${figure(dayHundredths)} 学时、半天 ${figure(halfDayHundredths)} 学时（${source}）`;
}
