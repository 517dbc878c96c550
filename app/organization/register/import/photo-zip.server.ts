import { inflateRawSync } from 'node:zlib';
import type { FoundTable } from '#app/platform/import/table/find-table.ts';
import { textCell } from '#app/platform/import/table/cell.ts';
import type { FileRefusal } from '#app/platform/import/workbook/file-refusal.ts';
import { fileRefusal } from '#app/platform/import/workbook/file-refusal.ts';
import type { ReadFile } from '#app/platform/import/workbook/read-workbook.server.ts';
import type { ZipEntry } from '#app/platform/import/workbook/zip-directory.ts';
import { packedBytesOf, readZipDirectory } from '#app/platform/import/workbook/zip-directory.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { isPackingLeftover, leadsOutside } from '../photo-name.ts';
import { MAX_PICTURE_BYTES, readPicture } from '../picture.ts';
import { MAX_PHOTOS, PHOTO_HEADS } from './photos-kind.ts';

const STORED = 0;
const DEFLATED = 8;
/** Everything in one zip after inflating; pictures hardly shrink, so this is near the limit of the upload itself. */
const MAX_INFLATED_BYTES = 200 * 1024 * 1024;
/** Files beside the pictures that packing programs add. */
const MAX_ENTRIES = MAX_PHOTOS + 500;
/** Inflated over packed size; pictures reach 1.1, bombs 1,000. */
const MAX_RATIO = 100;
const LARGE_ENOUGH_TO_MATTER = 1024 * 1024;

/** The files of a zip that are meant as photos, or why the whole zip is refused. Nothing is inflated yet. */
export function listPhotoEntries(bytes: Uint8Array): readonly ZipEntry[] | FileRefusal {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return fileRefusal('ZIP_EXPECTED');
  const entries = readZipDirectory(bytes, MAX_ENTRIES);
  if (entries === null) return fileRefusal('ZIP_DAMAGED');
  if (entries.length > MAX_ENTRIES) return fileRefusal('ZIP_TOO_MUCH', `多于 ${MAX_ENTRIES} 个文件`);
  if (entries.some(({ isEncrypted }) => isEncrypted)) return fileRefusal('ZIP_ENCRYPTED');
  if (entries.some(({ name }) => leadsOutside(name))) return fileRefusal('ZIP_LEADS_OUTSIDE');
  const inflated = entries.reduce((sum, entry) => sum + entry.inflatedBytes, 0);
  if (inflated > MAX_INFLATED_BYTES) return fileRefusal('ZIP_TOO_MUCH', '解压后超过 200 MB');
  const isBomb = entries.some(
    ({ inflatedBytes, packedBytes }) =>
      inflatedBytes > LARGE_ENOUGH_TO_MATTER && inflatedBytes > packedBytes * MAX_RATIO,
  );
  if (isBomb) return fileRefusal('ZIP_TOO_MUCH', '压缩比异常');
  const photos = entries.filter(({ name }) => !name.endsWith('/') && !isPackingLeftover(name));
  return photos.length > MAX_PHOTOS
    ? fileRefusal('ZIP_TOO_MUCH', `${photos.length} 个文件，一次最多 ${MAX_PHOTOS} 个`)
    : photos;
}

/** One file's content, never more than a photo may have; null when it is larger, broken or lies about its size. */
export function inflatePhoto(bytes: Uint8Array, entry: ZipEntry): Uint8Array | 'too_large' | null {
  if (entry.inflatedBytes > MAX_PICTURE_BYTES) return 'too_large';
  const packed = packedBytesOf(bytes, entry);
  if (packed === null) return null;
  if (entry.method === STORED) return packed.length === entry.inflatedBytes ? packed : null;
  if (entry.method !== DEFLATED) return null;
  try {
    const inflated = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.inflatedBytes) });
    return inflated.length === entry.inflatedBytes ? new Uint8Array(inflated) : null;
  } catch (error) {
    // zlib throws for broken data and for more output than declared: both are a broken file of the person's.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE' || code.startsWith('Z_')) return null;
    throw error;
  }
}

/** A row per file: its place in the zip, its name, and what its bytes are. */
export function readPhotoZip(bytes: Uint8Array): Promise<ReadFile | FileRefusal> {
  const entries = listPhotoEntries(bytes);
  if ('code' in entries) return Promise.resolve(entries);
  const table: FoundTable = {
    sheetName: '压缩包',
    textsAbove: [],
    head: {
      top: 0,
      bottom: 0,
      known: PHOTO_HEADS.length,
      columns: PHOTO_HEADS.map((head, index) => ({ index, key: head, path: [head], title: head })),
    },
    rows: entries.map((entry, at) => ({
      rowNumber: at + 1,
      sectionTitle: null,
      cells: [textCell(String(at)), textCell(entry.name), textCell(contentOf(bytes, entry))],
    })),
    mergedValues: [],
  };
  return Promise.resolve({ format: 'zip', tables: [table], notes: [] });
}

/** `image/jpeg|358|441|<sha256>`, or the problem's code. */
function contentOf(bytes: Uint8Array, entry: ZipEntry): string {
  const content = inflatePhoto(bytes, entry);
  if (content === 'too_large') return 'PICTURE_TOO_LARGE';
  if (content === null) return 'PICTURE_BROKEN';
  const picture = readPicture(content);
  if (typeof picture === 'string') return picture;
  const { mediaType, widthPx, heightPx } = picture;
  return [mediaType, widthPx, heightPx, sha256(content).toString('hex')].join('|');
}
