import { createHash } from 'node:crypto';

/** Hash of a sealed set: SHA-256 over registration and paper hash, line by line in the order of the registrations. */
export function setHash(
  papers: readonly { readonly registrationId: string; readonly contentHash: string }[],
): string {
  const sorted = [...papers].sort((a, b) => (a.registrationId < b.registrationId ? -1 : 1));
  const hash = createHash('sha256');
  for (const { registrationId, contentHash } of sorted) hash.update(`${registrationId} ${contentHash}\n`);
  return hash.digest('hex');
}

/** Seed of one paper of a seal: who learns it learns neither the seal's seed nor another paper's. */
export function paperSeed(sealSeed: string, whose: string): string {
  return createHash('sha256').update(`${sealSeed}\n${whose}`).digest('hex');
}
