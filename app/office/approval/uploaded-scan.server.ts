import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { ScanType } from '../document/document.ts';
import { sniffScan } from '../document/document.ts';
import { scanFileName } from './scan.ts';

export interface UploadedScan {
  readonly type: ScanType;
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The scan of a form, its type told by its own bytes; null when none was chosen. Refusals: SCAN_UNREADABLE (too large, or
 * neither PDF, JPEG nor PNG).
 * @param limits `mostBytes` of the file; `name` for one whose own name says nothing
 */
export async function readUploadedScan(
  file: FormDataEntryValue | null,
  limits: { readonly mostBytes: number; readonly name: string },
): Promise<Outcome<UploadedScan | null, 'SCAN_UNREADABLE'>> {
  if (!(file instanceof File) || file.size === 0) return done(null);
  if (file.size > limits.mostBytes) return refused('SCAN_UNREADABLE');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = sniffScan(bytes);
  if (type === null) return refused('SCAN_UNREADABLE');
  return done({ type, name: scanFileName(file.name, limits.name), bytes });
}
