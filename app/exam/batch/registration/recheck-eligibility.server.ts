import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Batch } from '../batch.store.server.ts';
import { appendBatchEvent, lockBatch } from '../batch.store.server.ts';
import { takeManagedBatch } from '../batch-scope.server.ts';
import type { ChangedCandidate } from './changed-eligibility.server.ts';
import { askAllApprovedAgain } from './changed-eligibility.server.ts';
import type { LastRecheck } from './recheck.store.server.ts';
import { RECHECKED, findLastRecheck } from './recheck.store.server.ts';

export type RecheckRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'STEP_NOT_POSSIBLE' | 'COMMAND_REUSED';

const recheckedShape = z.object({ asked: z.number(), refused: z.number() });
export type Rechecked = z.infer<typeof recheckedShape>;

const isLive = ({ status }: Batch): boolean => status === 'open' || status === 'closed';

/**
 * 重新核对资格: the rules are asked again about everybody approved who has yet to sit; that somebody asked and whom the rules
 * would refuse goes into the batch's record. Nobody is decided about: the registrations stay as they are. Refusals: FORBIDDEN;
 * NOT_FOUND; STEP_NOT_POSSIBLE (a draft, or cancelled); COMMAND_REUSED.
 */
export async function recheckEligibility(
  ctx: ActorCtx,
  { batchId, commandId }: { readonly batchId: string; readonly commandId: string },
): Promise<Outcome<Rechecked, RecheckRefusal>> {
  const taken = await takeManagedBatch(ctx, batchId);
  if (!taken.ok) return taken;
  if (!isLive(taken.value.batch)) return refused('STEP_NOT_POSSIBLE');
  // Asked outside the transaction: it only reads, and two thousand people take a moment.
  const found = await askAllApprovedAgain(ctx, taken.value.batch);
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.recheck_eligibility', input: { batchId } };
  return inTransaction<Rechecked, RecheckRefusal>(ctx, 'recheck-eligibility', (tx, refuse) =>
    withReceipt(tx, key, recheckedShape, refuse, async () => {
      const batch = (await lockBatch(tx, batchId, 'share')) ?? refuse('NOT_FOUND');
      if (!isLive(batch)) return refuse('STEP_NOT_POSSIBLE');
      const result = { asked: found.asked, refused: found.refused.length };
      await appendBatchEvent(tx, {
        ...{ batchId, kind: RECHECKED, actorId: ctx.actorId, at: ctx.clock.now() },
        note: `核对 ${result.asked} 人，${result.refused} 人已不符合报考条件`,
        detail: { asked: found.asked, refused: found.refused.map((one) => one.registrationId) },
      });
      await appendAudit(tx, ctx, {
        action: 'exam.recheck_eligibility',
        subjectKind: 'exam_batch',
        subjectId: batchId,
        regionId: batch.regionId,
        detail: result,
      });
      return result;
    }),
  );
}

export interface RecheckPage {
  readonly batch: Batch;
  /** Null where nobody has asked again yet. */
  readonly last: LastRecheck | null;
  /** Whom the rules would refuse at this moment, each with a command of their own; null where they are not asked. */
  readonly people: readonly (ChangedCandidate & { readonly commandId: string })[] | null;
  readonly mayAsk: boolean;
  readonly commandId: string;
}

/** Who of a batch no longer qualifies. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewRecheck(
  ctx: ActorCtx,
  batchId: string,
): Promise<Outcome<RecheckPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeManagedBatch(ctx, batchId);
  if (!taken.ok) return taken;
  const { batch } = taken.value;
  const last = await findLastRecheck(ctx.pool, { batchId, now: ctx.clock.now() });
  const mayAsk = isLive(batch);
  const found = last !== null && mayAsk ? await askAllApprovedAgain(ctx, batch) : null;
  return done({
    ...{ batch, last, mayAsk, commandId: newId() },
    people: found === null ? null : found.refused.map((one) => ({ ...one, commandId: newId() })),
  });
}
