import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { lockSittingsOf, renewOutdatedTickets } from '../../seating/renew-tickets.server.ts';
import type { Batch } from '../batch.store.server.ts';
import { lockBatch } from '../batch.store.server.ts';
import { takeManagedBatch } from '../batch-scope.server.ts';
import { isClean } from './decision.ts';
import { listThrough } from './exam-standing.store.server.ts';
import { whomToApprove } from './for-bulk.server.ts';
import { judgeRegistrations } from './judge-candidates.server.ts';
import { moveRegistrations } from './move-registrations.server.ts';
import { settleOffices, townshipOf } from './office-tasks.server.ts';
import { listOwn } from './own-registrations.server.ts';
import { answeredNotices } from './registration-messages.ts';
import type { Registration } from './registration.store.server.ts';
import { appendRegistrationEvents, lockRegistrations, putJudgements } from './registration.store.server.ts';
import type { RegistrationFilters } from './registrations.store.server.ts';

interface ApproveIn {
  readonly batchId: string;
  readonly commandId: string;
}

/** Those named, or everybody for whom the list with these filters has a tick at that moment, over all its pages. */
export type ApproveClean =
  | (ApproveIn & { readonly registrationIds: readonly string[] })
  | (ApproveIn & { readonly matching: Omit<RegistrationFilters, 'batchId'> });

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
  // Sent twice, the filters are the same question; whom they name is no longer the same.
  const asked =
    'matching' in input
      ? { batchId, matching: { ...input.matching, batchId } }
      : { batchId, ids: [...new Set(input.registrationIds)].sort() };
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.approve_clean', input: asked };
  return inTransaction<ApprovedClean, ApproveCleanRefusal>(
    ctx,
    'approve-clean-registrations',
    (tx, refuse) =>
      withReceipt(tx, key, approvedShape, refuse, async () => {
        const batch = (await lockBatch(tx, batchId, 'share')) ?? refuse('NOT_FOUND');
        if (batch.status === 'cancelled' || batch.status === 'draft') return refuse('STEP_NOT_POSSIBLE');
        const ids =
          'ids' in asked ? asked.ids : await whomToApprove(tx, ctx, { tree, filters: asked.matching });
        await lockSittingsOf(tx, ids);
        const found = await lockRegistrations(tx, batchId, ids);
        if (found.length !== ids.length) return refuse('NOT_FOUND');
        const clean = await whoIsClean(tx, ctx, { batch, tree, found });
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

/** Of these, whom the rules find eligible at this moment, whose sitting is yet to come and who wait for nobody else. */
async function whoIsClean(
  tx: Tx,
  ctx: ActorCtx,
  asked: { readonly batch: Batch; readonly tree: OrgTree; readonly found: readonly Registration[] },
): Promise<Registration[]> {
  const { batch, tree, found } = asked;
  const now = ctx.clock.now();
  const undecided = found.filter(({ status }) => status === 'registered' || status === 'first_checked');
  const ids = undecided.map((one) => one.id);
  const through = await listThrough(tx, batch.id, now, ids);
  const waiting = undecided.filter(({ id }) => !through.has(id));
  const judged = await judgeRegistrations({ pool: ctx.pool, db: tx }, batch, waiting, dayOf(now));
  await putJudgements(tx, judged);
  const own = await listOwn(tx, ctx, waiting);
  return waiting.filter((one) =>
    isClean({
      ...one,
      verdict: judged.get(one.id)?.verdict ?? 'refused',
      isTownship: townshipOf(tree, one.unitId) !== null,
      isOwn: own.has(one.id),
    }),
  );
}
