import type { Sex } from '#app/organization/person/person.ts';
import { idCheckCharacter } from '#app/platform/import/values/id-number.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';

/** Sequence numbers of one area and sex; the 17th digit tells the sex. */
const PER_AREA = 499;
const AREAS = 10_000;

/**
 * An invented ID number in the unassigned area 99xxxx, with a right check character (design invariant 7). Area and
 * sequence come from the person's number, so no two are alike whatever their birth days are.
 * @param serial whole number from 0, below 4,990,000
 */
export function inventIdNumber(serial: number, birthDay: Day, sex: Sex): string {
  invariant(serial >= 0 && serial < PER_AREA * AREAS, 'there are 4,990,000 invented ID numbers');
  const area = `99${String(Math.floor(serial / PER_AREA)).padStart(4, '0')}`;
  const sequence = (serial % PER_AREA) * 2 + (sex === 'male' ? 1 : 2);
  const body = `${area}${birthDay.replaceAll('-', '')}${String(sequence).padStart(3, '0')}`;
  return body + idCheckCharacter(body);
}
