import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';

/** Years a list of cards offers: this one and those before it. */
export const YEARS_OFFERED = 5;
/** The oldest year a card can be asked for: before it nobody kept one. */
const OLDEST_YEAR = 2000;

/** The year of a card from the address: this year unless an earlier one is named. */
export function cardYear(text: string | null, today: Day): number {
  const thisYear = yearOf(today);
  const asked = /^\d{4}$/.test(text ?? '') ? Number(text) : thisYear;
  return asked >= OLDEST_YEAR && asked <= thisYear ? asked : thisYear;
}

export const yearsOffered = (today: Day): number[] =>
  Array.from({ length: YEARS_OFFERED }, (_, back) => yearOf(today) - back);
