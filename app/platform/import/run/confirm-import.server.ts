import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { ApplyMode, ConfirmRefusal, ImportRun } from './import-run.ts';
import { decideConfirm } from './import-run.ts';
import { moveRun } from './import-run.store.server.ts';

/**
 * A person says yes to the report as shown. Refusals: NOT_CHECKED, NOTHING_TO_APPLY, HAS_REFUSED_ROWS (all-or-nothing
 * with refused rows), CHANGED_MEANWHILE (another report than the one shown).
 * @param queue called in the same transaction: the apply and its cause are one
 */
export async function confirmRun(
  ctx: Ctx,
  run: ImportRun,
  input: { readonly mode: ApplyMode; readonly expectedVersion: number },
  queue: (tx: Tx) => Promise<void>,
): Promise<Outcome<void, ConfirmRefusal>> {
  return inTransaction<void, ConfirmRefusal>(ctx, 'confirm-import', async (tx, refuse) => {
    const decision = decideConfirm(run, input.mode, input.expectedVersion);
    if (!decision.ok) return refuse(decision.code, decision.detail);
    if (decision.value === 'already_confirmed') return;
    const moved = await moveRun(
      tx,
      run.id,
      { states: ['checked'], version: input.expectedVersion },
      'applying',
      {
        mode: input.mode,
        confirmedById: ctx.actorId,
        confirmedAt: ctx.clock.now(),
      },
    );
    if (!moved) return refuse('CHANGED_MEANWHILE');
    await queue(tx);
  });
}
