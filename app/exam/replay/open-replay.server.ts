import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { ReplayRefusal } from './replay-view.server.ts';
import { mayReplay } from './replay-view.server.ts';
import { insertVisit } from './replay.store.server.ts';

export type OpenReplayRefusal = ReplayRefusal | 'REASON_REQUIRED';

/**
 * Opens the replay of an attempt for a stated reason, which is kept with who and when. Refuses FORBIDDEN, NOT_FOUND,
 * OWN_EXAM (as `viewReplay`), REASON_REQUIRED.
 */
export async function openReplay(
  ctx: ActorCtx,
  input: { readonly attemptId: string; readonly reason: string },
): Promise<Outcome<{ visitId: string }, OpenReplayRefusal>> {
  const may = await mayReplay(ctx, input.attemptId);
  if (!may.ok) return may;
  const reason = input.reason.trim();
  if (reason === '') return refused('REASON_REQUIRED');
  return inTransaction<{ visitId: string }, OpenReplayRefusal>(ctx, 'open-replay', async (tx) => {
    const visitId = newId<'ReplayVisit'>();
    const { attemptId } = input;
    await insertVisit(tx, {
      id: visitId,
      attemptId,
      accountId: ctx.actorId,
      reason,
      openedAt: ctx.clock.now(),
    });
    await appendAudit(tx, ctx, {
      action: 'exam.replay',
      subjectKind: 'attempt',
      subjectId: attemptId,
      regionId: may.value.regionId,
      detail: { visitId, reason },
    });
    return { visitId };
  });
}
