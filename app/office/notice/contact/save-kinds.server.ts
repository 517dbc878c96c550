import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { NoticeKind } from '../notice-kinds.ts';
import { kindsFor } from '../notice-kinds.ts';
import { savePreferences } from './contact.store.server.ts';

/**
 * Keeps which kinds come by mail: the named ones do, all others of the actor's roles do not. Kinds the actor's roles
 * never get are left alone. Cannot be refused.
 */
export async function saveKinds(ctx: ActorCtx, kinds: readonly NoticeKind[]): Promise<void> {
  const offered = kindsFor(ctx.actor.roles);
  const choices = new Map(offered.map((kind) => [kind, kinds.includes(kind)]));
  await inTransaction(ctx, 'save-notice-kinds', (tx) =>
    savePreferences(tx, ctx.actorId, choices, ctx.clock.now()),
  );
}
