import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { NewPost } from '#app/organization/change/transfer.ts';
import type {
  AnswerTransferRefusal,
  FileTransferRefusal,
  TransferInput,
} from '#app/organization/change/transfer-person.server.ts';
import {
  acceptTransferIn,
  closeTransferIn,
  fileTransferIn,
} from '#app/organization/change/transfer-person.server.ts';
import { findTransfer } from '#app/organization/change/transfer.store.server.ts';
import { findPersonCard } from '#app/organization/person/person.store.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { openTasks, settleTasks } from '../task/open-tasks.server.ts';
import { DAYS_TO_ACCEPT, transferTask } from './transfer-task.ts';
import { dayOf, addDays } from '#app/platform/time/day.ts';

const outcomeShape = z.object({ transferId: z.string() });

export type NewTransferRefusal = FileTransferRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

/**
 * 转出: the liaison of the old unit (or the bureau above it) files; the new unit may be any unit of the city. Refusals:
 * FORBIDDEN; NOT_FOUND (a unit out of reach, or a new unit nobody knows); those of `fileTransferIn`; COMMAND_REUSED.
 */
export async function fileTransfer(
  ctx: ActorCtx,
  input: TransferInput & { readonly commandId: string },
): Promise<Outcome<{ transferId: string }, NewTransferRefusal>> {
  if (!mayDo(ctx, 'transfer.manage')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'transfer.manage');
  const { commandId, ...asked } = input;
  const target = tree.units.get(asked.toUnitId);
  if (!unitIds.has(asked.fromUnitId) || !target) return refused('NOT_FOUND');
  const from = tree.units.get(asked.fromUnitId);
  const card = await findPersonCard(ctx.pool, asked.personId);
  if (!card || !from) return refused('NOT_FOUND');
  return inTransaction<{ transferId: string }, NewTransferRefusal>(ctx, 'file-transfer', async (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'person.transfer_file', input: asked },
      outcomeShape,
      refuse,
      async () => {
        const transferId = await fileTransferIn(tx, ctx, asked, refuse);
        const dueDay = addDays(dayOf(ctx.clock.now()), DAYS_TO_ACCEPT);
        await openTasks(tx, ctx, [
          transferTask(
            { id: transferId, toUnitId: asked.toUnitId },
            { person: card.name, fromUnit: from.name, dueDay },
          ),
        ]);
        return { transferId };
      },
    ),
  );
}

export type TransferAnswerInput =
  | {
      readonly act: 'accept';
      readonly transferId: string;
      readonly post: NewPost;
      readonly commandId: string;
    }
  | {
      readonly act: 'return' | 'withdraw';
      readonly transferId: string;
      readonly note: string | null;
      readonly commandId: string;
    };

export type TransferAnswerRefusal = AnswerTransferRefusal | 'FORBIDDEN' | 'NOTE_REQUIRED' | 'COMMAND_REUSED';

/** Whose hand is needed: the new unit's to accept or return, the old unit's to withdraw. */
async function handOn(
  ctx: ActorCtx,
  input: TransferAnswerInput,
): Promise<Outcome<null, 'NOT_FOUND' | 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'transfer.manage')) return refused('FORBIDDEN');
  const transfer = await findTransfer(ctx.pool, input.transferId);
  if (transfer === null) return refused('NOT_FOUND');
  const { unitIds } = await reachFor(ctx, 'transfer.manage');
  const [own, other] =
    input.act === 'withdraw'
      ? [transfer.fromUnitId, transfer.toUnitId]
      : [transfer.toUnitId, transfer.fromUnitId];
  if (unitIds.has(own)) return done(null);
  return refused(unitIds.has(other) ? 'FORBIDDEN' : 'NOT_FOUND');
}

/**
 * 转入确认、退回 or 撤回. Refusals: FORBIDDEN (the other unit's hand is needed); NOT_FOUND; NOTE_REQUIRED (a return says
 * why); TRANSFER_ANSWERED; TARGET_GONE; those of `decideTransfer`; COMMAND_REUSED.
 */
export async function answerTransferAs(
  ctx: ActorCtx,
  input: TransferAnswerInput,
): Promise<Outcome<{ transferId: string }, TransferAnswerRefusal>> {
  const hand = await handOn(ctx, input);
  if (!hand.ok) return hand;
  if (input.act === 'return' && (input.note ?? '').trim() === '') return refused('NOTE_REQUIRED');
  const { commandId, ...asked } = input;
  return inTransaction<{ transferId: string }, TransferAnswerRefusal>(
    ctx,
    'answer-transfer',
    async (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'person.transfer_answer', input: asked },
        outcomeShape,
        refuse,
        async () => {
          const { transferId } = asked;
          if (asked.act === 'accept') await acceptTransferIn(tx, ctx, asked, refuse);
          else {
            const state = asked.act === 'return' ? 'returned' : 'withdrawn';
            await closeTransferIn(tx, ctx, { transferId, state, note: asked.note }, refuse);
          }
          await settleTasks(tx, ctx, {
            kind: 'transfer.accept',
            keys: [transferId],
            outcome: asked.act === 'withdraw' ? 'withdrawn' : 'done',
          });
          return { transferId };
        },
      ),
  );
}
