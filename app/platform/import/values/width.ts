const FULL_WIDTH = /[\uff01-\uff5e]/g;
const FULL_TO_HALF = 0xfee0;

/** Full-width letters, digits and marks (１Ａ（：) become half-width ones; the wide blank becomes a blank. */
export function toHalfWidth(text: string): string {
  return text
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - FULL_TO_HALF))
    .replaceAll('\u3000', ' ');
}

/** All kinds of blanks removed, line breaks included. */
export function withoutBlanks(text: string): string {
  return text.replace(/\s+/gu, '');
}

/** Half width, no blanks: how numbers, dates and codes are compared. */
export function compact(text: string): string {
  return withoutBlanks(toHalfWidth(text));
}
