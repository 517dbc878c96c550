import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { formatTime } from '#app/platform/time/day.ts';
import { findOwnAttempt } from './attempt.store.server.ts';
import { closeOwn } from './close-attempt.store.server.ts';
import { gradeClosed } from './close-attempts.server.ts';
import { handInFrom, isClosed } from './deadline.ts';
import { hashDeviceKey } from './device.server.ts';

export type HandInRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'ATTEMPT_CLOSED' | 'DEVICE_REPLACED' | 'TOO_EARLY_TO_HAND_IN';

/**
 * Hands an attempt in and grades it, exactly once: of any number of hand-ins and sweeps at the same time one closes it,
 * the others get ATTEMPT_CLOSED. Also refuses DEVICE_REPLACED from a device the attempt has left, and
 * TOO_EARLY_TO_HAND_IN with the `time` from which it is possible.
 */
export async function handIn(
  ctx: ActorCtx,
  input: { readonly attemptId: string; readonly deviceKey: string },
): Promise<Outcome<null, HandInRefusal>> {
  if (!mayDo(ctx, 'exam.sit')) return refused('FORBIDDEN');
  const attempt = await findOwnAttempt(ctx.pool, input.attemptId, ctx.actorId);
  if (!attempt) return refused('NOT_FOUND');
  if (attempt.state !== 'in_progress') return refused('ATTEMPT_CLOSED');
  const deviceKeyHash = hashDeviceKey(input.deviceKey);
  if (!attempt.deviceKeyHash.equals(deviceKeyHash)) return refused('DEVICE_REPLACED');
  const now = ctx.clock.now();
  const from = handInFrom(attempt.startedAt, attempt.earliestHandInSeconds);
  if (now.getTime() < from.getTime()) return refused('TOO_EARLY_TO_HAND_IN', { time: formatTime(from) });
  const isOver = isClosed(now, attempt.closeAt);
  return inTransaction<null, HandInRefusal>(ctx, 'hand-in', async (tx, refuse) => {
    const isMine = await closeOwn(tx, {
      attemptId: attempt.id,
      accountId: ctx.actorId,
      deviceKeyHash,
      handedInAt: isOver ? null : now,
      now,
    });
    if (!isMine) return refuse('ATTEMPT_CLOSED');
    await gradeClosed(tx, ctx, [attempt.id], isOver ? 'expired' : 'handed_in');
    return null;
  });
}
