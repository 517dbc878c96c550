import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { findAttemptClock } from './attempt.store.server.ts';
import { deviceKey, hashDeviceKey } from './device.server.ts';

export type TakeOverRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'ATTEMPT_CLOSED';

const epochRow = z.object({ epoch: z.number() });

/**
 * Moves a running attempt to this device: its epoch rises, and what the other device still sends is kept as foreign
 * evidence. The same form sent twice moves it once. Refuses NOT_FOUND, and ATTEMPT_CLOSED once the attempt has ended.
 */
export async function takeOver(
  ctx: ActorCtx,
  input: { readonly attemptId: string; readonly commandId: string },
): Promise<Outcome<{ deviceKey: string }, TakeOverRefusal>> {
  if (!mayDo(ctx, 'exam.sit')) return refused('FORBIDDEN');
  const key = deviceKey(ctx.secrets, input.attemptId, input.commandId);
  const keyHash = hashDeviceKey(key);
  const attempt = await findAttemptClock(ctx.pool, input.attemptId, ctx.actorId);
  if (!attempt) return refused('NOT_FOUND');
  if (attempt.deviceKeyHash.equals(keyHash)) return done({ deviceKey: key });
  return inTransaction<{ deviceKey: string }, TakeOverRefusal>(
    ctx,
    'take-over-attempt',
    async (tx, refuse) => {
      const now = ctx.clock.now();
      const rows = await tx.$queryRaw`
      update attempt set device_epoch = device_epoch + 1, device_key_hash = ${new Uint8Array(keyHash)}
      where id = ${input.attemptId}::uuid and account_id = ${ctx.actorId}::uuid and state = 'in_progress'
        and close_at >= ${now} and device_key_hash <> ${new Uint8Array(keyHash)}
      returning device_epoch as epoch`;
      const [moved] = z.array(epochRow).parse(rows);
      if (!moved) {
        const after = await findAttemptClock(ctx.pool, input.attemptId, ctx.actorId);
        // The same form, sent twice at once: the first has moved the attempt already.
        if (after?.deviceKeyHash.equals(keyHash)) return { deviceKey: key };
        return refuse('ATTEMPT_CLOSED');
      }
      await tx.attemptEvent.create({
        data: {
          id: newId(),
          attemptId: input.attemptId,
          kind: 'taken_over',
          epoch: moved.epoch,
          detail: {},
          actorId: ctx.actorId,
          occurredAt: now,
        },
      });
      await appendAudit(tx, ctx, {
        action: 'exam.take_over',
        subjectKind: 'attempt',
        subjectId: input.attemptId,
        detail: { epoch: moved.epoch },
      });
      return { deviceKey: key };
    },
  );
}
