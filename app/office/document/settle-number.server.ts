import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { settleTasks } from '../task/open-tasks.server.ts';
import { lockBatchOf } from './batch.store.server.ts';
import { documentDesk } from './desk.server.ts';
import { countUnnumberedOfBatch } from './document.store.server.ts';
import { batchTaskKey } from './number-task.ts';
import { bearsNumber } from './paper.ts';

type Deed = Pick<Ctx, 'pool' | 'clock' | 'actorId'>;

/** Codes of the papers that get a 文号. */
export const numberedCodes = (ctx: Pick<Ctx, 'pool'>): string[] =>
  [...documentDesk(ctx).papers.values()].filter(bearsNumber).map(({ code }) => code);

/**
 * Settles what waits for the number of a document, in the transaction that entered the number or withdrew the paper; the
 * task of its batch with the last one of them.
 */
export async function settleNumberTasks(
  tx: Tx,
  ctx: Deed,
  documentId: string,
  outcome: 'done' | 'withdrawn',
): Promise<void> {
  await settleTasks(tx, ctx, { kind: 'document.number', keys: [documentId], outcome });
  // Two papers of one batch numbered at once would each see the other still waiting: the batch's row is held.
  const batchId = await lockBatchOf(tx, documentId);
  if (batchId === null || (await countUnnumberedOfBatch(tx, batchId, numberedCodes(ctx))) > 0) return;
  await settleTasks(tx, ctx, { kind: 'document.number', keys: [batchTaskKey(batchId)], outcome: 'done' });
}
