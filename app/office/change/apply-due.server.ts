import {
  listDueChanges,
  lockChange,
  moveChange,
  appendChangeEvent,
} from '#app/organization/change/change.store.server.ts';
import type { ApplyRefusal } from '#app/organization/change/apply-change.server.ts';
import { lockOrganisation } from '#app/organization/change/org-state.store.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { answerFor } from '#app/platform/http/answer.ts';
import type { Refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { openTasks } from '../task/open-tasks.server.ts';
import { blockedTask } from './change-tasks.ts';
import { carryOutNow } from './confirm-change.server.ts';
import { CHANGE_REFUSALS } from './refusals.ts';

type DueRefusal = ApplyRefusal | 'CHANGED_MEANWHILE';

/** What stands in the way is kept with the act and told to the bureau; nothing half done remains. */
async function block(ctx: Ctx, changeId: string, refusal: Refused<DueRefusal>): Promise<void> {
  await inTransaction(ctx, 'block-change', async (tx) => {
    const change = await lockChange(tx, changeId);
    if (change?.state !== 'planned') return;
    const { text } = answerFor(refusal, CHANGE_REFUSALS);
    await moveChange(tx, { change, state: 'blocked', blockedCode: refusal.code });
    await appendChangeEvent(tx, {
      changeId,
      kind: 'blocked',
      note: text,
      actorId: null,
      occurredAt: ctx.clock.now(),
    });
    await openTasks(tx, ctx, [blockedTask(change, text)]);
  });
}

/**
 * Does the confirmed acts whose day has come, oldest first, each in its own transaction. One that can no longer be done as
 * filed is blocked with the reason. Safe with several processes: the act's row is locked, the second finds it done.
 * @returns how many were done
 */
export async function applyDueChanges(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  const due = await listDueChanges(ctx.pool, dayOf(ctx.clock.now()));
  let count = 0;
  for (const changeId of due) {
    if (signal?.aborted) break;
    const outcome = await inTransaction<boolean, DueRefusal>(
      ctx,
      'apply-due-change',
      async (tx, refuse) => {
        await lockOrganisation(tx);
        const change = await lockChange(tx, changeId);
        if (change?.state !== 'planned') return false;
        await carryOutNow(tx, ctx, change, refuse);
        return true;
      },
      { timeoutMs: 60_000 },
    );
    if (!outcome.ok) await block(ctx, changeId, outcome);
    else if (outcome.value) count += 1;
  }
  if (due.length > 0) forgetTree(ctx);
  return count;
}
