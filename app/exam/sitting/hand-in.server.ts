import type { OwnCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { formatTime } from '#app/platform/time/day.ts';
import { findHandIn } from './attempt.store.server.ts';
import type { OwnClosing } from './close-attempt.store.server.ts';
import { closeOwnAll } from './close-attempt.store.server.ts';
import type { ClosedBy } from './close-attempts.server.ts';
import { gradeClosed } from './close-attempts.server.ts';
import { handInFrom, isClosed } from './deadline.ts';
import { hashDeviceKey } from './device.server.ts';
import { createGroupCommit } from '#app/platform/db/group-commit.ts';

export type HandInRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'ATTEMPT_CLOSED' | 'DEVICE_REPLACED' | 'TOO_EARLY_TO_HAND_IN';

/** A hall that ends together shares transactions as its saves share statements: most of a hand-in is the commit. */
const MAX_IN_FLIGHT = 2;
const MAX_HAND_INS_PER_TRANSACTION = 40;
const TRANSACTION_TIMEOUT_MS = 30_000;

interface HandIn {
  readonly closing: OwnClosing;
  readonly by: ClosedBy;
}

/** True for each hand-in that closed its attempt; of two for the same attempt the first one does. */
async function closeTogether(ctx: Ctx, handIns: readonly HandIn[]): Promise<boolean[]> {
  const first = new Map<string, HandIn>();
  for (const one of handIns) if (!first.has(one.closing.attemptId)) first.set(one.closing.attemptId, one);
  const own = [...first.values()];
  const by = new Map(own.map((one) => [one.closing.attemptId, one.by]));
  const outcome = await inTransaction(
    ctx,
    'hand-in',
    async (tx) => {
      const closed = await closeOwnAll(
        tx,
        own.map(({ closing }) => closing),
        ctx.clock.now(),
      );
      const idsOf = (isHandedIn: boolean): string[] =>
        own
          .filter(({ closing }) => (closing.handedInAt !== null) === isHandedIn)
          .map(({ closing }) => closing.attemptId)
          .filter((id) => closed.has(id));
      await gradeClosed(tx, ctx, idsOf(true), 'handed_in', by);
      await gradeClosed(tx, ctx, idsOf(false), 'expired', by);
      return closed;
    },
    { timeoutMs: TRANSACTION_TIMEOUT_MS },
  );
  invariant(outcome.ok, 'closing together refuses nothing');
  const { value: closed } = outcome;
  return handIns.map((one) => first.get(one.closing.attemptId) === one && closed.has(one.closing.attemptId));
}

const closers = new WeakMap<Pool, (handIn: HandIn) => Promise<boolean>>();

/** The one closer of this process for a database. */
function closerOf(ctx: Ctx): (handIn: HandIn) => Promise<boolean> {
  const known = closers.get(ctx.pool);
  if (known) return known;
  const system: Ctx = { ...ctx, actorId: null };
  const made = createGroupCommit<HandIn, boolean>({
    maxInFlight: MAX_IN_FLIGHT,
    maxWeight: MAX_HAND_INS_PER_TRANSACTION,
    weigh: () => 1,
    mayBeOneBadItem: (error) => !isDatabaseAway(error),
    run: (handIns) => closeTogether(system, handIns),
  });
  closers.set(ctx.pool, made);
  return made;
}

/**
 * Hands an attempt in and grades it, exactly once: of any number of hand-ins and sweeps at the same time one closes it,
 * the others get ATTEMPT_CLOSED. Also refuses DEVICE_REPLACED from a device the attempt has left, and
 * TOO_EARLY_TO_HAND_IN with the `time` from which it is possible.
 */
export async function handIn(
  ctx: OwnCtx,
  input: { readonly attemptId: string; readonly deviceKey: string },
): Promise<Outcome<null, HandInRefusal>> {
  if (!mayDo(ctx, 'exam.sit')) return refused('FORBIDDEN');
  const attempt = await findHandIn(ctx.pool, input.attemptId, ctx.actorId, ctx.actor.boundTo);
  if (!attempt) return refused('NOT_FOUND');
  if (attempt.state !== 'in_progress') return refused('ATTEMPT_CLOSED');
  const deviceKeyHash = hashDeviceKey(input.deviceKey);
  if (!attempt.deviceKeyHash.equals(deviceKeyHash)) return refused('DEVICE_REPLACED');
  const now = ctx.clock.now();
  const from = handInFrom(attempt.startedAt, attempt.earliestHandInSeconds);
  if (now.getTime() < from.getTime()) return refused('TOO_EARLY_TO_HAND_IN', { time: formatTime(from) });
  const isOver = isClosed(now, attempt.closeAt, attempt.pausedAt);
  const { actorId, requestId } = ctx;
  const isMine = await closerOf(ctx)({
    closing: {
      ...{ attemptId: input.attemptId, accountId: actorId, deviceKeyHash },
      handedInAt: isOver ? null : now,
    },
    by: { actorId, requestId },
  });
  return isMine ? done(null) : refused('ATTEMPT_CLOSED');
}
