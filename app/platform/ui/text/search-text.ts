const FULL_WIDTH = /[\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]/g;
const TO_HALF = 0xfee0;
// A NUL is no text for PostgreSQL; a line break or tab comes along when a cell is pasted.
const NOT_TYPED = /[\p{Cc}\u200B-\u200F\uFEFF]+/gu;

/**
 * What a person meant by a text typed or pasted into a search: digits and letters of a Chinese keyboard's full width
 * count as plain ones, signs nobody types are left out. Everything else, brackets of names included, stays.
 * @param length most characters kept
 */
export function searchText(typed: string, length: number): string {
  return typed
    .replace(NOT_TYPED, ' ')
    .replace(FULL_WIDTH, (sign) => String.fromCharCode(sign.charCodeAt(0) - TO_HALF))
    .trim()
    .slice(0, length)
    .replace(/[\uD800-\uDBFF]$/u, '');
}
