import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { ApplyRefusal } from '#app/organization/change/apply-change.server.ts';
import { applyOrganisationChange } from '#app/organization/change/apply-change.server.ts';
import { subjectsOf } from '#app/organization/change/change-plan.ts';
import type { ChangeEventKind, ChangeRecord } from '#app/organization/change/change.store.server.ts';
import {
  appendChangeEvent,
  findChange,
  findConflict,
  lockChange,
  moveChange,
} from '#app/organization/change/change.store.server.ts';
import { lockOrganisation } from '#app/organization/change/org-state.store.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { settleTasks } from '../task/open-tasks.server.ts';

export type ChangeAct = 'confirm' | 'decline' | 'cancel' | 'retry';

export interface ActOnChangeInput {
  readonly changeId: string;
  readonly act: ChangeAct;
  /** Why; needed to decline and to cancel. */
  readonly note: string | null;
  readonly expectedVersion: number;
  readonly commandId: string;
}

export type ActOnChangeRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'
  | 'COMMAND_REUSED'
  | 'STATE_DOES_NOT_ALLOW'
  | 'MAKER_IS_CHECKER'
  | 'NOTE_REQUIRED'
  | 'CONFLICTS_WITH_PLANNED'
  | ApplyRefusal;

/** Which acts a state allows: 复核 and 不同意 while filed, 撤销 until it has counted, 重新生效 when it was blocked. */
const ALLOWED: Readonly<Record<ChangeAct, readonly ChangeRecord['state'][]>> = {
  confirm: ['filed'],
  decline: ['filed'],
  cancel: ['filed', 'planned', 'blocked'],
  retry: ['blocked'],
};

export const allowedActs = (state: ChangeRecord['state']): ChangeAct[] =>
  (['confirm', 'decline', 'cancel', 'retry'] as const).filter((act) => ALLOWED[act].includes(state));

async function note(
  tx: Tx,
  ctx: Ctx,
  change: ChangeRecord,
  event: { kind: ChangeEventKind; note: string | null },
): Promise<void> {
  const { kind } = event;
  await appendChangeEvent(tx, {
    changeId: change.id,
    ...event,
    actorId: ctx.actorId,
    occurredAt: ctx.clock.now(),
  });
  await appendAudit(tx, ctx, {
    action: `organization.change_${kind}`,
    subjectKind: 'organisation_change',
    subjectId: change.id,
    regionId: change.regionId,
  });
}

/** Does the act now. The record moves on from the version in hand. */
export async function carryOutNow(
  tx: Tx,
  ctx: Ctx,
  change: ChangeRecord,
  refuse: Refuse<ApplyRefusal | 'CHANGED_MEANWHILE'>,
): Promise<void> {
  const effect = await applyOrganisationChange(tx, ctx, change, refuse);
  const appliedAt = ctx.clock.now();
  if (!(await moveChange(tx, { change, state: 'applied', blockedCode: null, effect, appliedAt })))
    refuse('CHANGED_MEANWHILE');
  await note(tx, ctx, change, { kind: 'applied', note: null });
}

/** Confirmed: does it when its day has come, keeps it for its day otherwise. */
export async function settleInTime(
  tx: Tx,
  ctx: ActorCtx,
  change: ChangeRecord,
  refuse: Refuse<ApplyRefusal | 'CHANGED_MEANWHILE'>,
): Promise<void> {
  const moved = await moveChange(tx, { change, state: 'planned', confirmedBy: ctx.actorId });
  if (!moved) refuse('CHANGED_MEANWHILE');
  await note(tx, ctx, change, { kind: 'confirmed', note: null });
  if (change.effectiveDay > dayOf(ctx.clock.now())) return;
  const planned = { ...change, version: change.version + 1, confirmedBy: ctx.actorId };
  await carryOutNow(tx, ctx, planned, refuse);
}

/** 经办 ≠ 复核: two accounts of one person are one person. */
async function refuseMaker(
  tx: Tx,
  ctx: ActorCtx,
  change: ChangeRecord,
  refuse: Refuse<'MAKER_IS_CHECKER'>,
): Promise<void> {
  const maker = await personKeyOf(tx, change.filedBy);
  const checker = await personKeyOf(tx, ctx.actorId);
  if (maker === checker) refuse('MAKER_IS_CHECKER');
}

async function actIn(
  tx: Tx,
  ctx: ActorCtx,
  input: ActOnChangeInput,
  refuse: Refuse<ActOnChangeRefusal>,
): Promise<string> {
  await lockOrganisation(tx);
  const change = await lockChange(tx, input.changeId);
  if (change === null) return refuse('NOT_FOUND');
  if (!ALLOWED[input.act].includes(change.state)) refuse('STATE_DOES_NOT_ALLOW', { state: change.state });
  if (change.version !== input.expectedVersion) refuse('CHANGED_MEANWHILE');
  switch (input.act) {
    case 'confirm': {
      await refuseMaker(tx, ctx, change, refuse);
      const conflict = await findConflict(tx, subjectsOf(change.plan), change.id);
      if (conflict !== null)
        refuse('CONFLICTS_WITH_PLANNED', { title: conflict.title, day: formatDay(conflict.effectiveDay) });
      await settleInTime(tx, ctx, change, refuse);
      break;
    }
    case 'retry':
      await carryOutNow(tx, ctx, change, refuse);
      break;
    case 'decline':
    case 'cancel': {
      const state = input.act === 'decline' ? 'declined' : 'cancelled';
      if (!(await moveChange(tx, { change, state }))) refuse('CHANGED_MEANWHILE');
      await note(tx, ctx, change, { kind: state, note: input.note });
    }
  }
  const outcome = input.act === 'cancel' ? 'withdrawn' : 'done';
  await settleTasks(tx, ctx, { kind: 'change.confirm', keys: [change.id, `${change.id}:blocked`], outcome });
  return (await findChange(tx, change.id))?.state ?? '';
}

/**
 * The second person confirms or declines, somebody of the bureau cancels before it counts, or tries a blocked act again.
 * Refusals: FORBIDDEN; NOT_FOUND (also for acts of other regions); STATE_DOES_NOT_ALLOW; CHANGED_MEANWHILE;
 * MAKER_IS_CHECKER; NOTE_REQUIRED; CONFLICTS_WITH_PLANNED; what keeps it from being done now; COMMAND_REUSED.
 * @returns the state the act is in afterwards
 */
export async function actOnChange(
  ctx: ActorCtx,
  input: ActOnChangeInput,
): Promise<Outcome<{ state: string }, ActOnChangeRefusal>> {
  if (!mayDo(ctx, 'organization.change')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'organization.change');
  const known = await findChange(ctx.pool, input.changeId);
  if (known === null || !regionIds.has(known.regionId)) return refused('NOT_FOUND');
  const needsNote = input.act === 'decline' || input.act === 'cancel';
  if (needsNote && (input.note ?? '').trim() === '') return refused('NOTE_REQUIRED');
  const { commandId, ...asked } = input;
  const outcome = await inTransaction<{ state: string }, ActOnChangeRefusal>(
    ctx,
    'act-on-change',
    (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'organization.change_act', input: asked },
        z.object({ state: z.string() }),
        refuse,
        async () => ({ state: await actIn(tx, ctx, input, refuse) }),
      ),
    { timeoutMs: 60_000 },
  );
  forgetTree(ctx);
  return outcome;
}
