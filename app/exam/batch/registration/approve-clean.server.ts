import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { lockSittingsOf, renewOutdatedTickets } from '../../seating/renew-tickets.server.ts';
import { lockBatch } from '../batch.store.server.ts';
import { takeManagedBatch } from '../batch-scope.server.ts';
import { isClean } from './decision.ts';
import { listThrough } from './exam-standing.store.server.ts';
import { judgeRegistrations } from './judge-candidates.server.ts';
import { moveRegistrations } from './move-registrations.server.ts';
import { settleOffices, townshipOf } from './office-tasks.server.ts';
import { listOwn } from './own-registrations.server.ts';
import { answeredNotices } from './registration-messages.ts';
import { appendRegistrationEvents, lockRegistrations, putJudgements } from './registration.store.server.ts';

export interface ApproveClean {
  readonly batchId: string;
  readonly registrationIds: readonly string[];
  readonly commandId: string;
}

export type ApproveCleanRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'STEP_NOT_POSSIBLE' | 'NOTHING_TO_APPROVE' | 'COMMAND_REUSED';

const approvedShape = z.object({ approved: z.number(), left: z.number() });
export type ApprovedClean = z.infer<typeof approvedShape>;

const BULK_TIMEOUT_MS = 60_000;

/**
 * Approves in one act those of the chosen whom the rules find eligible at this moment; everybody else is left with the
 * newest reasons, to be decided one by one, and whose sitting was held is left as they are. Refusals: FORBIDDEN; NOT_FOUND
 * (batch outside the reach, or ids that are not the batch's); STEP_NOT_POSSIBLE; NOTHING_TO_APPROVE; COMMAND_REUSED.
 */
export async function approveClean(
  ctx: ActorCtx,
  input: ApproveClean,
): Promise<Outcome<ApprovedClean, ApproveCleanRefusal>> {
  const taken = await takeManagedBatch(ctx, input.batchId);
  if (!taken.ok) return taken;
  const { tree } = taken.value;
  const { commandId, batchId } = input;
  const ids = [...new Set(input.registrationIds)].sort();
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.approve_clean', input: { batchId, ids } };
  return inTransaction<ApprovedClean, ApproveCleanRefusal>(
    ctx,
    'approve-clean-registrations',
    (tx, refuse) =>
      withReceipt(tx, key, approvedShape, refuse, async () => {
        const batch = (await lockBatch(tx, batchId, 'share')) ?? refuse('NOT_FOUND');
        if (batch.status === 'cancelled' || batch.status === 'draft') return refuse('STEP_NOT_POSSIBLE');
        await lockSittingsOf(tx, ids);
        const found = await lockRegistrations(tx, batchId, ids);
        if (found.length !== ids.length) return refuse('NOT_FOUND');
        const through = await listThrough(tx, batchId, ctx.clock.now());
        const waiting = found.filter(
          ({ id, status }) => (status === 'registered' || status === 'first_checked') && !through.has(id),
        );
        const today = dayOf(ctx.clock.now());
        const judged = await judgeRegistrations({ pool: ctx.pool, db: tx }, batch, waiting, today);
        await putJudgements(tx, judged);
        const own = await listOwn(tx, ctx, waiting);
        const clean = waiting.filter((one) =>
          isClean({
            ...one,
            verdict: judged.get(one.id)?.verdict ?? 'refused',
            isTownship: townshipOf(tree, one.unitId) !== null,
            isOwn: own.has(one.id),
          }),
        );
        if (clean.length === 0) return refuse('NOTHING_TO_APPROVE');
        const approved = clean.map((one) => one.id);
        const by = await personKeyOf(tx, ctx.actorId);
        const deed = { actorId: ctx.actorId, at: ctx.clock.now() };
        await moveRegistrations(tx, approved, { status: 'approved', note: null, by }, deed);
        await appendRegistrationEvents(
          tx,
          approved.map((registrationId) => ({ registrationId, kind: 'approved', detail: { inBulk: true } })),
          deed,
        );
        await renewOutdatedTickets(tx, ctx, approved);
        await askForNotices(
          tx,
          ctx,
          answeredNotices(batch, clean, { kind: 'approved', note: null, key: commandId }),
        );
        await settleOffices(tx, ctx, tree, { batch, townships: [] });
        await appendAudit(tx, ctx, {
          action: 'exam.approve_registrations',
          subjectKind: 'exam_batch',
          subjectId: batchId,
          regionId: batch.regionId,
          detail: { registrationIds: approved },
        });
        return { approved: approved.length, left: found.length - approved.length };
      }),
    { timeoutMs: BULK_TIMEOUT_MS },
  );
}
