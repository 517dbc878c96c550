import { decodeText } from './decode-text.ts';

/** One part of a zip file as its central directory declares it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly inflatedBytes: number;
  /** Where its local header stands. */
  readonly offset: number;
  readonly isEncrypted: boolean;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const ENTRY_BYTES = 46;
const LOCAL_BYTES = 30;
const ZIP64_MARK = 0xffffffff;

/** Reads the central directory without inflating anything. Null when there is none, it is cut off, or it needs zip64
 *  (a workbook within our limits never does). */
export function readZipDirectory(bytes: Uint8Array, maxEntries: number): readonly ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end === null) return null;
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  const entries: ZipEntry[] = [];
  let at = start;
  for (let index = 0; index < Math.min(count, maxEntries + 1); index += 1) {
    const read = readEntry(bytes, view, at);
    if (read === null) return null;
    entries.push(read.entry);
    at = read.next;
  }
  return entries;
}

function findEnd(view: DataView): number | null {
  const lowest = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT_BYTES);
  for (let at = view.byteLength - END_BYTES; at >= lowest; at -= 1) {
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  }
  return null;
}

function readEntry(
  bytes: Uint8Array,
  view: DataView,
  at: number,
): { readonly entry: ZipEntry; readonly next: number } | null {
  if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE) return null;
  const nameBytes = view.getUint16(at + 28, true);
  const next = at + ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  const entry: ZipEntry = {
    name: nameOf(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)),
    method: view.getUint16(at + 10, true),
    packedBytes: view.getUint32(at + 20, true),
    inflatedBytes: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
  };
  const needsZip64 = [entry.packedBytes, entry.inflatedBytes, entry.offset].includes(ZIP64_MARK);
  return next > view.byteLength || needsZip64 ? null : { entry, next };
}

/** Packing programs of Chinese Windows write GB18030 without saying so. */
function nameOf(bytes: Uint8Array): string {
  return decodeText(bytes)?.text ?? new TextDecoder().decode(bytes);
}

/** The packed bytes of one part; null when its local header is not where the directory says. */
export function packedBytesOf(bytes: Uint8Array, entry: ZipEntry): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (entry.offset + LOCAL_BYTES > view.byteLength) return null;
  if (view.getUint32(entry.offset, true) !== LOCAL_SIGNATURE) return null;
  const nameBytes = view.getUint16(entry.offset + 26, true);
  const extraBytes = view.getUint16(entry.offset + 28, true);
  const start = entry.offset + LOCAL_BYTES + nameBytes + extraBytes;
  const end = start + entry.packedBytes;
  return end > view.byteLength ? null : bytes.subarray(start, end);
}
