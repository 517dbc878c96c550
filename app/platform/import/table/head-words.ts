import type { KindHeads } from '../kind.ts';
import { headSpellings, normaliseHead } from './normalise-head.ts';

/** What a head stands for: a field of the kind, or a column that is known and not read. */
export type HeadMeaning =
  | { readonly is: 'field'; readonly fieldId: string; readonly rank: number }
  | { readonly is: 'ignored'; readonly label: string; readonly why: string };

/** Normalised word → meaning. `rank` 0 is the field's own label: the better word wins a double claim. */
export type HeadWords = ReadonlyMap<string, HeadMeaning>;

/** Head of the column that the annotated file gains: a fixed file can be sent in again as it is. */
export const NOTES_HEAD = '错误说明';
const OUR_NOTES = { label: NOTES_HEAD, synonyms: [], why: '这一列是核对后加上的说明，不读取' };

/** The words of a kind, or of any other reader of tables. */
export interface NamedHeads {
  readonly fields: readonly {
    readonly id: string;
    readonly label: string;
    readonly synonyms: readonly string[];
  }[];
  readonly ignored: readonly {
    readonly label: string;
    readonly synonyms: readonly string[];
    readonly why: string;
  }[];
}

export function headWordsOf(kind: KindHeads | NamedHeads): HeadWords {
  const words = new Map<string, HeadMeaning>();
  const add = (word: string, meaning: HeadMeaning): void => {
    const key = normaliseHead(word);
    if (key !== '' && !words.has(key)) words.set(key, meaning);
  };
  for (const field of kind.fields) {
    [field.label, ...field.synonyms].forEach((word, rank) => {
      add(word, { is: 'field', fieldId: field.id, rank });
    });
  }
  for (const { label, synonyms, why } of [...kind.ignored, OUR_NOTES]) {
    for (const word of [label, ...synonyms]) add(word, { is: 'ignored', label, why });
  }
  return words;
}

/** The meaning of a head by exact word (after normalising), trying the whole path first, then its last part. */
export function meaningOf(words: HeadWords, path: readonly string[]): HeadMeaning | null {
  for (const spelling of headSpellings(path)) {
    const meaning = words.get(spelling);
    if (meaning) return meaning;
  }
  return null;
}
