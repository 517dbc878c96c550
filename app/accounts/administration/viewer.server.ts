import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { ActorCtx } from '../actor.server.ts';
import { reachFor } from '../actor.server.ts';
import { personKeyOf } from '../person-key.store.server.ts';
import type { Giver } from './account-rules.ts';

/** Who administers accounts here, and over whom. */
export interface AccountViewer extends Giver {
  readonly tree: OrgTree;
}

/** Null for a person without the permission. A bureau's reach is that of its own grants. */
export async function accountViewer(ctx: ActorCtx): Promise<AccountViewer | null> {
  const { roles } = ctx.actor;
  const kind = roles.includes('security_admin')
    ? ('security' as const)
    : roles.includes('justice_bureau')
      ? ('bureau' as const)
      : null;
  if (kind === null) return null;
  const { tree, unitIds, regionIds } = await reachFor(ctx, 'account.open');
  return { kind, tree, unitIds, regionIds, personKey: await personKeyOf(ctx.db, ctx.actorId) };
}
