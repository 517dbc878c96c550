import type { EntryBasis } from './entry.ts';

/**
 * 离岗培训: what an officer whose card is suspended has to take before it is given back (domain.md §4.2 case 5, §6.4 T5). It
 * counts like any other training; the entry keeps the tag in its basis, and a correction hands it on.
 */
export const OFF_POST_LABEL = '离岗培训';

/** Goes into the basis of an entry. */
export const OFF_POST = { purpose: 'off_post' } as const;

export const isOffPost = (basis: EntryBasis): boolean => basis.purpose === OFF_POST.purpose;

/** Whether a workbook's words say so: 方式 「离岗培训」, or a title that names it. */
export const saysOffPost = (...words: readonly (string | null)[]): boolean =>
  words.some((text) => text?.includes(OFF_POST_LABEL) === true);
