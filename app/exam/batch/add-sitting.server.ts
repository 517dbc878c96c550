import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { CreateSittingRefusal } from '../sitting/create-sitting.server.ts';
import { createSittingIn } from '../sitting/create-sitting.server.ts';
import type { SettingsRefusal, SittingSettings } from '../sitting/sitting-settings.ts';
import { checkSettings } from '../sitting/sitting-settings.ts';
import { appendBatchEvent, lockBatch } from './batch.store.server.ts';
import { takeManagedBatch } from './batch-scope.server.ts';

export interface AddSitting extends SittingSettings {
  readonly batchId: string;
  readonly title: string;
  readonly attemptLimit: number;
  readonly commandId: string;
}

export type AddSittingRefusal =
  | SettingsRefusal
  | CreateSittingRefusal
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'STEP_NOT_POSSIBLE'
  | 'SITTING_IN_THE_PAST'
  | 'COMMAND_REUSED';

const addedShape = z.object({ sittingId: z.string() });

/**
 * A sitting of a batch with all its settings: its paper is the batch's blueprint, its course the batch's course, its grace
 * the region's rule. Refusals: FORBIDDEN; NOT_FOUND; STEP_NOT_POSSIBLE (cancelled batch); SITTING_IN_THE_PAST; those of
 * `checkSettings` and `createSitting`; COMMAND_REUSED.
 */
export async function addSitting(
  ctx: ActorCtx,
  input: AddSitting,
): Promise<Outcome<{ sittingId: string }, AddSittingRefusal>> {
  const taken = await takeManagedBatch(ctx, input.batchId);
  if (!taken.ok) return taken;
  const checked = checkSettings(input);
  if (!checked.ok) return checked;
  const { regionId } = taken.value.batch;
  const rules = await loadRules(ctx.pool, regionId, dayOf(input.opensAt));
  const { commandId, batchId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.add_sitting', input: { batchId, ...asked } };
  return inTransaction<{ sittingId: string }, AddSittingRefusal>(ctx, 'add-sitting', (tx, refuse) =>
    withReceipt(tx, key, addedShape, refuse, async () => {
      const batch = (await lockBatch(tx, batchId, 'share')) ?? refuse('NOT_FOUND');
      if (batch.status === 'cancelled') return refuse('STEP_NOT_POSSIBLE');
      const at = ctx.clock.now();
      if (input.latestEntryAt <= at) return refuse('SITTING_IN_THE_PAST');
      const sitting = await createSittingIn(
        tx,
        ctx,
        {
          ...asked,
          batchId: batch.id,
          regionId: batch.regionId,
          blueprintCode: batch.blueprintCode,
          preconditionCourse: batch.preconditionCourse,
          graceSeconds: rules.examGraceSeconds.value,
        },
        refuse,
      );
      const event = { batchId: batch.id, kind: 'sitting_added', note: input.title };
      await appendBatchEvent(tx, { ...event, detail: sitting, actorId: ctx.actorId, at });
      return sitting;
    }),
  );
}
