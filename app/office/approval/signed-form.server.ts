import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { MAX_SCAN_BYTES } from '../document/limits.ts';
import type { UploadedScan } from './uploaded-scan.server.ts';
import { readUploadedScan } from './uploaded-scan.server.ts';

export interface SignedForm {
  readonly scan: UploadedScan;
  readonly signerName: string;
}

const LONGEST_NAME = 40;

/** The scan of the 批文 in a posted form; null when none was chosen. Refusal: SCAN_UNREADABLE. */
export const readDocumentScan = (form: FormData): Promise<Outcome<UploadedScan | null, 'SCAN_UNREADABLE'>> =>
  readUploadedScan(form.get('scan'), { mostBytes: MAX_SCAN_BYTES, name: '批文' });

/**
 * The signed 审批单 of a posted form with its signer; null when the form has none. Refusals: SCAN_UNREADABLE;
 * SIGNED_FORM_MISSING (only one of the two).
 */
export async function readSignedForm(
  form: FormData,
): Promise<Outcome<SignedForm | null, 'SCAN_UNREADABLE' | 'SIGNED_FORM_MISSING'>> {
  const read = await readUploadedScan(form.get('signedForm'), { mostBytes: MAX_SCAN_BYTES, name: '审批单' });
  if (!read.ok) return read;
  const typed = form.get('signerName');
  const signerName = (typeof typed === 'string' ? typed : '').replace(/[\s　]+/gu, '').slice(0, LONGEST_NAME);
  if (read.value === null && signerName === '') return done(null);
  if (read.value === null || signerName === '') return refused('SIGNED_FORM_MISSING');
  return done({ scan: read.value, signerName });
}
