import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { closeDue } from './close-attempt.store.server.ts';
import { gradeClosed } from './close-attempts.server.ts';

/** Attempts closed in one transaction: large enough for a hall that ends together, small enough to stay short. */
const BATCH = 50;
const BATCH_TIMEOUT_MS = 30_000;
/** What was received before close_at may still be on its way into the journal; it gets this long before the closing.
 *  Not needed to be right, only to be quiet: what comes even later counts as well, with another result version
 *  (`count-belated.server.ts`). */
const SETTLE_MS = 1_000;
/** How often the sweep looks. With the settling time and the grading this stays below 5 s after close_at. */
export const SWEEP_EVERY_MS = 500;

/** An attempt whose closing failed is tried again after this time; the others do not wait for it. */
const AGAIN_AFTER_MS = 60_000;
/** The same where no other attempt could be closed meanwhile: the fault may be everybody's and soon over. */
const AGAIN_SOON_MS = 2_000;

/** Attempts that could not be closed, by the time of the next try; gone with the process. */
const setAside = new WeakMap<Pool, Map<string, number>>();

function asideOf(ctx: Ctx): Map<string, number> {
  const aside = setAside.get(ctx.pool) ?? new Map<string, number>();
  setAside.set(ctx.pool, aside);
  const now = ctx.clock.now().getTime();
  for (const [id, againAt] of aside) if (againAt <= now) aside.delete(id);
  return aside;
}

/** Closes and grades what is due, at most `limit` attempts. @param seen is told their ids before they are graded */
async function closeSome(
  ctx: Ctx,
  limit: number,
  except: readonly string[],
  seen: (ids: readonly string[]) => void = () => undefined,
): Promise<number> {
  const outcome = await inTransaction(
    ctx,
    'sweep-expired',
    async (tx) => {
      const now = ctx.clock.now();
      const closedBefore = new Date(now.getTime() - SETTLE_MS);
      const ids = await closeDue(tx, { closedBefore, now, limit, except });
      seen(ids);
      if (ids.length > 0) await gradeClosed(tx, ctx, ids, 'expired');
      return ids.length;
    },
    { timeoutMs: BATCH_TIMEOUT_MS },
  );
  invariant(outcome.ok, 'the sweep refuses nothing');
  return outcome.value;
}

/** So many failures without one success are no fault of the attempts: nobody is set aside, the next look is soon. */
const GENERAL_FAULT = 3;

/** One by one after a failure: the attempt that cannot be closed is set aside and said aloud, the others are closed. */
async function closeOneByOne(ctx: Ctx, aside: Map<string, number>): Promise<number> {
  const failed = new Map<string, unknown>();
  let closed = 0;
  for (let round = 0; round < BATCH; round += 1) {
    let last: string | undefined;
    try {
      const count = await closeSome(ctx, 1, [...aside.keys(), ...failed.keys()], ([id]) => (last = id));
      if (count === 0) break;
      closed += count;
    } catch (error) {
      if (isDatabaseAway(error) || last === undefined) throw error;
      failed.set(last, error);
      if (closed === 0 && failed.size >= GENERAL_FAULT) throw error;
    }
  }
  const againAt = ctx.clock.now().getTime() + (closed > 0 ? AGAIN_AFTER_MS : AGAIN_SOON_MS);
  for (const [attemptId, err] of failed) {
    ctx.log.error({ err, attemptId }, 'an attempt whose time is over cannot be closed');
    aside.set(attemptId, againAt);
  }
  return closed;
}

/**
 * Closes and grades every attempt whose close_at has passed, whether or not anybody asks for it: by due time, so it
 * catches up after any downtime; in transactions that skip what another process has locked, so each is closed once. One
 * that cannot be graded holds up nobody else: it is tried again later, and the page of the installation's state
 * counts it. Returns how many it closed.
 */
export async function sweepExpired(ctx: Ctx): Promise<number> {
  const aside = asideOf(ctx);
  let closed = 0;
  for (;;) {
    const before = aside.size;
    const count = await closeSome(ctx, BATCH, [...aside.keys()]).catch((error: unknown) => {
      if (isDatabaseAway(error)) throw error;
      return closeOneByOne(ctx, aside);
    });
    closed += count;
    if (count < BATCH && aside.size === before) return closed;
  }
}

/** The sweep looks twice a second; what still runs so long after its end cannot be closed, or nobody sweeps. */
const OVERDUE_MS = 60_000;

/** Attempts whose time was over more than a minute ago and that are still not closed; 0 where all is well. */
export function countOverdue(ctx: Ctx): Promise<number> {
  const closedBefore = new Date(ctx.clock.now().getTime() - OVERDUE_MS);
  return ctx.db.attempt.count({
    where: { state: 'in_progress', pausedAt: null, closeAt: { lt: closedBefore } },
  });
}
