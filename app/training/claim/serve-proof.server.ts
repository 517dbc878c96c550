import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import { findProof, openProof } from './proof.store.server.ts';

export interface ServedProof {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * One proof for the person it is about and for who reaches that person's unit; every reading leaves a trace.
 * Refusals: FORBIDDEN; NOT_FOUND (also for somebody else's).
 */
export async function serveProof(
  ctx: ActorCtx,
  proofId: string,
): Promise<Outcome<ServedProof, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'claim.read_proof')) return refused('FORBIDDEN');
  const proof = await findProof(ctx.pool, proofId);
  if (proof === null) return refused('NOT_FOUND');
  const claims = await decidingReach(ctx, 'claim.read');
  const corrections = await decidingReach(ctx, 'hours.read_correction');
  const holder = proof.holders.find(
    ({ personId, unitId }) =>
      personId === ctx.actor.personId || claims.unitIds.has(unitId) || corrections.unitIds.has(unitId),
  );
  if (holder === undefined) return refused('NOT_FOUND');
  const bytes = await openProof(ctx, proofId);
  return inTransaction<ServedProof>(ctx, 'serve-training-proof', async (tx) => {
    await appendAudit(tx, ctx, {
      action: 'claim.read_proof',
      subjectKind: 'training_proof',
      subjectId: proofId,
      unitId: holder.unitId,
    });
    return { fileName: proof.fileName, mediaType: proof.mediaType, bytes };
  });
}
