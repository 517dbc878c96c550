import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Proof, ProofRefusal } from './proof.ts';
import { checkProof, MAX_PROOF_BYTES, MAX_PROOFS, shownProofName } from './proof.ts';

/** What a browser sends for a field without a chosen file. */
const isNoFile = (file: File): boolean => file.size === 0 && file.name === '';

/**
 * The files of a form, in their order; a field left empty gives none, a chosen file without content is refused. Refused
 * on size before a byte is copied.
 */
export async function readProofs(
  form: FormData,
  field = 'proofs',
): Promise<Outcome<readonly Proof[], ProofRefusal>> {
  const files = form
    .getAll(field)
    .filter((value): value is File => value instanceof File && !isNoFile(value));
  if (files.length > MAX_PROOFS) return refused('TOO_MANY_PROOFS', { most: MAX_PROOFS });
  const proofs: Proof[] = [];
  for (const file of files) {
    if (file.size > MAX_PROOF_BYTES) return refused('PROOF_TOO_LARGE', { name: shownProofName(file.name) });
    const checked = checkProof(file.name, new Uint8Array(await file.arrayBuffer()));
    if (!checked.ok) return checked;
    proofs.push(checked.value);
  }
  return done(proofs);
}
