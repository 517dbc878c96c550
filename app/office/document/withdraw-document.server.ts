import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { isWithdrawn, lastSeq } from './document.ts';
import { appendDocumentEvent, listDocumentEvents } from './document.store.server.ts';
import { takeDocument } from './number-document.server.ts';
import { settleNumberTasks } from './settle-number.server.ts';

export type WithdrawDocumentRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'CHANGED_MEANWHILE' | 'WITHDRAWN' | 'WITHDRAWAL_REASON_REQUIRED';

/**
 * Takes a paper back that is not used: drawn by mistake, or replaced by another. File, number and scans stay where they
 * are; nothing waits for it any more. Two at once: one wins, the other is told CHANGED_MEANWHILE.
 */
export async function withdrawDocument(
  ctx: ActorCtx,
  input: { readonly documentId: string; readonly expectedSeq: number; readonly reason: string },
): Promise<Outcome<null, WithdrawDocumentRefusal>> {
  const taken = await takeDocument(ctx, input.documentId);
  if (!taken.ok) return taken;
  const { document } = taken.value;
  const events = await listDocumentEvents(ctx.db, document.id);
  if (isWithdrawn(events)) return refused('WITHDRAWN');
  if (lastSeq(events) !== input.expectedSeq) return refused('CHANGED_MEANWHILE');
  const reason = input.reason.trim();
  if (reason === '') return refused('WITHDRAWAL_REASON_REQUIRED');
  return inTransaction<null, WithdrawDocumentRefusal>(ctx, 'withdraw-document', async (tx, refuse) => {
    const isFirst = await appendDocumentEvent(tx, {
      id: newId(),
      documentId: document.id,
      seq: input.expectedSeq + 1,
      kind: 'withdrawn',
      reason,
      actorId: ctx.actorId,
      occurredAt: ctx.clock.now(),
    });
    if (!isFirst) return refuse('CHANGED_MEANWHILE');
    await settleNumberTasks(tx, ctx, document.id, 'withdrawn');
    await appendAudit(tx, ctx, {
      action: 'document.withdraw',
      subjectKind: 'document',
      subjectId: document.id,
      regionId: document.regionId,
      unitId: document.unitId,
      detail: { reason },
    });
    return null;
  });
}
