import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import {
  appointReviewerIn,
  endReviewerIn,
  endSupervisionCardIn,
  enterSupervisionCardIn,
} from '#app/organization/register/keep-register.server.ts';
import type { CardRefusal } from '#app/organization/register/supervision-card.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { asCommand } from './as-command.server.ts';
import { personInReach } from './person-scope.server.ts';
import type { PersonAct } from './register.schema.ts';

const changedShape = z.object({ isNew: z.boolean() });
type Changed = z.infer<typeof changedShape>;
type Act<I extends PersonAct['intent']> = Extract<PersonAct, { intent: I }>;

export type RegisterRefusal =
  CardRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'NOT_IN_POST' | 'NO_TERM' | 'COMMAND_REUSED';

/**
 * 法制审核人员: appoints a person for a unit, both within reach. Another unit than the own one is 法制审核协作 (ZY14). Refusals:
 * FORBIDDEN; NOT_FOUND; NOT_IN_POST; COMMAND_REUSED.
 */
export async function appointReviewer(
  ctx: ActorCtx,
  personId: string,
  act: Act<'reviewer'>,
): Promise<Outcome<Changed, RegisterRefusal>> {
  const stand = await personInReach(ctx, 'roster.manage', personId);
  if (!stand.ok) return stand;
  const { unitId, fromDay, workMode, qualificationNo = null, sinceYear = null } = act;
  if (!stand.value.reach.unitIds.has(unitId)) return refused('NOT_FOUND');
  const input = { personId, unitId, fromDay, values: { workMode, qualificationNo, sinceYear } };
  return asCommand<Changed, 'NOT_IN_POST'>(
    ctx,
    { kind: 'reviewer.appoint', commandId: act.commandId, input },
    changedShape,
    async (tx, refuse) => ({ isNew: await appointReviewerIn(tx, ctx, input, refuse) }),
  );
}

/** A reviewer reviews no more. Refusals: FORBIDDEN; NOT_FOUND; NO_TERM; COMMAND_REUSED. */
export async function endReviewer(
  ctx: ActorCtx,
  personId: string,
  act: Act<'reviewer-end'>,
): Promise<Outcome<Changed, RegisterRefusal>> {
  const stand = await personInReach(ctx, 'roster.manage', personId);
  if (!stand.ok) return stand;
  const { unitId, day, commandId } = act;
  if (!stand.value.reach.unitIds.has(unitId)) return refused('NOT_FOUND');
  const input = { personId, unitId, day };
  return asCommand<Changed, 'NO_TERM'>(
    ctx,
    { kind: 'reviewer.end', commandId, input },
    changedShape,
    async (tx, refuse) => {
      await endReviewerIn(tx, ctx, input, refuse);
      return { isNew: false };
    },
  );
}

/** 监督证 of a person within the bureau's reach (YC10). Refusals: FORBIDDEN; NOT_FOUND; NOT_IN_POST; those of `decideCard`. */
export async function enterSupervisionCard(
  ctx: ActorCtx,
  personId: string,
  act: Act<'supervision'>,
): Promise<Outcome<Changed, RegisterRefusal>> {
  const stand = await personInReach(ctx, 'supervisor.manage', personId);
  if (!stand.ok) return stand;
  const { cardNo, validFrom, validUntil, commandId } = act;
  const card = { cardNo, validFrom, validTo: addDays(validUntil, 1) };
  const today = dayOf(ctx.clock.now());
  return asCommand<Changed, CardRefusal | 'NOT_IN_POST'>(
    ctx,
    { kind: 'supervision_card.enter', commandId, input: { personId, card } },
    changedShape,
    async (tx, refuse) => ({
      isNew: await enterSupervisionCardIn(tx, ctx, { personId, card, today }, refuse),
    }),
  );
}

/** Refusals: FORBIDDEN; NOT_FOUND; NO_TERM; COMMAND_REUSED. */
export async function endSupervisionCard(
  ctx: ActorCtx,
  personId: string,
  act: Act<'supervision-end'>,
): Promise<Outcome<Changed, RegisterRefusal>> {
  const stand = await personInReach(ctx, 'supervisor.manage', personId);
  if (!stand.ok) return stand;
  const { cardNo, day, commandId } = act;
  const input = { personId, cardNo, day };
  return asCommand<Changed, 'NO_TERM'>(
    ctx,
    { kind: 'supervision_card.end', commandId, input },
    changedShape,
    async (tx, refuse) => {
      await endSupervisionCardIn(tx, ctx, input, refuse);
      return { isNew: false };
    },
  );
}

/** The bureau's own region, in which it keeps 特邀监督员; null for an account that is no region's bureau. */
export async function ownRegion(ctx: ActorCtx, permission: 'supervisor.manage' | 'supervisor.read') {
  const { tree } = await reachFor(ctx, permission);
  const grant = ctx.actor.grants.find(
    ({ role, scopeKind }) => scopeKind === 'region' && (role === 'justice_bureau' || role === 'supervisor'),
  );
  return grant?.regionId ? (tree.regions.get(grant.regionId) ?? null) : null;
}
