/** 统一社会信用代码 (GB 32100-2015): 18 characters of a 31-letter alphabet without I, O, S, V, Z; the last one checks. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const;
const PATTERN = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;

/** Check character of the first 17; null for texts that hold others. */
export function creditCheckCharacter(body: string): string | null {
  let sum = 0;
  for (const [at, weight] of WEIGHTS.entries()) {
    const value = ALPHABET.indexOf(body[at] ?? '?');
    if (value < 0) return null;
    sum += value * weight;
  }
  return ALPHABET[(31 - (sum % 31)) % 31] ?? null;
}

export function isCreditCode(text: string): boolean {
  return PATTERN.test(text) && creditCheckCharacter(text) === text[17];
}
