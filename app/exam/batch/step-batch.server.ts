import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { callOff } from '#app/office/campaign/step-campaign.server.ts';
import { extendWith } from '#app/office/campaign/urge-units.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { BatchStatus, BatchStep, BatchStepRefusal, BatchWindows, WindowsRefusal } from './batch.ts';
import { BATCH_STATUSES, checkWindows, decideBatchStep } from './batch.ts';
import type { Batch } from './batch.store.server.ts';
import {
  appendBatchEvent,
  cancelSittings,
  countAttempts,
  lockBatch,
  lockSittings,
  updateBatch,
} from './batch.store.server.ts';
import { tellCancelled, tellWindows } from './batch-news.server.ts';
import { takeManagedBatch } from './batch-scope.server.ts';

interface Common {
  readonly batchId: string;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export interface StepBatch extends Common {
  readonly step: BatchStep;
  /** Required to cancel and to reopen; units read it. */
  readonly reason: string | null;
}

type CommonRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'CHANGED_MEANWHILE' | 'COMMAND_REUSED';
export type StepBatchOutcomeRefusal = CommonRefusal | BatchStepRefusal;

/** Tasks of every unit of the region are settled or opened beside the batch, as when it is issued to them. */
const TIMEOUT_MS = 60_000;

const steppedShape = z.object({ status: z.enum(BATCH_STATUSES) });

const EVENT_OF: Readonly<Record<BatchStep, string>> = {
  open: 'opened',
  close: 'closed',
  reopen: 'reopened',
  cancel: 'cancelled',
};

/**
 * Opens, closes, reopens or cancels a batch; a cancelled one cancels its sittings, unless
 * somebody has started by then, tells people and units, and takes back what was asked for. A reopened one tells the units
 * its dates. Of two at once one wins and the other
 * reads CHANGED_MEANWHILE or STEP_NOT_POSSIBLE. Refusals: FORBIDDEN; NOT_FOUND; those of `decideBatchStep`; COMMAND_REUSED.
 */
export async function stepBatch(
  ctx: ActorCtx,
  input: StepBatch,
): Promise<Outcome<{ status: BatchStatus }, StepBatchOutcomeRefusal>> {
  const taken = await takeManagedBatch(ctx, input.batchId);
  if (!taken.ok) return taken;
  const { tree } = taken.value;
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.step_batch', input: asked };
  return inTransaction<{ status: BatchStatus }, StepBatchOutcomeRefusal>(
    ctx,
    'step-exam-batch',
    (tx, refuse) =>
      withReceipt(tx, key, steppedShape, refuse, async () => {
        const batch = (await lockBatch(tx, input.batchId, 'update')) ?? refuse('NOT_FOUND');
        if (input.step === 'cancel') await lockSittings(tx, batch.id);
        const decided = decideBatchStep(batch, {
          ...asked,
          attempts: input.step === 'cancel' ? await countAttempts(tx, batch.id) : 0,
          now: ctx.clock.now(),
        });
        if (!decided.ok) return refuse(decided.code, decided.detail);
        await write(tx, ctx, { batch, kind: EVENT_OF[input.step], note: input.reason }, refuse, {
          status: decided.value,
        });
        const news = { batch, reason: input.reason ?? '', key: commandId };
        if (input.step === 'cancel') await callOffBatch(tx, ctx, tree, news);
        if (input.step === 'reopen') await tellWindows(tx, ctx, tree, { ...news, windows: batch });
        return { status: decided.value };
      }),
    { timeoutMs: TIMEOUT_MS },
  );
}

/** Sittings are not held, the units are asked for nothing more, and whoever waits reads why. */
async function callOffBatch(
  tx: Tx,
  ctx: ActorCtx,
  tree: OrgTree,
  news: { readonly batch: Batch; readonly reason: string; readonly key: string },
): Promise<void> {
  const { batch, reason } = news;
  await cancelSittings(tx, batch.id);
  if (batch.campaignId !== null) await callOff(tx, ctx, { campaignId: batch.campaignId, reason });
  await tellCancelled(tx, ctx, tree, news);
}

export type ChangeWindowsRefusal = CommonRefusal | WindowsRefusal | 'STEP_NOT_POSSIBLE' | 'REASON_REQUIRED';

/**
 * Other dates for registering, late registering and withdrawing, with the reason: the units read those of an open batch,
 * and the last day of the campaign that asks them moves with a later end. Refusals: FORBIDDEN; NOT_FOUND;
 * REASON_REQUIRED; STEP_NOT_POSSIBLE (cancelled); CHANGED_MEANWHILE; those of `checkWindows`; COMMAND_REUSED.
 */
export async function changeWindows(
  ctx: ActorCtx,
  input: Common & BatchWindows & { readonly reason: string | null },
): Promise<Outcome<{ batchId: string }, ChangeWindowsRefusal>> {
  const taken = await takeManagedBatch(ctx, input.batchId);
  if (!taken.ok) return taken;
  const windows = checkWindows(input);
  if (!windows.ok) return windows;
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.change_batch', input: asked };
  return inTransaction<{ batchId: string }, ChangeWindowsRefusal>(
    ctx,
    'change-exam-batch',
    (tx, refuse) =>
      withReceipt(tx, key, z.object({ batchId: z.string() }), refuse, async () => {
        const batch = (await lockBatch(tx, input.batchId, 'update')) ?? refuse('NOT_FOUND');
        if (batch.status === 'cancelled') return refuse('STEP_NOT_POSSIBLE');
        if (batch.version !== input.expectedVersion) return refuse('CHANGED_MEANWHILE');
        if (batch.status !== 'draft' && (input.reason ?? '').trim() === '') return refuse('REASON_REQUIRED');
        const { registerFrom, registerUntil, lateUntil, withdrawUntil } = input;
        const change = { registerFrom, registerUntil, lateUntil, withdrawUntil };
        await write(tx, ctx, { batch, kind: 'changed', note: input.reason }, refuse, change);
        const reason = input.reason ?? '';
        if (batch.campaignId !== null)
          await extendWith(tx, ctx, { campaignId: batch.campaignId, dueDay: dayOf(registerUntil), reason });
        if (batch.status === 'open')
          await tellWindows(tx, ctx, taken.value.tree, { batch, reason, key: commandId, windows: change });
        return { batchId: batch.id };
      }),
    { timeoutMs: TIMEOUT_MS },
  );
}

async function write(
  tx: Tx,
  ctx: ActorCtx,
  deed: { readonly batch: Batch; readonly kind: string; readonly note: string | null },
  refuse: Refuse<'CHANGED_MEANWHILE'>,
  change: Parameters<typeof updateBatch>[2],
): Promise<void> {
  const { batch, kind, note } = deed;
  if (!(await updateBatch(tx, batch, change))) refuse('CHANGED_MEANWHILE');
  const at = ctx.clock.now();
  const before = { status: batch.status, registerUntil: batch.registerUntil.toISOString() };
  await appendBatchEvent(tx, { batchId: batch.id, kind, note, detail: { before }, actorId: ctx.actorId, at });
  await appendAudit(tx, ctx, {
    action: `exam.batch_${kind}`,
    subjectKind: 'exam_batch',
    subjectId: batch.id,
    regionId: batch.regionId,
    detail: { note },
  });
}
