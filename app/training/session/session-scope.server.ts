import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { instantOf } from '../ledger/interval.ts';
import { creditPolicyOf } from '../policy.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import type { CreditPolicy } from './credits.ts';
import type { TrainingSession } from './session.ts';
import { sessionEnd } from './session.ts';
import { findSession } from './session.store.server.ts';

export type SessionPermission = Extract<Permission, `session.${string}`>;

/** A class inside the actor's reach; null for all others, whether they exist or not. */
export async function findOwnSession(
  ctx: ActorCtx,
  permission: SessionPermission,
  sessionId: string,
): Promise<{ session: TrainingSession; tree: OrgTree } | null> {
  const { unitIds, tree } = await reachFor(ctx, permission);
  const session = await findSession(ctx.pool, sessionId);
  return session && unitIds.has(session.unitId) ? { session, tree } : null;
}

/** The rules of the organising unit's region on the last day of the class. */
export async function loadCreditPolicy(
  ctx: Pick<Ctx, 'pool'>,
  session: TrainingSession,
  tree: OrgTree,
): Promise<CreditPolicy> {
  const regionId = tree.units.get(session.unitId)?.regionId;
  if (regionId === undefined) return creditPolicyOf(DEFAULT_RULES);
  const day = dayOf(instantOf(sessionEnd(session.blocks) - 1));
  return creditPolicyOf(await loadRules(ctx.pool, regionId, day));
}
