import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';

export interface HandoverScope {
  readonly tree: OrgTree;
  /** Units whose people's offices the actor may hand over. */
  readonly unitIds: ReadonlySet<string>;
  /** A liaison hands over the own office only; leader and bureau also somebody else's. */
  readonly mayForOthers: boolean;
}

const FOR_OTHERS = ['unit_leader', 'justice_bureau'] as const;

export async function handoverScope(ctx: ActorCtx): Promise<HandoverScope> {
  const { tree, unitIds } = await reachFor(ctx, 'handover.file');
  return { tree, unitIds, mayForOthers: FOR_OTHERS.some((role) => ctx.actor.roles.includes(role)) };
}
