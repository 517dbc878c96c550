import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { findParty, lockAccounts } from '#app/accounts/delegation/delegation.store.server.ts';
import { lockGrantsOfAccount, writeGrantChange } from '#app/accounts/grants/grant.store.server.ts';
import { decideHandedOver } from '#app/accounts/grants/handed-over.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { sendNotices } from '../notice/send-notice.server.ts';
import { decideHandover } from './handover.ts';
import { handoverScope } from './handover-scope.server.ts';
import { insertHandover, moveOwnTasks } from './handover.store.server.ts';
import { passingItems } from './passing-items.server.ts';
import type { HandoverCode } from './refusals.ts';

export interface HandOverInput {
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly reason: string;
  /** What the person saw before confirming: number of things that pass. */
  readonly itemCount: number;
  readonly commandId: string;
}

const handedOver = z.object({ handoverId: z.string() });

/**
 * 工作交接: from today on the receiver has the office's rights, tasks and open things, in one act. Refusals: those of
 * `decideHandover`, FORBIDDEN, NOT_FOUND (nobody of the actor's units), CHANGED_MEANWHILE (other things pass than were
 * shown), COMMAND_REUSED. Two handovers of one person come one after the other; the second finds nothing left.
 */
export async function handOver(
  ctx: ActorCtx,
  input: HandOverInput,
): Promise<Outcome<{ handoverId: string }, HandoverCode>> {
  if (!mayDo(ctx, 'handover.file')) return refused('FORBIDDEN');
  const { fromAccountId, toAccountId, reason, commandId } = input;
  const scope = await handoverScope(ctx);
  if (fromAccountId !== ctx.actorId && !scope.mayForOthers) return refused('NOT_FOUND');
  const now = ctx.clock.now();
  const day = dayOf(now);
  const key = { actorId: ctx.actorId, commandId, kind: 'handover', input: { ...input } };
  return inTransaction<{ handoverId: string }, HandoverCode>(ctx, 'hand-over', async (tx, refuse) =>
    withReceipt(tx, key, handedOver, refuse, async () => {
      await lockAccounts(tx, [fromAccountId, toAccountId]);
      const [from, to] = await Promise.all([
        findParty(ctx.pool, fromAccountId, day),
        findParty(ctx.pool, toAccountId, day),
      ]);
      const unitId = from?.homeUnitIds.find((unit) => scope.unitIds.has(unit));
      if (from === null || to === null || unitId === undefined) return refuse('NOT_FOUND');
      const grants = await lockGrantsOfAccount(tx, fromAccountId);
      const held = await lockGrantsOfAccount(tx, toAccountId);
      const items = await passingItems(ctx, { accountId: fromAccountId, grants, tree: scope.tree, day });
      const decision = decideHandover({ from, to, reachedUnitIds: scope.unitIds, items });
      if (!decision.ok) return refuse(decision.code);
      if (items.length !== input.itemCount) return refuse('CHANGED_MEANWHILE');
      await writeGrantChange(
        tx,
        decideHandedOver(grants, { accountId: toAccountId, grants: held }, day),
        now,
      );
      await tx.account.updateMany({ where: { id: toAccountId }, data: { rightsVersion: { increment: 1 } } });
      await moveOwnTasks(tx, { fromAccountId, toAccountId, actorId: ctx.actorId, at: now });
      const handoverId = await insertHandover(tx, {
        fromAccountId,
        toAccountId,
        unitId,
        day,
        reason,
        actorId: ctx.actorId,
        at: now,
        items,
      });
      await sendNotices(tx, ctx, [
        {
          kind: 'handover.done',
          key: handoverId,
          title: '有工作交接给您',
          body: `共 ${items.length} 项职责和事项已交接到您名下。\n请核对交接单，逐项接续办理。`,
          path: `/tasks/handovers/${handoverId}`,
          to: [{ accountIds: [toAccountId] }],
        },
      ]);
      await appendAudit(tx, ctx, {
        action: 'handover.file',
        subjectKind: 'handover',
        subjectId: handoverId,
        unitId,
        detail: { fromAccountId, toAccountId, items: items.length, reason },
      });
      return { handoverId };
    }),
  );
}
