import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { LeavePostInput, LeavePostRefusal } from '#app/organization/change/leave-post.server.ts';
import { leavePostIn } from '#app/organization/change/leave-post.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addMonths, dayOf, formatDay } from '#app/platform/time/day.ts';
import { settleTasks } from '../task/open-tasks.server.ts';

export type LeaverRefusal =
  LeavePostRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'DAY_OUT_OF_RANGE' | 'COMMAND_REUSED';

const MONTHS_BACK = 24;
const MONTHS_AHEAD = 6;

function isInRange(day: Day, today: Day): boolean {
  return day >= addMonths(today, -MONTHS_BACK) && day <= addMonths(today, MONTHS_AHEAD);
}

/**
 * A unit reports that somebody leaves, with the paper that proves it (ZY11). What follows for the card is opened as a
 * task of the certificate area through the outbox (HY11); rights end on the day. Refusals: FORBIDDEN; NOT_FOUND (not a
 * unit of the actor's); DAY_OUT_OF_RANGE; those of `leavePostIn`; COMMAND_REUSED.
 */
export async function reportLeaver(
  ctx: ActorCtx,
  input: LeavePostInput & { readonly commandId: string },
): Promise<Outcome<{ leavingId: string }, LeaverRefusal>> {
  if (!mayDo(ctx, 'leaver.manage')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'leaver.manage');
  const { commandId, ...asked } = input;
  if (!unitIds.has(asked.unitId)) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  if (!isInRange(asked.awayFromDay, today))
    return refused('DAY_OUT_OF_RANGE', {
      earliest: formatDay(addMonths(today, -MONTHS_BACK)),
      latest: formatDay(addMonths(today, MONTHS_AHEAD)),
    });
  return inTransaction<{ leavingId: string }, LeaverRefusal>(ctx, 'report-leaver', async (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'person.leave', input: asked },
      z.object({ leavingId: z.string() }),
      refuse,
      async () => {
        const { leavingId, returnedTransfers } = await leavePostIn(tx, ctx, asked, refuse);
        await settleTasks(tx, ctx, {
          kind: 'transfer.accept',
          keys: returnedTransfers,
          outcome: 'withdrawn',
        });
        return { leavingId };
      },
    ),
  );
}
