import { maskLongNumbers } from '#app/platform/import/values/reading.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';

/** A scanned proof: a page or two. */
export const MAX_SCAN_BYTES = 5 * 1024 * 1024;
const MAX_NAME_CHARACTERS = 100;

export interface UploadedScan {
  readonly type: 'application/pdf' | 'image/jpeg' | 'image/png';
  readonly name: string;
  readonly bytes: Uint8Array;
}

const MAGIC = [
  { type: 'application/pdf', bytes: [0x25, 0x50, 0x44, 0x46, 0x2d] },
  { type: 'image/jpeg', bytes: [0xff, 0xd8, 0xff] },
  { type: 'image/png', bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
] as const;

/** The scan of a form, its type told by its own bytes; null when none was chosen. Refusals: SCAN_UNREADABLE. */
export async function readScan(
  file: FormDataEntryValue | null,
): Promise<Outcome<UploadedScan | null, 'SCAN_UNREADABLE'>> {
  if (!(file instanceof File) || file.size === 0) return done(null);
  if (file.size > MAX_SCAN_BYTES) return refused('SCAN_UNREADABLE');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const known = MAGIC.find((magic) => magic.bytes.every((byte, at) => bytes[at] === byte));
  if (known === undefined) return refused('SCAN_UNREADABLE');
  // Scans are often named after the person's number.
  const base = (file.name.split(/[\\/]/).at(-1) ?? '').slice(-MAX_NAME_CHARACTERS);
  const name = maskLongNumbers(base) || '证明材料';
  return done({ type: known.type, name, bytes });
}
