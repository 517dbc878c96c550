import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { AccountWithGrants } from './account.store.server.ts';
import { findAccountWithGrants } from './account.store.server.ts';
import type { Actor, OwnActor } from './actor.server.ts';
import type { Grant } from './role.ts';
import type { Asker } from './who-asks.server.ts';

/** Whoever it is elsewhere, behind the exam door it is a candidate: none of the account's own rights come along. */
const CANDIDATE: Grant = {
  role: 'applicant',
  scopeKind: 'self',
  unitId: null,
  regionId: null,
  fieldCode: null,
};

/**
 * The actor with the grants valid today. Read on every request: a withdrawn right ends with the next click.
 * @param boundTo the one record a session of the exam door serves; null for an ordinary session
 */
export async function loadActor(
  ctx: Pick<Ctx, 'pool' | 'clock'>,
  accountId: string,
  boundTo: string | null = null,
): Promise<Actor | null> {
  const account = await findAccountWithGrants(ctx.pool, accountId, dayOf(ctx.clock.now()));
  return account && actorOf(account, boundTo);
}

/** The actor of an account. @param boundTo the one record a session of the exam door serves; null for an ordinary session */
export function actorOf(account: AccountWithGrants, boundTo: string | null): Actor {
  if (boundTo !== null)
    return { ...account, grants: [CANDIDATE], roles: [CANDIDATE.role], standsInFor: [], boundTo };
  return { ...account, roles: [...new Set(account.grants.map((grant) => grant.role))] };
}

/** The same of who was asked about on a hot path. */
export function ownActorOf({ personId, roles, boundTo }: Asker): OwnActor {
  return boundTo === null ? { personId, roles } : { personId, roles: [CANDIDATE.role], boundTo };
}
