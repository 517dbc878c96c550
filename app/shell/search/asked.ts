import { searchText } from '#app/platform/ui/text/search-text.ts';

/** Longest text that is looked for; what is longer is cut. */
export const MAX_QUERY = 100;
/** Hits shown of one kind; the list itself has the rest. */
export const SHOWN_HITS = 6;

export type Asked =
  | { readonly kind: 'nothing' }
  /** An ID number has no place in an address: it is not looked for, and the page says where to look instead. */
  | { readonly kind: 'id_number' }
  | { readonly kind: 'text'; readonly text: string };

const LOOKS_LIKE_ID_NUMBER = /^\d{17}[\dXx]$/;

/** What a person typed into the search of the bar. */
export function askedFor(typed: string | null): Asked {
  const text = searchText(typed ?? '', MAX_QUERY);
  if (text === '') return { kind: 'nothing' };
  if (LOOKS_LIKE_ID_NUMBER.test(text.replaceAll(/[\s·.\-–—]/g, ''))) return { kind: 'id_number' };
  return { kind: 'text', text };
}

/** True when the name holds the text, or its pinyin or initials begin with it. Case does not matter. */
export function isNamedLike(
  name: { readonly name: string; readonly pinyin: string; readonly initials: string },
  text: string,
): boolean {
  const typed = text.toLowerCase();
  return (
    name.name.toLowerCase().includes(typed) ||
    name.pinyin.toLowerCase().startsWith(typed) ||
    name.initials.toLowerCase().startsWith(typed)
  );
}
