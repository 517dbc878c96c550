import type { ScanType } from '#app/office/document/document.ts';
import { sniffScan } from '#app/office/document/document.ts';
import { maskLongNumbers } from '#app/platform/import/values/reading.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';

/** Largest single file, in bytes (constraint `training_proof_size_in_bounds`). */
export const MAX_PROOF_BYTES = 5 * 1024 * 1024;
/** Most files of one claim or correction, those of earlier rounds included. */
export const MAX_PROOFS = 8;
export const PROOF_KINDS = 'PDF、JPG 或 PNG';
export const PROOF_ACCEPT = 'application/pdf,image/jpeg,image/png';
const LONGEST_NAME = 100;

export type ProofRefusal =
  'PROOF_TOO_LARGE' | 'PROOF_TYPE_UNKNOWN' | 'PROOF_EMPTY' | 'TOO_MANY_PROOFS' | 'PROOF_MISSING';

/** A file as it came with a form: what it is, its bytes say. */
export interface Proof {
  readonly mediaType: ScanType;
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** A name to be shown and downloaded under: no folders, no control signs; numbers of persons masked. */
export function shownProofName(name: string): string {
  const last = (name.split(/[\\/]/).at(-1) ?? '').replace(/[\p{Cc}<>:"|?*]/gu, '').trim();
  const plain = maskLongNumbers(last.slice(-LONGEST_NAME));
  return plain === '' ? '证明材料' : plain;
}

/** One file. Refusals: PROOF_EMPTY, PROOF_TOO_LARGE, PROOF_TYPE_UNKNOWN (a renamed archive or program among them). */
export function checkProof(fileName: string, bytes: Uint8Array): Outcome<Proof, ProofRefusal> {
  const name = shownProofName(fileName);
  if (bytes.byteLength === 0) return refused('PROOF_EMPTY', { name });
  if (bytes.byteLength > MAX_PROOF_BYTES) return refused('PROOF_TOO_LARGE', { name });
  const mediaType = sniffScan(bytes);
  return mediaType === null
    ? refused('PROOF_TYPE_UNKNOWN', { name })
    : done({ mediaType, fileName: name, bytes });
}

/** How many files a record may hold after this form. @param kept files of earlier rounds that stay */
export function checkProofCount(kept: number, added: number): Outcome<null, ProofRefusal> {
  if (kept + added > MAX_PROOFS) return refused('TOO_MANY_PROOFS', { most: MAX_PROOFS });
  return kept + added === 0 ? refused('PROOF_MISSING') : done(null);
}
