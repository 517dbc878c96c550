import { parseIdNumber } from '#app/platform/import/values/id-number.ts';
import { normaliseName } from '#app/platform/import/values/person-name.ts';
import { maskLongNumbers } from '#app/platform/import/values/reading.ts';
import { toHalfWidth } from '#app/platform/import/values/width.ts';

/** Whom a picture's file name means: `身份证号.jpg` or `姓名+身份证号.jpg`, folders before it ignored (domain.md §11.3). */
export interface PhotoName {
  readonly idNumber: string;
  /** Null when the name holds the number alone. */
  readonly personName: string | null;
}

export type PhotoNameProblem = 'NAME_WITHOUT_ID' | 'NAME_ID_WRONG';

/** Files that packing programs add and nobody means: hidden ones, thumbnails, the resource forks of macOS. */
export function isPackingLeftover(path: string): boolean {
  const parts = path.split('/');
  const last = parts.at(-1) ?? '';
  return parts.includes('__MACOSX') || last.startsWith('.') || /^(?:thumbs\.db|desktop\.ini)$/i.test(last);
}

/** True for names that would leave the folder they are unpacked to; nothing is unpacked here, and still they are refused. */
export function leadsOutside(path: string): boolean {
  return /^(?:[a-z]:|\/|\\)/i.test(path) || path.split(/[\\/]/).includes('..') || path.includes('\0');
}

/** @param path as it stands in the zip */
export function readPhotoName(path: string): PhotoName | PhotoNameProblem {
  const base = toHalfWidth(path.split(/[\\/]/).at(-1) ?? '').replace(/\.[a-z0-9]{1,5}$/i, '');
  const match = /\d{17}[\dXx]/.exec(base.replace(/\s/g, ''));
  if (match === null) return 'NAME_WITHOUT_ID';
  const id = parseIdNumber(match[0]);
  if (!id.ok) return 'NAME_ID_WRONG';
  const rest = base
    .replace(/\s/g, '')
    .replace(match[0], '')
    .replace(/[+＋\-_—–、，,.()（）]/g, '');
  return { idNumber: id.value, personName: rest === '' ? null : normaliseName(rest) };
}

/** The file's name as it may be shown and stored: long numbers masked, folders kept. */
export function shownPhotoName(path: string): string {
  return maskLongNumbers(path);
}
