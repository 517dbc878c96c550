import { invariant } from '#app/platform/result/invariant.ts';

const DIGITS = 4;
const PATTERN = /^\d{4}-[0-9A-Z-]{1,40}-\d{4,}$/;

/**
 * The number people read on a card: year, code of the unit, running number of the year (`2025-140100-01-0007`).
 * Unique because the running number is counted per year over the whole installation, without gaps.
 * @param serial whole number ≥ 1
 */
export function sealNumber(year: number, unitCode: string, serial: number): string {
  invariant(Number.isInteger(serial) && serial >= 1, 'a running number starts at 1');
  const code = unitCode.toUpperCase().replace(/[^0-9A-Z-]/g, '');
  return `${year}-${code === '' ? '0' : code}-${String(serial).padStart(DIGITS, '0')}`;
}

/** What somebody typed or followed, as a number; null when it cannot be one. */
export function parseSealNumber(text: string | undefined): string | null {
  const typed = (text ?? '').trim().toUpperCase();
  return PATTERN.test(typed) ? typed : null;
}
