import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { Db, Tx } from '#app/platform/db/db.server.ts';
import type { Registration } from './registration.store.server.ts';

/**
 * Which of these registrations somebody else has to decide on: the actor's own person made them, under whatever account, or
 * is registered by them (design.md invariant 11).
 */
export async function listOwn(
  db: Db | Tx,
  ctx: ActorCtx,
  registrations: readonly Pick<Registration, 'id' | 'personId' | 'registeredBy'>[],
): Promise<ReadonlySet<string>> {
  const checker = await personKeyOf(db, ctx.actorId);
  const makers = new Set(registrations.flatMap((one) => one.registeredBy ?? []));
  const ownAccounts = new Set<string>();
  for (const maker of makers) if ((await personKeyOf(db, maker)) === checker) ownAccounts.add(maker);
  return new Set(
    registrations
      .filter((one) => ownAccounts.has(one.registeredBy ?? '') || one.personId === ctx.actor.personId)
      .map((one) => one.id),
  );
}
