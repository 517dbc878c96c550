import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Registration } from './registration.store.server.ts';
import { findRegistration } from './registration.store.server.ts';

/** A registration of a unit within the actor's reach. Refusals: FORBIDDEN, NOT_FOUND (also somebody else's). */
export async function takeRegistration(
  ctx: ActorCtx,
  permission: Permission,
  registrationId: string,
): Promise<Outcome<{ registration: Registration; tree: OrgTree }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, permission);
  const registration = await findRegistration(ctx.pool, registrationId);
  return registration !== null && unitIds.has(registration.unitId)
    ? done({ registration, tree })
    : refused('NOT_FOUND');
}
