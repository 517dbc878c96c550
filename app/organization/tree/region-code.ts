import type { RegionLevel } from './tree.ts';

const DIVISION = /^[1-8]\d{5}$/;
/** 9 digits name a township, the statistical code has 12 (domain.md §3.1). Codes from 90 up are unassigned: the demo's. */
const INVENTED = /^9\d{5}$/;
const TOWNSHIP = /^\d{9}(?:\d{3})?$/;

/**
 * Level that a division code says by itself (GB/T 2260: 省 xx0000, 市 xxxx00, 县 any other six digits; townships nine or
 * twelve digits). Null for a text that is no division code, as a functional zone's own code is.
 */
export function levelOfCode(code: string): Exclude<RegionLevel, 'nation'> | null {
  if (TOWNSHIP.test(code)) return 'township';
  if (!DIVISION.test(code) && !INVENTED.test(code)) return null;
  if (code.endsWith('0000')) return 'province';
  return code.endsWith('00') ? 'city' : 'county';
}

/** Code of the region one level up as the digits say it; null for a province and for codes of other shapes. */
export function parentOfCode(code: string): string | null {
  switch (levelOfCode(code)) {
    case 'township':
      return code.slice(0, 6);
    case 'county':
      return `${code.slice(0, 4)}00`;
    case 'city':
      return `${code.slice(0, 2)}0000`;
    case 'province':
    case null:
      return null;
  }
}
