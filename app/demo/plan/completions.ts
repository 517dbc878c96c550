import type { Day } from '#app/platform/time/day.ts';
import { addDays, daysBetween } from '#app/platform/time/day.ts';
import { earlier, later } from '../calendar.ts';
import { diceFor } from '../dice.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';

/** A required course somebody finished in a past year. */
export interface PlannedCompletion {
  readonly person: PlannedPerson;
  readonly courseSlug: string;
  readonly year: number;
  readonly day: Day;
}

export interface RequiredSpan {
  readonly slug: string;
  readonly from: Day;
  readonly to: Day;
}

/** Most finish what is required; the others are why a year's figure has a gap. */
const PERCENT_DONE = 93;

/** Who finished which required course (ZY13) in which whole year before the seed day, in post at the time. */
export function* planCompletions(
  plan: PeoplePlan,
  courses: readonly RequiredSpan[],
): Generator<PlannedCompletion> {
  const { firstYear, seedDay } = plan.calendar;
  for (const { slug, from, to } of courses) {
    for (let year = Math.max(firstYear, Number(from.slice(0, 4))); `${year}-12-31` < seedDay; year += 1) {
      if (`${year}-01-01` > to) break;
      for (const person of plan.people) {
        const dice = diceFor(`required:${slug}:${year}:${person.serial}`);
        const first = later(`${year}-01-01`, person.joinedDay);
        const last = earlier(
          `${year}-12-31`,
          person.left === null ? '9999-12-31' : addDays(person.left.day, -1),
        );
        if (first > last || !dice.chance(PERCENT_DONE)) continue;
        yield {
          person,
          courseSlug: slug,
          year,
          day: addDays(first, dice.below(daysBetween(first, last) + 1)),
        };
      }
    }
  }
}
