import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { ScanType } from '../document/document.ts';
import { sniffScan } from '../document/document.ts';

/** The stamped form of the whole answer, or the proof of an exception. */
export const FILE_PURPOSES = ['stamped_form', 'proof'] as const;
export type FilePurpose = (typeof FILE_PURPOSES)[number];

export const FILE_PURPOSE_LABELS: Readonly<Record<FilePurpose, string>> = {
  stamped_form: '盖章件',
  proof: '依据材料',
};

/** Largest single file, in bytes. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024;
/** Most files a unit keeps in one campaign. */
export const MAX_FILES = 30;
const LONGEST_NAME = 120;

export type FileRefusal = 'FILE_EMPTY' | 'FILE_TOO_LARGE' | 'FILE_TYPE_UNKNOWN' | 'TOO_MANY_FILES';

/** What a file is by its first bytes; its name and what the browser says are not believed. */
export function checkFile(
  bytes: Uint8Array,
  filesBefore: number,
): Outcome<{ readonly mediaType: ScanType }, FileRefusal> {
  if (bytes.byteLength === 0) return refused('FILE_EMPTY');
  if (bytes.byteLength > MAX_FILE_BYTES) return refused('FILE_TOO_LARGE');
  if (filesBefore >= MAX_FILES) return refused('TOO_MANY_FILES', { most: MAX_FILES });
  const mediaType = sniffScan(bytes);
  return mediaType === null ? refused('FILE_TYPE_UNKNOWN') : done({ mediaType });
}

/** A name to be shown and downloaded under: no folders, no control signs. */
export function shownFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .replace(/[\p{Cc}<>:"|?*]/gu, '')
    .trim()
    .slice(-LONGEST_NAME);
  return plain === '' ? '未命名文件' : plain;
}
