import { MAX_FILE_BYTES } from '../limits.ts';
import type { FileRefusal } from './file-refusal.ts';
import { fileRefusal } from './file-refusal.ts';

const MB = 1024 * 1024;

/** The first check of all, also made on the declared size before a byte is stored. */
export function refuseBySize(byteLength: number): FileRefusal | null {
  if (byteLength === 0) return fileRefusal('FILE_EMPTY');
  if (byteLength <= MAX_FILE_BYTES) return null;
  return fileRefusal(
    'FILE_TOO_LARGE',
    `有 ${(byteLength / MB).toFixed(1)} MB，上限 ${MAX_FILE_BYTES / MB} MB`,
  );
}
