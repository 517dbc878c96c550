import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { admits } from '#app/accounts/permission.ts';
import { reachOf } from '#app/accounts/reach.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { CorrectionRefusal } from './entry.ts';
import { decideCorrection } from './entry.ts';
import { appendHourEntries, findEntry } from './hour-entry.store.server.ts';

export interface CorrectEntryInput {
  readonly entryId: string;
  /** What is right; 0 strikes the entry out. */
  readonly creditSeconds: number;
  readonly reasonCode: string;
  readonly reason: string;
  /** Account of the second person. */
  readonly approverId: string;
  readonly commandId: string;
}

export type CorrectEntryRefusal =
  | CorrectionRefusal
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'APPROVER_IS_ACTOR'
  | 'APPROVER_NOT_ENTITLED'
  | 'COMMAND_REUSED';

const correctedSchema = z.object({ entryIds: z.array(z.string()) });

/** May this account approve corrections for the unit, today? */
async function isEntitled(
  ctx: ActorCtx,
  tree: OrgTree,
  approverId: string,
  unitId: string,
): Promise<boolean> {
  const approver = await loadActor(ctx, approverId);
  if (!approver || !admits('hours.approve_correction', approver.roles)) return false;
  return reachOf(approver.grants, 'hours.approve_correction', tree).unitIds.has(unitId);
}

/**
 * Corrects an entry by reversal and replacement, both naming reason, maker and approver; nothing is overwritten and
 * both stay visible (domain.md §4.2 case 13). Refuses an approver who is the maker or has no say over the unit.
 */
export async function correctEntry(
  ctx: ActorCtx,
  input: CorrectEntryInput,
): Promise<Outcome<z.infer<typeof correctedSchema>, CorrectEntryRefusal>> {
  if (!mayDo(ctx, 'hours.correct')) return refused('FORBIDDEN');
  if (input.approverId === ctx.actorId) return refused('APPROVER_IS_ACTOR');
  const { unitIds, tree } = await reachFor(ctx, 'hours.correct');
  // Entries never change but for being reversed, so unit and approver can be looked at before the transaction.
  const entry = await findEntry(ctx.db, input.entryId);
  if (!entry || !unitIds.has(entry.unitId)) return refused('NOT_FOUND');
  if (!(await isEntitled(ctx, tree, input.approverId, entry.unitId))) return refused('APPROVER_NOT_ENTITLED');
  return inTransaction<z.infer<typeof correctedSchema>, CorrectEntryRefusal>(
    ctx,
    'correct-entry',
    (tx, refuse) => {
      const { commandId, ...rest } = input;
      const key = { actorId: ctx.actorId, commandId, kind: 'correct-entry', input: rest };
      return withReceipt(tx, key, correctedSchema, refuse, async () => {
        const decided = decideCorrection(entry, input.creditSeconds, {
          reasonCode: input.reasonCode,
          text: input.reason,
          recordedBy: ctx.actorId,
          approvedBy: input.approverId,
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
          detail: { approverId: input.approverId, reason: input.reason, creditSeconds: input.creditSeconds },
        });
        return { entryIds: [...written.values()] };
      });
    },
  );
}
