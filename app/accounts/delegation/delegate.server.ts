import { z } from 'zod';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo } from '../actor.server.ts';
import { reachOf } from '../reach.ts';
import type { DelegationInput } from './delegation.ts';
import { decideDelegation, isDelegable } from './delegation.ts';
import {
  findParty,
  insertDelegation,
  listStanding,
  lockAccounts,
  supersedeDelegation,
} from './delegation.store.server.ts';
import type { DelegationCode } from './refusals.ts';

export interface DelegateInput extends DelegationInput {
  readonly deputyAccountId: string;
  readonly reason: string;
  readonly commandId: string;
}

const delegated = z.object({ delegationId: z.string() });

/** Units where the actor's own delegable roles reach. */
async function reachedUnits(ctx: ActorCtx): Promise<ReadonlySet<string>> {
  const tree = await currentTree(ctx);
  // What is borrowed is not lent on.
  const own = ctx.actor.grants.filter((grant) => grant.lentBy === undefined && isDelegable(grant.role));
  return reachOf(own, 'delegation.manage', tree).unitIds;
}

/**
 * Lets a colleague stand in for the actor from a day on. Refusals: those of `decideDelegation`, FORBIDDEN, NOT_FOUND
 * (no such colleague), COMMAND_REUSED. The deputy's next click carries the rights.
 */
export async function delegate(
  ctx: ActorCtx,
  input: DelegateInput,
): Promise<Outcome<{ delegationId: string }, DelegationCode>> {
  if (!mayDo(ctx, 'delegation.manage')) return refused('FORBIDDEN');
  const today = dayOf(ctx.clock.now());
  const reachedUnitIds = await reachedUnits(ctx);
  const { deputyAccountId, reason, commandId, ...days } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'delegation.start', input: { ...input } };
  return inTransaction<{ delegationId: string }, DelegationCode>(ctx, 'delegate', async (tx, refuse) =>
    withReceipt(tx, key, delegated, refuse, async () => {
      await lockAccounts(tx, [ctx.actorId, deputyAccountId]);
      const [principal, deputy] = await Promise.all([
        findParty(ctx.pool, ctx.actorId, today),
        findParty(ctx.pool, deputyAccountId, today),
      ]);
      if (principal === null || deputy === null) return refuse('NOT_FOUND');
      const standing = (await listStanding(tx, ctx.actorId, today)).filter(
        (other) => other.fromAccountId === ctx.actorId && other.toAccountId === deputyAccountId,
      );
      const decision = decideDelegation(days, { principal, deputy, reachedUnitIds, standing, today });
      if (!decision.ok) return refuse(decision.code, decision.detail);
      const delegationId = await insertDelegation(tx, {
        ...decision.value,
        fromAccountId: ctx.actorId,
        toAccountId: deputyAccountId,
        reason,
        recordedBy: ctx.actorId,
      });
      await appendAudit(tx, ctx, {
        action: 'delegation.start',
        subjectKind: 'delegation',
        subjectId: delegationId,
        detail: { toAccountId: deputyAccountId, ...days, reason },
      });
      return { delegationId };
    }),
  );
}

/**
 * Ends a delegation today: one that has not begun is withdrawn, one that holds ends with this day, both as new rows over
 * the old one. Either of the two persons may end it. Refusals: NOT_FOUND, CHANGED_MEANWHILE.
 */
export async function endDelegation(
  ctx: ActorCtx,
  input: { readonly delegationId: string },
): Promise<Outcome<{ ended: true }, DelegationCode>> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  return inTransaction<{ ended: true }, DelegationCode>(ctx, 'end-delegation', async (tx, refuse) => {
    await lockAccounts(tx, [ctx.actorId]);
    const standing = await listStanding(tx, ctx.actorId, today);
    const row = standing.find((one) => one.id === input.delegationId);
    if (row === undefined) return refuse('NOT_FOUND');
    if (!(await supersedeDelegation(tx, row.id, now))) return refuse('CHANGED_MEANWHILE');
    if (row.fromDay < today) await insertDelegation(tx, { ...row, untilDay: today, recordedBy: ctx.actorId });
    await appendAudit(tx, ctx, {
      action: 'delegation.end',
      subjectKind: 'delegation',
      subjectId: row.id,
      detail: { day: today },
    });
    return { ended: true };
  });
}
