import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { appendAttemptEvents, closeOwn } from '../close-attempt.store.server.ts';
import { gradeClosed } from '../close-attempts.server.ts';
import { hashDeviceKey } from '../device.server.ts';
import { endsAttempt } from './focus.ts';
import type { Signal, SignalAck } from './signal.ts';
import type { WatchedAttempt } from './signal.store.server.ts';
import { appendSignals, countSignals, lockWatchedAttempt } from './signal.store.server.ts';

export interface SignalSubmission {
  readonly attemptId: string;
  readonly accountId: string;
  readonly deviceKey: string;
  readonly receivedAt: Date;
  readonly signals: readonly Signal[];
}

/** Ends the attempt by the focus rule: an event that says so and why, then the ordinary hand-in with its grading. */
async function handInByRule(
  tx: Tx,
  ctx: Ctx,
  { attemptId, accountId, receivedAt }: SignalSubmission,
  attempt: WatchedAttempt,
  focusLosses: number,
): Promise<void> {
  const isMine = await closeOwn(tx, {
    attemptId,
    accountId,
    deviceKeyHash: Buffer.from(attempt.deviceKeyHash),
    handedInAt: receivedAt,
    now: receivedAt,
  });
  if (!isMine) return;
  const { focusPolicy, focusLimit } = attempt;
  await appendAttemptEvents(tx, [
    {
      attemptId,
      kind: 'focus_rule_applied',
      epoch: attempt.epoch,
      detail: { focusLosses, focusPolicy, focusLimit },
      actorId: null,
      occurredAt: receivedAt,
    },
  ]);
  await gradeClosed(tx, ctx, [attemptId], 'handed_in');
}

/**
 * Keeps what the page of a running attempt has noticed, each signal once, at most 500 of an attempt, and applies the
 * focus rule of the sitting. Signals of a device the attempt has left, or that come before the bell or after the end,
 * change nothing.
 * Refuses NOT_FOUND for an attempt that is unknown or another account's.
 */
export async function takeSignals(
  ctx: Ctx,
  submission: SignalSubmission,
): Promise<Outcome<SignalAck, 'NOT_FOUND'>> {
  const { attemptId, accountId, receivedAt, signals } = submission;
  return inTransaction<SignalAck, 'NOT_FOUND'>(ctx, 'take-signals', async (tx, refuse) => {
    const attempt = await lockWatchedAttempt(tx, attemptId, accountId);
    if (!attempt) return refuse('NOT_FOUND');
    const before = await countSignals(tx, attemptId);
    const isOpen = attempt.state === 'in_progress';
    const isThisDevice = hashDeviceKey(submission.deviceKey).equals(attempt.deviceKeyHash);
    // Who still waits for the bell has no paper to leave.
    const hasBegun = receivedAt.getTime() >= attempt.startedAt.getTime();
    if (!isOpen || !isThisDevice || !hasBegun) return { focusLosses: before.focusLosses, isOpen };
    const { epoch, isPaused } = attempt;
    await appendSignals(tx, { attemptId, accountId, epoch, isPaused, receivedAt, signals }, before.kept);
    const { focusLosses } = await countSignals(tx, attemptId);
    const isEnded = !isPaused && focusLosses > before.focusLosses && endsAttempt(attempt, focusLosses);
    if (isEnded) await handInByRule(tx, ctx, submission, attempt, focusLosses);
    return { focusLosses, isOpen: !isEnded };
  });
}
