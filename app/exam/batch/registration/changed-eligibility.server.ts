import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Db } from '#app/platform/db/db.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { findBatch } from '../batch.store.server.ts';
import { judgeRegistrations } from './judge-candidates.server.ts';
import { listRegistrationsOf } from './registration.store.server.ts';

/** Somebody approved whom the rules would refuse today. */
export interface ChangedCandidate {
  readonly registrationId: string;
  readonly name: string;
  readonly unitName: string;
  /** What the rules say against it. */
  readonly reasons: readonly string[];
}

/**
 * Approval asks the rules once; people leave a unit or a post afterwards. Everybody approved who sits in this sitting, or
 * still waits for one, and would not be approved today: the bureau decides what follows, nothing is decided here.
 */
export async function listChangedCandidates(
  ctx: Pick<Ctx, 'pool' | 'clock'> & { readonly db: Db },
  sitting: { readonly id: string; readonly batchId: string | null },
): Promise<ChangedCandidate[]> {
  const batch = sitting.batchId === null ? null : await findBatch(ctx.pool, sitting.batchId);
  if (batch === null) return [];
  const approved = (await listRegistrationsOf(ctx.pool, batch.id)).filter(
    ({ status, sittingId, verdict }) =>
      status === 'approved' &&
      (sittingId === null || sittingId === sitting.id) &&
      verdict !== null &&
      verdict !== 'refused',
  );
  if (approved.length === 0) return [];
  const judged = await judgeRegistrations(ctx, batch, approved, dayOf(ctx.clock.now()));
  return approved.flatMap(({ id, personName: name, unitName }): ChangedCandidate[] => {
    const judgement = judged.get(id);
    if (judgement?.verdict !== 'refused') return [];
    const against = judgement.reasons.filter(({ weight }) => weight === 'refuses');
    return [{ registrationId: id, name, unitName, reasons: against.map(({ text }) => text) }];
  });
}
