import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { contentKeyOf, lockOf } from './ahead-keys.server.ts';
import { findEnvelopeFacts } from './ahead.store.server.ts';
import type { Envelope } from './envelope.ts';
import { sealEnvelope } from './envelope.ts';

/**
 * Puts a candidate's page into an envelope for this device, under the code of the room as it is now. The caller has
 * checked that the attempt is the candidate's own and runs on this device.
 */
export async function makeEnvelope(
  ctx: Pick<Ctx, 'pool' | 'secrets'>,
  of: { readonly attemptId: string; readonly epoch: number },
  page: string,
): Promise<Envelope> {
  const facts = await findEnvelopeFacts(ctx.pool, of.attemptId);
  invariant(facts, 'an attempt that waits for the bell has a paper');
  const { paperHash, releaseId, roomId, opensAt } = facts;
  const lock = releaseId && roomId ? await lockOf(ctx.secrets, { releaseId, roomId, opensAt }) : null;
  return sealEnvelope(of, page, contentKeyOf(ctx.secrets, { ...of, paperHash }), lock);
}
