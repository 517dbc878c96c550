import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Db } from '#app/platform/db/db.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { Batch } from '../batch.store.server.ts';
import { findBatch } from '../batch.store.server.ts';
import { listThrough } from './exam-standing.store.server.ts';
import { judgeRegistrations } from './judge-candidates.server.ts';
import type { Registration } from './registration.store.server.ts';
import { listRegistrationsOf } from './registration.store.server.ts';

/** Somebody approved whom the rules would refuse today. */
export interface ChangedCandidate {
  readonly registrationId: string;
  readonly name: string;
  readonly unitName: string;
  /** As read; what is decided about names it. */
  readonly version: number;
  /** What the rules say against it. */
  readonly reasons: readonly string[];
}

type Asking = Pick<Ctx, 'pool' | 'clock'> & { readonly db: Db };

/**
 * Approval asks the rules once; people leave a unit or a post afterwards. Everybody approved who sits in this sitting, or
 * still waits for one, and would not be approved today: the bureau decides what follows, nothing is decided here.
 */
export async function listChangedCandidates(
  ctx: Asking,
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
  return whoIsRefusedNow(ctx, batch, approved);
}

/** Of these, whom the rules would refuse today, with what they say against it. */
async function whoIsRefusedNow(
  ctx: Asking,
  batch: Batch,
  approved: readonly Registration[],
): Promise<ChangedCandidate[]> {
  const judged = await judgeRegistrations(ctx, batch, approved, dayOf(ctx.clock.now()));
  return approved.flatMap(({ id, personName: name, unitName, version }): ChangedCandidate[] => {
    const judgement = judged.get(id);
    if (judgement?.verdict !== 'refused') return [];
    const against = judgement.reasons.filter(({ weight }) => weight === 'refuses');
    return [{ registrationId: id, name, unitName, version, reasons: against.map(({ text }) => text) }];
  });
}

/** Everybody approved in a batch who has not sat and may still come, asked again whatever was said before. */
export async function askAllApprovedAgain(
  ctx: Asking,
  batch: Batch,
): Promise<{ readonly asked: number; readonly refused: readonly ChangedCandidate[] }> {
  const through = await listThrough(ctx.pool, batch.id, ctx.clock.now());
  const approved = (await listRegistrationsOf(ctx.pool, batch.id)).filter(
    ({ id, status }) => status === 'approved' && !through.has(id),
  );
  if (approved.length === 0) return { asked: 0, refused: [] };
  return { asked: approved.length, refused: await whoIsRefusedNow(ctx, batch, approved) };
}
