/**
 * 开卷口令 of a room: digits alone, because they are what is least misheard in a hall (B, D, P and T are not) and what a
 * number pad types. Twenty of them are 66 bits.
 */
export const OPENING_CODE_DIGITS = 20;
const GROUP_DIGITS = 4;

/** The code that follows from random bytes. @param bytes at least 16, evenly distributed: the remainder is not biased then */
export function openingCodeOf(bytes: Uint8Array): string {
  let value = 0n;
  for (const byte of bytes) value = value * 256n + BigInt(byte);
  return (value % 10n ** BigInt(OPENING_CODE_DIGITS)).toString().padStart(OPENING_CODE_DIGITS, '0');
}

/** What was meant: full-width digits, blanks and dashes do not matter. Null when it is no code at all. */
export function readOpeningCode(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\-–—.]/g, '');
  return digits.length === OPENING_CODE_DIGITS && /^\d+$/.test(digits) ? digits : null;
}

/** In groups of four, for reading out: `4071 9320 5518 2746 0093`. */
export function groupedOpeningCode(code: string): string {
  return code.match(new RegExp(`\\d{1,${GROUP_DIGITS}}`, 'g'))?.join(' ') ?? '';
}
