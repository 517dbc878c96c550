import type { EndReason } from '#app/organization/person/home-timeline.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addMonths } from '#app/platform/time/day.ts';
import { later } from '../calendar.ts';
import type { PlannedUnit } from './city.ts';
import type { PeoplePlan, PlannedPerson } from './people.ts';
import { planTownshipModes } from './township-modes.ts';

/** A stretch of days at home in one unit. */
export interface PlannedStretch {
  readonly unit: PlannedUnit;
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly endReason: EndReason | null;
}

/** Where a person was at home, from joining to leaving. */
export function homeStretchesOf(person: PlannedPerson): PlannedStretch[] {
  const { unit, joinedDay, moved, left } = person;
  const end = { validTo: left?.day ?? null, endReason: left?.reason ?? null };
  if (moved === null) return [{ unit, validFrom: joinedDay, ...end }];
  return [
    { unit: moved.fromUnit, validFrom: joinedDay, validTo: moved.day, endReason: 'transferred' },
    { unit, validFrom: moved.day, ...end },
  ];
}

/** A person of a county team who works in a township (派驻): home stays where it was (domain.md §4.2 case 4). */
export interface PlannedPosting {
  readonly key: string;
  readonly person: PlannedPerson;
  readonly unit: PlannedUnit;
  readonly validFrom: Day;
}

const POSTED_PER_TOWNSHIP = 2;
const POSTED_FOR_MONTHS = 18;
const POSTING_TEAM_FIELD = 'URBAN';

/** RA1: places with 派驻 or 派驻+赋权 have people of the county's 城管 team. */
export function planPostings(plan: PeoplePlan): PlannedPosting[] {
  const { seedDay } = plan.calendar;
  const modes = planTownshipModes(plan.plan.units, seedDay, seedDay).filter((mode) => mode.validTo === null);
  const dispatched = new Set(
    modes.filter(({ mode }) => mode === 'dispatch' || mode === 'mixed').map((mode) => mode.unitKey),
  );
  const free = new Map<string, PlannedPerson[]>();
  for (const person of plan.people) {
    const { unit, category, moved } = person;
    if (
      category !== 'holder' ||
      moved !== null ||
      unit.unitType !== 'team' ||
      unit.field !== POSTING_TEAM_FIELD
    )
      continue;
    const team = free.get(unit.regionKey);
    if (team) team.push(person);
    else free.set(unit.regionKey, [person]);
  }
  const since = addMonths(seedDay, -POSTED_FOR_MONTHS);
  return plan.plan.units
    .filter((unit) => dispatched.has(unit.key))
    .flatMap((unit) => {
      const county = unit.regionKey.slice(0, unit.regionKey.lastIndexOf('/'));
      const team = free.get(county)?.splice(0, POSTED_PER_TOWNSHIP) ?? [];
      return team.map((person) => ({
        key: `posting:${person.serial}`,
        person,
        unit,
        validFrom: later(since, person.joinedDay),
      }));
    });
}
