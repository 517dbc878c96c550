/** 开考口令: read out in the room, typed by everybody. No character is taken for another in any of our faces. */
export const CODE_ALPHABET = 'ACDEFGHJKMNPQRTUVWXY34679';
export const CODE_LENGTH = 6;

/** @param below a random integer, 0 ≤ result < bound */
export function makeAccessCode(below: (bound: number) => number): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET.charAt(below(CODE_ALPHABET.length))).join(
    '',
  );
}

/** As it was meant: full-width characters, small letters, blanks and dashes do not matter. */
export function normaliseCode(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\-–—]/g, '')
    .toUpperCase();
}

/** In two groups, for reading out: `K7M 4QX`. */
export function groupedCode(code: string): string {
  return `${code.slice(0, CODE_LENGTH / 2)} ${code.slice(CODE_LENGTH / 2)}`;
}
