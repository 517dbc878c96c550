import type { OrgTree } from '#app/organization/tree/tree.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Permission } from './permission.ts';
import { admits, admitsBound } from './permission.ts';
import type { Reach } from './reach.ts';
import { reachOf } from './reach.ts';
import type { Grant, Role } from './role.ts';

/** The signed-in person every command carries. */
export interface Actor {
  readonly accountId: string;
  readonly login: string;
  readonly displayName: string;
  /** The natural person behind the account; null for purely technical accounts. */
  readonly personId: string | null;
  readonly grants: readonly Grant[];
  readonly roles: readonly Role[];
  /** Colleagues in whose stead this person may act today; their rights are among `grants`. */
  readonly standsInFor?: readonly { readonly accountId: string; readonly displayName: string }[] | undefined;
  /** The one record this session serves (exam door); absent for an ordinary session. */
  readonly boundTo?: string | undefined;
}

/** As much of an actor as what people do for themselves asks: hot paths know no more. */
export type OwnActor = Pick<Actor, 'personId' | 'roles' | 'boundTo'>;

/** Context of one's own doing; every `ActorCtx` is one. */
export interface OwnCtx extends Ctx {
  readonly actorId: string;
  readonly actor: OwnActor;
}

/** Context of a request: `actor` is null for the public. */
export interface RequestCtx extends Ctx {
  readonly actor: Actor | null;
}

/** Context behind a door that only signed-in people pass. */
export interface ActorCtx extends Ctx {
  readonly actorId: string;
  readonly actor: Actor;
}

/** Second lock inside every command and view: the door may be walked around, this may not. */
export function mayDo(ctx: RequestCtx | OwnCtx, permission: Permission): boolean {
  if (ctx.actor?.boundTo !== undefined && !admitsBound(permission)) return false;
  return admits(permission, ctx.actor?.roles ?? null);
}

/** Units and regions the actor reaches through this permission today. */
export async function reachFor(ctx: ActorCtx, permission: Permission): Promise<Reach & { tree: OrgTree }> {
  const tree = await currentTree(ctx);
  return { ...reachOf(ctx.actor.grants, permission, tree), tree };
}

/** The person behind the account; doors of learners admit only roles that are given to persons. */
export function ownPersonId(ctx: OwnCtx): string {
  invariant(ctx.actor.personId !== null, 'a learner account belongs to a person');
  return ctx.actor.personId;
}
