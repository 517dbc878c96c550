import { toHalfWidth } from '../values/width.ts';

const BRACKETED = /[([{【〔《].*?[)\]}】〕》]/g;
const NOT_A_WORD = /[^\p{L}\p{N}]/gu;

/** A head without width, case, blanks, brackets' marks, ° * / and other signs: `身份证号码°（18 位）` → 身份证号码18位. */
export function normaliseHead(text: string): string {
  return toHalfWidth(text).toLowerCase().replace(NOT_A_WORD, '');
}

/** The same without what stands in brackets: `身份证号码（18 位）` → 身份证号码. */
export function normaliseHeadCore(text: string): string {
  return normaliseHead(toHalfWidth(text).replace(BRACKETED, ''));
}

/** Spellings under which a head is looked up, the most exact first. @param path merged parents first */
export function headSpellings(path: readonly string[]): readonly string[] {
  const joined = path.join('');
  const leaf = path.at(-1) ?? '';
  const spellings = [
    normaliseHead(joined),
    normaliseHeadCore(joined),
    normaliseHead(leaf),
    normaliseHeadCore(leaf),
  ];
  return [...new Set(spellings)].filter((spelling) => spelling !== '');
}
