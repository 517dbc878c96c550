import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { lockResult } from './close-attempt.store.server.ts';
import { regradeClosed } from './close-attempts.server.ts';
import type { ReceivedEvent } from './journal.store.server.ts';
import { appendJudged } from './journal.store.server.ts';

/**
 * Takes in events of one attempt that were received by close_at, and before a hand-in, but met a closed attempt: they
 * count (design.md §3, "Graded = exactly the events received by close_at"), and the result gets its next version in the
 * same transaction. So at every moment what counts is what the last version was graded from, however late a statement
 * commits. Of an attempt that was declared void meanwhile they are late.
 */
export async function countBelated(ctx: Ctx, events: readonly ReceivedEvent[]): Promise<void> {
  const [first] = events;
  if (!first) return;
  const { attemptId } = first;
  const outcome = await inTransaction(ctx, 'count-belated', async (tx) => {
    const locked = await lockResult(tx, attemptId);
    const isVoid = locked?.state !== 'finalised';
    const fresh = await appendJudged(tx, events, isVoid ? 'late' : 'counted');
    // A repeat of what another request has brought already changes nothing.
    if (isVoid || fresh === 0) return;
    const reasonCode = 'received_in_time';
    const regraded = await regradeClosed(tx, ctx, {
      ...{ attemptId, reasonCode, decidedBy: null },
      detail: { events: fresh },
    });
    invariant(regraded, 'what is closed and not void was graded');
  });
  invariant(outcome.ok, 'counting what was received in time refuses nothing');
}
