import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { lockBatch } from '../batch.store.server.ts';
import { moveRegistrations } from './move-registrations.server.ts';
import { askBureau, settleOffices, townshipOf } from './office-tasks.server.ts';
import { listOwn } from './own-registrations.server.ts';
import { answeredNotices, returnedTask } from './registration-messages.ts';
import { appendRegistrationEvents, lockRegistrations } from './registration.store.server.ts';

export interface FirstCheck {
  readonly batchId: string;
  readonly registrationIds: readonly string[];
  readonly verdict: 'pass' | 'return';
  /** Required for a return; the unit reads it. */
  readonly note: string | null;
  readonly commandId: string;
}

export type FirstCheckRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'REASON_REQUIRED' | 'STEP_NOT_POSSIBLE' | 'OWN_REGISTRATION' | 'COMMAND_REUSED';

const checkedShape = z.object({ checked: z.number() });

/**
 * 初审 of township people by the 司法所 (HY13): finds the list right, or returns people with the reason. All or nothing.
 * Refusals: FORBIDDEN; NOT_FOUND (also people outside the townships of the actor); REASON_REQUIRED; STEP_NOT_POSSIBLE
 * (somebody else was faster); OWN_REGISTRATION (who registered does not check, nor anybody themselves); COMMAND_REUSED.
 */
export async function firstCheck(
  ctx: ActorCtx,
  input: FirstCheck,
): Promise<Outcome<{ checked: number }, FirstCheckRefusal>> {
  if (!mayDo(ctx, 'exam.first_check')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'exam.first_check');
  const note = input.note?.trim() ? input.note.trim() : null;
  const { commandId, ...asked } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.first_check', input: asked };
  return inTransaction<{ checked: number }, FirstCheckRefusal>(ctx, 'first-check', (tx, refuse) =>
    withReceipt(tx, key, checkedShape, refuse, async () => {
      if (input.verdict === 'return' && note === null) return refuse('REASON_REQUIRED');
      const batch = (await lockBatch(tx, input.batchId, 'share')) ?? refuse('NOT_FOUND');
      const ids = [...new Set(input.registrationIds)];
      const found = await lockRegistrations(tx, batch.id, ids);
      const isOurs = (unitId: string): boolean => unitIds.has(unitId) && townshipOf(tree, unitId) !== null;
      if (found.length !== ids.length || !found.every((one) => isOurs(one.unitId)))
        return refuse('NOT_FOUND');
      if (batch.status === 'cancelled' || found.some((one) => one.status !== 'registered'))
        return refuse('STEP_NOT_POSSIBLE');
      if ((await listOwn(tx, ctx, found)).size > 0) return refuse('OWN_REGISTRATION');
      const me = await personKeyOf(tx, ctx.actorId);
      const [status, kind] =
        input.verdict === 'pass'
          ? (['first_checked', 'first_checked'] as const)
          : (['returned', 'returned'] as const);
      const deed = { actorId: ctx.actorId, at: ctx.clock.now() };
      await moveRegistrations(tx, ids, { status, note, by: me }, deed);
      await appendRegistrationEvents(
        tx,
        ids.map((registrationId) => ({ registrationId, kind, note })),
        deed,
      );
      if (input.verdict === 'pass') await askBureau(tx, ctx, batch);
      else {
        const moved = found.map((one) => ({ ...one, version: one.version + 1 }));
        await askForTasks(
          tx,
          ctx,
          moved.map((one) => returnedTask(batch, one, note ?? '')),
        );
        await askForNotices(
          tx,
          ctx,
          answeredNotices(batch, found, { kind: 'returned', note, key: commandId }),
        );
      }
      const townships = [...new Set(found.flatMap((one) => townshipOf(tree, one.unitId) ?? []))];
      await settleOffices(tx, ctx, tree, { batch, townships });
      await appendAudit(tx, ctx, {
        action: `exam.first_check_${input.verdict}`,
        subjectKind: 'exam_batch',
        subjectId: batch.id,
        regionId: batch.regionId,
        detail: { registrationIds: ids, note },
      });
      return { checked: ids.length };
    }),
  );
}
