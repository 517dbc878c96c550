import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { AgreementKey } from '#app/platform/secret/agreement-key.server.ts';
import { currentAgreementKey } from '#app/platform/secret/agreement-key.server.ts';
import type { Secrets } from '#app/platform/secret/keys.server.ts';
import type { Sealing } from './sealed-file.ts';

/** Purpose of the installation's key for answer files. */
export const SEALED_PURPOSE = 'sealed_answers';

const keys = new WeakMap<Pool, Promise<AgreementKey>>();

/** Once per process: every exam page carries it. A failure is not remembered. */
function keyOf(ctx: Pick<Ctx, 'db' | 'pool' | 'secrets' | 'clock' | 'log'>): Promise<AgreementKey> {
  const known = keys.get(ctx.pool);
  if (known) return known;
  const asked = currentAgreementKey(ctx, SEALED_PURPOSE);
  keys.set(ctx.pool, asked);
  asked.catch(() => keys.delete(ctx.pool));
  return asked;
}

/** Only a page rendered for this attempt and epoch knows it; it changes with every takeover. */
export function sealedProof(secrets: Secrets, attemptId: string, epoch: number): string {
  return secrets.lookupHash('device_token', `sealed\n${attemptId}\n${epoch}`).toString('base64url');
}

/** What the exam page needs to seal its answers without a network. */
export async function sealingFor(
  ctx: Pick<Ctx, 'db' | 'pool' | 'secrets' | 'clock' | 'log'>,
  attemptId: string,
  epoch: number,
): Promise<Sealing> {
  const { id, publicKey } = await keyOf(ctx);
  return { keyId: id, publicKey, proof: sealedProof(ctx.secrets, attemptId, epoch) };
}
