import type { Ctx } from '#app/platform/context/ctx.server.ts';
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

/**
 * Closes and grades every attempt whose close_at has passed, whether or not anybody asks for it: by due time, so it
 * catches up after any downtime; in transactions that skip what another process has locked, so each is closed once.
 * Returns how many it closed.
 */
export async function sweepExpired(ctx: Ctx): Promise<number> {
  let closed = 0;
  for (;;) {
    const outcome = await inTransaction(
      ctx,
      'sweep-expired',
      async (tx) => {
        const now = ctx.clock.now();
        const closedBefore = new Date(now.getTime() - SETTLE_MS);
        const ids = await closeDue(tx, { closedBefore, now, limit: BATCH });
        if (ids.length > 0) await gradeClosed(tx, ctx, ids, 'expired');
        return ids.length;
      },
      { timeoutMs: BATCH_TIMEOUT_MS },
    );
    invariant(outcome.ok, 'the sweep refuses nothing');
    closed += outcome.value;
    if (outcome.value < BATCH) return closed;
  }
}
