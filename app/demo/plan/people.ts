import type { EndReason } from '#app/organization/person/home-timeline.ts';
import type { Establishment, Sex } from '#app/organization/person/person.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths, daysBetween } from '#app/platform/time/day.ts';
import type { DemoCalendar } from '../calendar.ts';
import { diceFor, shareOut } from '../dice.ts';
import type { Dice } from '../dice.ts';
import { inventIdNumber } from '../id-number.ts';
import { inventName } from '../person-names.ts';
import type { DemoSize } from '../size.ts';
import type { CastName } from './cast.ts';
import { castByUnit, setStage } from './cast.ts';
import type { Category } from './category.ts';
import type { CityPlan, PlannedUnit } from './city.ts';
import { postOf } from './posts.ts';

export interface PlannedPerson {
  /** From 0, over the whole place; also the number behind the ID number. */
  readonly serial: number;
  readonly unit: PlannedUnit;
  readonly category: Category;
  readonly cast: CastName | null;
  readonly name: string;
  readonly sex: Sex;
  readonly birthDay: Day;
  readonly idNumber: string;
  readonly education: string;
  readonly establishment: Establishment;
  readonly position: string;
  readonly department: string;
  readonly isEnforcementPost: boolean;
  readonly hasLegalQualification: boolean;
  /** First day in the organisation as far as it is known. */
  readonly joinedDay: Day;
  /** Moved here from another unit on this day; null for most. */
  readonly moved: { readonly fromUnit: PlannedUnit; readonly day: Day } | null;
  /** First day away; null while in post. */
  readonly left: { readonly day: Day; readonly reason: EndReason } | null;
}

export interface PeoplePlan {
  readonly plan: CityPlan;
  readonly calendar: DemoCalendar;
  readonly people: readonly PlannedPerson[];
  readonly byCast: ReadonlyMap<CastName, PlannedPerson>;
}

/** How the people without a card in force divide, beside the candidates. */
const OTHER_WEIGHTS: readonly (readonly [Category, number])[] = [
  ['leaver', 19],
  ['ended', 9],
  ['qualified', 9],
  ['auxiliary', 36],
  ['office', 27],
];
const MIN_PER_UNIT = 2;
/** 法制审核人员: at least 5 % of an organ's people, one at least (YC9, M14); some organs have none yet. */
const REVIEWER_PERCENT = 5;
const PERCENT_ORGANS_WITH_REVIEWERS = 75;

interface Seat {
  readonly serial: number;
  readonly unit: PlannedUnit;
  /** Position within the unit, from 0. */
  readonly nth: number;
  readonly cast: CastName | null;
}

function seatsOf(size: DemoSize, plan: CityPlan): Seat[] {
  const cast = castByUnit(setStage(plan));
  const peopled = plan.units.filter((unit) => unit.weight > 0);
  const headcounts = shareOut(
    size.persons * size.cities,
    peopled.map((unit) => unit.weight),
    MIN_PER_UNIT,
  );
  const seats: Seat[] = [];
  peopled.forEach((unit, index) => {
    const names = cast.get(unit.key) ?? [];
    const headcount = Math.max(headcounts[index] ?? 0, names.length);
    for (let nth = 0; nth < headcount; nth += 1)
      seats.push({ serial: seats.length, unit, nth, cast: names[nth] ?? null });
  });
  return seats;
}

const categoryOfCast = (cast: CastName): Category => (cast === 'applicant' ? 'candidate' : 'holder');

/** Exact numbers per category: seats are put in an order that only chance knows, and dealt out. */
function dealCategories(size: DemoSize, seats: readonly Seat[]): Category[] {
  const holders = size.holders * size.cities;
  const candidates = (size.candidates + (size.cities === 1 ? 1 : 0)) * size.cities;
  const others = shareOut(
    seats.length - holders - candidates,
    OTHER_WEIGHTS.map(([, weight]) => weight),
  );
  const left = new Map<Category, number>([
    ['holder', holders],
    ['candidate', candidates],
    ...OTHER_WEIGHTS.map(([category], index) => [category, others[index] ?? 0] as const),
  ]);
  const take = (category: Category): Category => {
    left.set(category, (left.get(category) ?? 0) - 1);
    return category;
  };
  const dealt = new Array<Category>(seats.length);
  for (const seat of seats) if (seat.cast !== null) dealt[seat.serial] = take(categoryOfCast(seat.cast));
  const deck = [...left].flatMap(([category, count]) => {
    invariant(count >= 0, `there are enough seats of category ${category}`);
    return Array.from({ length: count }, () => category);
  });
  const shuffled = seats
    .filter((seat) => seat.cast === null)
    .map((seat) => ({ seat, order: diceFor(`deal:${seat.serial}`).below(0x7fff_ffff) }))
    .sort((a, b) => a.order - b.order || a.seat.serial - b.seat.serial);
  shuffled.forEach(({ seat }, index) => {
    dealt[seat.serial] = deck[index] ?? 'office';
  });
  return dealt;
}

const AGES: Readonly<Record<Category, readonly [number, number]>> = {
  holder: [26, 58],
  leaver: [40, 60],
  ended: [30, 57],
  qualified: [24, 40],
  candidate: [23, 32],
  auxiliary: [23, 52],
  office: [25, 58],
};

