import { birthDayOfId } from '#app/platform/import/values/id-number.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addMonths } from '#app/platform/time/day.ts';
import type { HomeStretch } from '../person/home-timeline.ts';
import { homeOn } from '../person/home-timeline.ts';

/** As the roster import has it: nobody younger or older works in an office. */
const MIN_AGE_YEARS = 16;
const MAX_AGE_YEARS = 100;

export type EntryRefusal =
  'AGE_OUT_OF_RANGE' | 'NAME_DIFFERS' | 'ALREADY_HERE' | 'ALREADY_ELSEWHERE' | 'LATER_PLACE_KNOWN';

/** Whoever has the same ID number already, with the homes as known now. */
export interface KnownEntrant {
  readonly personId: string;
  readonly name: string;
  readonly homes: readonly HomeStretch[];
}

export interface Entrant {
  readonly name: string;
  readonly idNumber: string;
  readonly unitId: string;
  /** First day in the unit. */
  readonly fromDay: Day;
}

/**
 * Whether somebody can be entered into a unit: as a new person, or as one who comes back. Refusals: AGE_OUT_OF_RANGE;
 * NAME_DIFFERS (the number is known under another name, which is not told); ALREADY_HERE; ALREADY_ELSEWHERE (detail:
 * unitId; told only to whoever knows name and number both: the way is a transfer); LATER_PLACE_KNOWN.
 */
export function decideEntry(
  entrant: Entrant,
  known: KnownEntrant | null,
): Outcome<'new' | 'returns', EntryRefusal> {
  const birthDay = birthDayOfId(entrant.idNumber);
  const isOfAge = (years: number): boolean =>
    birthDay !== null && addMonths(birthDay, years * 12) <= entrant.fromDay;
  if (!isOfAge(MIN_AGE_YEARS) || isOfAge(MAX_AGE_YEARS)) return refused('AGE_OUT_OF_RANGE');
  if (known === null) return done('new');
  if (known.name !== entrant.name) return refused('NAME_DIFFERS');
  const home = homeOn(known.homes, entrant.fromDay);
  if (home !== null)
    return home.unitId === entrant.unitId
      ? refused('ALREADY_HERE')
      : refused('ALREADY_ELSEWHERE', { unitId: home.unitId });
  return known.homes.some((stretch) => stretch.validFrom > entrant.fromDay)
    ? refused('LATER_PLACE_KNOWN')
    : done('returns');
}
