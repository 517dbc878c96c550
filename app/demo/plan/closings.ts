import type { Day } from '#app/platform/time/day.ts';
import { addDays, yearOf } from '#app/platform/time/day.ts';
import { onWeekday } from '../calendar.ts';
import { diceFor } from '../dice.ts';
import type { Stage } from './cast.ts';
import { setStage } from './cast.ts';
import type { PlannedUnit } from './city.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';

/** How far the yearly confirmation of one unit has come (domain.md §4.2 case 14). */
export type ClosingStanding = 'frozen' | 'published';

export interface PlannedClosing {
  readonly unit: PlannedUnit;
  readonly year: number;
  readonly standing: ClosingStanding;
  readonly openedDay: Day;
  readonly publishedDay: Day;
  readonly untilDay: Day;
  readonly confirmedDay: Day;
  readonly frozenDay: Day;
}

/** One unit in so many has not been confirmed by its leader yet, in the youngest of the years. */
const SLOW_EVERY = 12;
/** Five 工作日 and a weekend. */
const NOTICE_DAYS = 7;

/** Units whose years are closed: the city's own and those of the county where the story plays, without its townships. */
function closingUnits(stage: Stage, units: readonly PlannedUnit[]): PlannedUnit[] {
  const county = stage.liaisonUnit.regionKey;
  return units.filter(
    ({ regionKey, key, weight }) =>
      weight > 0 && (regionKey === stage.city.key || regionKey === county || key === stage.otherUnit.key),
  );
}

function closingOf(unit: PlannedUnit, year: number, standing: ClosingStanding): PlannedClosing {
  const dice = diceFor(`closing:${year}:${unit.key}`);
  const publishedDay = onWeekday(addDays(`${year + 1}-01-05`, dice.below(4)));
  const untilDay = onWeekday(addDays(publishedDay, NOTICE_DAYS));
  const confirmedDay = onWeekday(addDays(untilDay, dice.between(1, 3)));
  return {
    unit,
    year,
    standing,
    openedDay: onWeekday(`${year + 1}-01-04`),
    publishedDay,
    untilDay,
    confirmedDay,
    frozenDay: onWeekday(addDays(confirmedDay, dice.between(2, 6))),
  };
}

/**
 * Closings of the years before the seed day's, unit by unit. The liaison's own unit has not begun with the youngest one:
 * there is something to do. A year that could not have been closed by the seed day is left out.
 */
export function planClosings(plan: PeoplePlan): PlannedClosing[] {
  const stage = setStage(plan.plan);
  const { firstYear, seedDay } = plan.calendar;
  const last = yearOf(seedDay) - 1;
  const closings: PlannedClosing[] = [];
  for (let year = firstYear; year <= last; year += 1)
    for (const [index, unit] of closingUnits(stage, plan.plan.units).entries()) {
      const isYoungest = year === last;
      if (isYoungest && unit.key === stage.liaisonUnit.key) continue;
      const isSlow = isYoungest && index % SLOW_EVERY === SLOW_EVERY - 1;
      const closing = closingOf(unit, year, isSlow ? 'published' : 'frozen');
      if (closing.frozenDay < seedDay) closings.push(closing);
    }
  return closings;
}

/** Whoever keeps a unit's list and whoever confirms it; the cast where it has these offices. */
export interface ClosingOffice {
  readonly unit: PlannedUnit;
  readonly liaison: { readonly login: string; readonly person: PlannedPerson | null };
  readonly leader: { readonly login: string; readonly person: PlannedPerson | null };
}

const numbered = (role: string, index: number): string => `${role}${String(index + 1).padStart(4, '0')}`;

/** Whoever is to keep or confirm a list has been in the unit since before its first closing began, and still is. */
function isOfThen(person: PlannedPerson, first: PlannedClosing): boolean {
  const { cast, left, category, joinedDay, moved } = person;
  const since = moved?.day ?? joinedDay;
  return cast === null && left === null && category !== 'auxiliary' && since <= first.openedDay;
}

/** The two offices of each unit of these closings; two people of the unit, who wait for their accounts to be activated. */
export function planOffices(plan: PeoplePlan, closings: readonly PlannedClosing[]): ClosingOffice[] {
  const stage = setStage(plan.plan);
  const units = [...new Set(closings.map(({ unit }) => unit))];
  const firsts = new Map<string, PlannedClosing>();
  for (const closing of closings)
    if (closing.openedDay < (firsts.get(closing.unit.key)?.openedDay ?? closing.frozenDay))
      firsts.set(closing.unit.key, closing);
  const members = new Map<string, PlannedPerson[]>();
  for (const person of plan.people) {
    const first = firsts.get(person.unit.key);
    if (first === undefined || !isOfThen(person, first)) continue;
    members.set(person.unit.key, [...(members.get(person.unit.key) ?? []), person]);
  }
  return units.map((unit, index) => {
    const [first = null, second = null] = members.get(unit.key) ?? [];
    if (unit.key === stage.liaisonUnit.key)
      return {
        unit,
        liaison: { login: 'liaison', person: null },
        leader: { login: 'leader', person: null },
      };
    const liaison =
      unit.key === stage.otherUnit.key
        ? { login: 'liaison2', person: null }
        : { login: numbered('liaison', index), person: second };
    return { unit, liaison, leader: { login: numbered('leader', index), person: first } };
  });
}