function birthDayOf(dice: Dice, category: Category, seedDay: Day): Day {
  const [least, most] = AGES[category];
  return addDays(addMonths(seedDay, -12 * dice.between(least, most)), -dice.below(360));
}

/** A holder's first card needs months of training and an exam before it. */
const MONTHS_BEFORE_CARD = 8;
const DAYS_OF_A_CANDIDATE = 300;
const PERCENT_NEWCOMERS = 22;
const PERCENT_MOVED = 5;

function joinedDayOf(dice: Dice, category: Category, calendar: DemoCalendar): Day {
  const { rosterDay, seedDay } = calendar;
  if (category === 'candidate') return addDays(seedDay, -dice.between(20, DAYS_OF_A_CANDIDATE));
  if (category === 'qualified') return addDays(seedDay, -dice.between(DAYS_OF_A_CANDIDATE, 700));
  if (category === 'leaver' || category === 'ended' || !dice.chance(PERCENT_NEWCOMERS)) return rosterDay;
  const span = daysBetween(rosterDay, addMonths(seedDay, -MONTHS_BEFORE_CARD));
  return addDays(rosterDay, 1 + dice.below(span));
}

const LEAVING: readonly [EndReason, ...EndReason[]] = [
  'retired',
  'retired',
  'retired',
  'transferred',
  'resigned',
];

function leftOf(dice: Dice, category: Category, calendar: DemoCalendar): PlannedPerson['left'] {
  if (category !== 'leaver') return null;
  const day = addDays(calendar.seedDay, -dice.between(15, 1000));
  return { day, reason: dice.pick(LEAVING) };
}

/** Some came from the unit next door of the same place a year or more after they were first known. */
function movedOf(
  dice: Dice,
  person: { category: Category; joinedDay: Day; unit: PlannedUnit; cast: CastName | null },
  context: { calendar: DemoCalendar; neighbour: PlannedUnit | null },
): PlannedPerson['moved'] {
  const { calendar, neighbour } = context;
  if (person.category !== 'holder' || person.cast !== null || neighbour === null) return null;
  if (!dice.chance(PERCENT_MOVED)) return null;
  const first = addDays(person.joinedDay, 400);
  const last = addMonths(calendar.seedDay, -4);
  if (first >= last) return null;
  return { fromUnit: neighbour, day: addDays(first, dice.below(daysBetween(first, last))) };
}

const EDUCATIONS: readonly [string, ...string[]] = [
  '大学本科',
  '大学本科',
  '大学本科',
  '大学专科',
  '硕士研究生',
];

/** Plans everybody. The same size and seed day always give the same people. */
export function planPeople(size: DemoSize, plan: CityPlan, calendar: DemoCalendar): PeoplePlan {
  const seats = seatsOf(size, plan);
  const categories = dealCategories(size, seats);
  const neighbours = neighboursOf(plan.units);
  const reviewers = reviewersByOrgan(seats);
  const people = seats.map((seat): PlannedPerson => {
    const category = categories[seat.serial] ?? 'office';
    const dice = diceFor(`person:${seat.serial}`);
    const sex = dice.chance(68) ? 'male' : 'female';
    const birthDay = birthDayOf(dice, category, calendar.seedDay);
    const joinedDay = joinedDayOf(dice, category, calendar);
    const { unit, cast } = seat;
    const isReviewer = category === 'holder' && seat.nth >= 1 && seat.nth <= (reviewers.get(unit.key) ?? 0);
    return {
      serial: seat.serial,
      unit,
      category,
      cast,
      name: inventName(dice, sex),
      sex,
      birthDay,
      idNumber: inventIdNumber(seat.serial, birthDay, sex),
      education: dice.pick(EDUCATIONS),
      ...postOf(dice, { unit, category, nth: seat.nth, isReviewer, cast }),
      hasLegalQualification: isReviewer,
      joinedDay,
      moved: movedOf(
        dice,
        { category, joinedDay, unit, cast },
        { calendar, neighbour: neighbours.get(unit.key) ?? null },
      ),
      left: leftOf(dice, category, calendar),
    };
  });
  const byCast = new Map(people.flatMap((person) => (person.cast ? [[person.cast, person] as const] : [])));
  return { plan, calendar, people, byCast };
}

/** The unit before, if it lies in the same region and holds power, or belongs to a bureau that does. */
function neighboursOf(units: readonly PlannedUnit[]): ReadonlyMap<string, PlannedUnit> {
  const neighbours = new Map<string, PlannedUnit>();
  units.forEach((unit, index) => {
    const before = units[index - 1];
    if (before && before.regionKey === unit.regionKey && before.weight > 0) neighbours.set(unit.key, before);
  });
  return neighbours;
}

/** Reviewers per organ, counted over the organ and its team. */
function reviewersByOrgan(seats: readonly Seat[]): ReadonlyMap<string, number> {
  const headcounts = new Map<string, number>();
  for (const { unit } of seats) {
    const organ = unit.entity === null ? unit.parentKey : unit.key;
    if (organ !== null) headcounts.set(organ, (headcounts.get(organ) ?? 0) + 1);
  }
  const withReviewers = [...headcounts].filter(([key]) =>
    diceFor(`reviewers:${key}`).chance(PERCENT_ORGANS_WITH_REVIEWERS),
  );
  return new Map(withReviewers.map(([key, count]) => [key, Math.ceil((count * REVIEWER_PERCENT) / 100)]));
}
