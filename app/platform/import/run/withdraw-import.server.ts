import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { ImportRun } from './import-run.ts';
import { CHECKABLE } from './import-run.ts';
import { deleteExpiredContent, deleteFile, moveRun, replaceIssues } from './import-run.store.server.ts';

/** The person gives the file up before confirming: its bytes and row texts go, the run stays in the list of states. */
export async function withdrawRun(
  ctx: Ctx,
  run: ImportRun,
  expectedVersion: number,
): Promise<Outcome<void, 'CHANGED_MEANWHILE'>> {
  return inTransaction<void, 'CHANGED_MEANWHILE'>(ctx, 'withdraw-import', async (tx, refuse) => {
    if (run.state === 'withdrawn') return;
    const expected = { states: [...CHECKABLE, 'refused', 'failed'] as const, version: expectedVersion };
    if (!(await moveRun(tx, run.id, expected, 'withdrawn'))) return refuse('CHANGED_MEANWHILE');
    await deleteFile(tx, run.id);
    await replaceIssues(tx, run.id, []);
  });
}

/** Removes files and row texts past their week. To be called by a loop, at most a few times a day.
 *  @returns how many files were removed */
export async function purgeExpiredImports(ctx: Ctx): Promise<number> {
  const outcome = await inTransaction(ctx, 'purge-imports', (tx) =>
    deleteExpiredContent(tx, ctx.clock.now()),
  );
  return outcome.ok ? outcome.value : 0;
}
