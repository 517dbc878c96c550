import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { findAccountWithGrants } from './account.store.server.ts';
import type { Actor } from './actor.server.ts';

/** The actor with the grants valid today. Read on every request: a withdrawn right ends with the next click. */
export async function loadActor(ctx: Pick<Ctx, 'pool' | 'clock'>, accountId: string): Promise<Actor | null> {
  const account = await findAccountWithGrants(ctx.pool, accountId, dayOf(ctx.clock.now()));
  if (!account) return null;
  return { ...account, roles: [...new Set(account.grants.map((grant) => grant.role))] };
}
