import { inflateRawSync } from 'node:zlib';
import { MAX_INFLATED_BYTES, MAX_INFLATE_RATIO, MAX_ZIP_ENTRIES } from '../limits.ts';
import type { FileRefusal } from './file-refusal.ts';
import { fileRefusal } from './file-refusal.ts';
import type { ZipEntry } from './zip-directory.ts';
import { packedBytesOf, readZipDirectory } from './zip-directory.ts';

const STORED = 0;
const DEFLATED = 8;
/** Small parts may be very regular without harm. */
const RATIO_LOOKED_AT_FROM_BYTES = 1024 * 1024;
const MB = 1024 * 1024;

export interface CheckedZip {
  readonly hasExternalLinks: boolean;
}

/** Looks at the directory of an .xlsx before anything is read, then inflates each part against its declared size, so
 *  that a file that lies about its sizes never reaches the reader.
 *  @returns the refusal, or what the directory tells about the workbook */
export function checkWorkbookZip(bytes: Uint8Array): FileRefusal | CheckedZip {
  const entries = readZipDirectory(bytes, MAX_ZIP_ENTRIES);
  if (entries === null) return fileRefusal('FILE_DAMAGED');
  const names = entries.map(({ name }) => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase());
  return (
    refuseOtherKinds(names) ??
    refuseDeclared(entries) ??
    refuseInflated(bytes, entries) ?? {
      hasExternalLinks: names.some((name) => name.startsWith('xl/externallinks/')),
    }
  );
}

function refuseOtherKinds(names: readonly string[]): FileRefusal | null {
  const has = (start: string): boolean => names.some((name) => name.startsWith(start));
  if (names.includes('xl/workbook.xml')) return null;
  if (names.includes('xl/workbook.bin')) return fileRefusal('FILE_OTHER_SPREADSHEET', ' .xlsb ');
  if (has('word/')) return fileRefusal('FILE_IS_OTHER_OFFICE', ' Word 文档');
  if (has('ppt/')) return fileRefusal('FILE_IS_OTHER_OFFICE', '演示文稿');
  if (names.includes('ofd.xml')) return fileRefusal('FILE_NOT_A_WORKBOOK', ' OFD 文件');
  if (names.includes('content.xml')) return fileRefusal('FILE_OTHER_SPREADSHEET', ' OpenDocument ');
  return fileRefusal('FILE_IS_ARCHIVE', ' ZIP ');
}

function refuseDeclared(entries: readonly ZipEntry[]): FileRefusal | null {
  if (entries.length > MAX_ZIP_ENTRIES) {
    return fileRefusal('FILE_INFLATES_TOO_MUCH', `内含 ${MAX_ZIP_ENTRIES} 个以上部件`);
  }
  if (entries.some((entry) => entry.isEncrypted)) return fileRefusal('FILE_ENCRYPTED');
  const inflated = entries.reduce((sum, entry) => sum + entry.inflatedBytes, 0);
  if (inflated > MAX_INFLATED_BYTES) {
    return fileRefusal(
      'FILE_INFLATES_TOO_MUCH',
      `${Math.ceil(inflated / MB)} MB，上限 ${MAX_INFLATED_BYTES / MB} MB`,
    );
  }
  const isBomb = entries.some(
    ({ inflatedBytes, packedBytes }) =>
      inflatedBytes > RATIO_LOOKED_AT_FROM_BYTES && inflatedBytes > packedBytes * MAX_INFLATE_RATIO,
  );
  return isBomb ? fileRefusal('FILE_INFLATES_TOO_MUCH', '压缩比异常') : null;
}

function refuseInflated(bytes: Uint8Array, entries: readonly ZipEntry[]): FileRefusal | null {
  for (const entry of entries) {
    const packed = packedBytesOf(bytes, entry);
    if (packed === null || !keepsItsWord(packed, entry)) return fileRefusal('FILE_DAMAGED');
  }
  return null;
}

/** True when the part inflates to exactly the size its directory entry declares. */
function keepsItsWord(packed: Uint8Array, entry: ZipEntry): boolean {
  if (entry.method === STORED) return packed.length === entry.inflatedBytes;
  if (entry.method !== DEFLATED) return false;
  try {
    // One byte of room: a part that has more to give fails here instead of filling the memory.
    const inflated = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.inflatedBytes) });
    return inflated.length === entry.inflatedBytes;
  } catch (error) {
    // zlib throws for broken data (Z_DATA_ERROR, Z_BUF_ERROR) and for more output than allowed: all mean "damaged".
    if (isZlibComplaint(error)) return false;
    throw error;
  }
}

function isZlibComplaint(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ERR_BUFFER_TOO_LARGE' || (typeof code === 'string' && code.startsWith('Z_'));
}
