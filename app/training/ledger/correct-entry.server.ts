import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { CorrectionRefusal, HourEntry } from './entry.ts';
import { decideCorrection } from './entry.ts';
import { appendHourEntries } from './hour-entry.store.server.ts';

export interface EntryCorrection {
  /** What is right; 0 strikes the entry out. */
  readonly creditSeconds: number;
  readonly reasonCode: string;
  readonly reason: string;
  /** Account that asked for it. */
  readonly makerId: string;
}

/**
 * Corrects an entry by reversal and replacement, both naming reason, maker and approver; nothing is overwritten and both
 * stay visible (domain.md §4.2 case 13). In the transaction of the caller, who has authorised the approver (the actor)
 * and made sure that maker and approver are two persons. Refusals: those of `decideCorrection`.
 */
export async function correctEntryIn(
  tx: Tx,
  ctx: ActorCtx,
  entry: HourEntry,
  correction: EntryCorrection,
  refuse: Refuse<CorrectionRefusal>,
): Promise<{ readonly entryIds: string[] }> {
  const { creditSeconds, reasonCode, reason, makerId } = correction;
  invariant(makerId !== ctx.actorId, 'maker and approver are two accounts');
  const decided = decideCorrection(entry, creditSeconds, {
    reasonCode,
    text: reason,
    recordedBy: makerId,
    approvedBy: ctx.actorId,
  });
  if (!decided.ok) return refuse(decided.code);
  const written = await appendHourEntries(tx, decided.value, ctx.clock.now());
  // Somebody else's correction of the same entry was faster: its keys stand, ours were left out.
  if (written.size < decided.value.length) return refuse('ENTRY_ALREADY_CORRECTED');
  await appendAudit(tx, ctx, {
    action: 'hours.correct',
    subjectKind: 'hour_entry',
    subjectId: entry.id,
    unitId: entry.unitId,
    detail: { makerId, reason, creditSeconds },
  });
  return { entryIds: [...written.values()] };
}
