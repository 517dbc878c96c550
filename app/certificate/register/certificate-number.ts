import { formatRegisterNumber } from '#app/organization/rules/register-number.ts';

/** Where a number is given: the region's code and the year of issue. */
export interface NumberPlace {
  readonly regionCode: string;
  readonly year: number;
}

/**
 * Name of the counter row behind a number: the pattern with everything filled in but the serial. A pattern without
 * `{year}` counts on for ever, one with it begins anew each year, and two regions never share a counter.
 */
export function certificateSeries(pattern: string, place: NumberPlace): string {
  const fixed = pattern
    .replace('{region}', place.regionCode.slice(0, 6).padEnd(6, '0'))
    .replace('{year}', String(place.year));
  return `certificate_no:${fixed}`;
}

/** @param serial from 1, given by the locked counter */
export function certificateNumber(pattern: string, place: NumberPlace, serial: number): string {
  return formatRegisterNumber(pattern, { ...place, serial });
}
