import type { Grade } from '#app/organization/register/assessment.ts';
import type { WorkMode } from '#app/organization/register/reviewer.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths, yearOf } from '#app/platform/time/day.ts';
import { diceFor } from '../dice.ts';
import type { DemoSize } from '../size.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';
import type { PlannedUnit } from './city.ts';

export interface PlannedReviewer {
  readonly person: PlannedPerson;
  /** The organ whose decisions are reviewed: the bureau for people of its team. */
  readonly unitKey: string;
  readonly workMode: WorkMode;
  readonly qualificationNo: string | null;
  readonly sinceYear: number;
  readonly validFrom: Day;
}

const PERCENT_FULL_TIME = 40;

/** 法制审核人员 near 5 % (YC9): those whose post says so, in the organ that answers for their unit. */
export function planReviewers({ people, calendar }: PeoplePlan): PlannedReviewer[] {
  return people
    .filter((person) => person.hasLegalQualification && person.left === null)
    .map((person) => {
      const dice = diceFor(`reviewer:${person.serial}`);
      const years = dice.between(1, 12);
      const since = addMonths(calendar.seedDay, -12 * Math.min(years, 4));
      return {
        person,
        unitKey: person.unit.entity === null ? (person.unit.parentKey ?? person.unit.key) : person.unit.key,
        workMode: dice.chance(PERCENT_FULL_TIME) ? 'full_time' : 'part_time',
        qualificationNo: `A2099990${String(100_000 + person.serial)}`,
        sinceYear: yearOf(calendar.seedDay) - years,
        validFrom: since < person.joinedDay ? person.joinedDay : since,
      };
    });
}

export interface PlannedSupervisionCard {
  readonly person: PlannedPerson;
  readonly cardNo: string;
  readonly validFrom: Day;
  readonly validTo: Day;
}

const CARD_YEARS = 5;

const isJustice = ({ unitType }: PlannedUnit): boolean =>
  unitType === 'justice' || unitType === 'justice_office';

/** Holders of a 监督证 (YC10): people of justice bureaus and offices, the named supervisor among them. */
export function planSupervisors(
  { people, calendar, byCast }: PeoplePlan,
  size: DemoSize,
): PlannedSupervisionCard[] {
  const named = byCast.get('supervisor');
  const others = people
    .filter(
      (person) =>
        isJustice(person.unit) &&
        person.cast === null &&
        person.left === null &&
        person.category !== 'candidate' &&
        person.category !== 'auxiliary',
    )
    .slice(0, size.supervisors * size.cities - (named === undefined ? 0 : 1));
  return [...(named === undefined ? [] : [named]), ...others].map((person, index) => {
    const dice = diceFor(`supervision-card:${person.serial}`);
    const began = addDays(calendar.seedDay, -dice.between(200, CARD_YEARS * 365 - 40));
    const validFrom = began < person.joinedDay ? person.joinedDay : began;
    return {
      person,
      cardNo: `99JD${String(index + 1).padStart(5, '0')}`,
      validFrom,
      validTo: addMonths(validFrom, 12 * CARD_YEARS),
    };
  });
}

export interface PlannedGrade {
  readonly person: PlannedPerson;
  readonly year: number;
  readonly grade: Grade;
}

/** In a thousand: 优秀 about 18 %, the rest 称职 but for a few. */
const EXCELLENT_PER_MILLE = 180;
const BASIC_PER_MILLE = 8;
const BAD_PER_MILLE = 3;
/** Every so many people one has failed two years running, so that the flag is seen. */
const BAD_TWICE_EVERY = 2_500;
const ASSESSED: readonly string[] = ['admin', 'civil_like', 'public_institution', 'worker'];

function gradeOf(person: PlannedPerson, year: number): Grade {
  if (person.serial % BAD_TWICE_EVERY === BAD_TWICE_EVERY - 1) return 'incompetent';
  const roll = diceFor(`grade:${person.serial}:${year}`).below(1000);
  if (roll < EXCELLENT_PER_MILLE) return 'excellent';
  if (roll < EXCELLENT_PER_MILLE + BASIC_PER_MILLE) return 'basically_competent';
  return roll < EXCELLENT_PER_MILLE + BASIC_PER_MILLE + BAD_PER_MILLE ? 'incompetent' : 'competent';
}

/** 年度考核 of the last two years that are over, for everybody who was there through the whole year. */
export function* planGrades({ people, calendar }: PeoplePlan): Generator<PlannedGrade> {
  const last = yearOf(calendar.seedDay) - 1;
  for (const person of people) {
    if (!ASSESSED.includes(person.establishment)) continue;
    for (const year of [last - 1, last]) {
      const wasThere =
        person.joinedDay <= `${year}-06-30` && (person.left === null || person.left.day > `${year}-12-31`);
      if (wasThere) yield { person, year, grade: gradeOf(person, year) };
    }
  }
}

export interface PlannedHonour {
  readonly key: string;
  readonly person: PlannedPerson | null;
  readonly unitKey: string;
  readonly title: string;
  readonly awardedBy: string;
  readonly awardedDay: Day;
}

const PERSONS_PER_HONOUR = 160;
const UNITS_PER_HONOUR = 25;

/** Some praise for persons and collectives of the last two years (ZY12). */
export function planHonours({ people, plan, calendar }: PeoplePlan): PlannedHonour[] {
  const year = yearOf(calendar.seedDay) - 1;
  const awardedBy = '演示市人民政府';
  const persons = people
    .filter(
      ({ serial, category, left }) =>
        serial % PERSONS_PER_HONOUR === 5 && category === 'holder' && left === null,
    )
    .map((person): PlannedHonour => ({
      key: `honour:person:${person.serial}`,
      person,
      unitKey: person.unit.key,
      title: `${year} 年度全市行政执法先进个人`,
      awardedBy,
      awardedDay: `${year + 1}-01-15`,
    }));
  const units = plan.units
    .filter((unit, index) => unit.weight > 0 && index % UNITS_PER_HONOUR === 3)
    .map((unit): PlannedHonour => ({
      key: `honour:unit:${unit.key}`,
      person: null,
      unitKey: unit.key,
      title: `${year} 年度全市行政执法先进集体`,
      awardedBy,
      awardedDay: `${year + 1}-01-15`,
    }));
  return [...persons, ...units];
}
