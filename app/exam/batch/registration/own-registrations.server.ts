import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeysOf } from '#app/accounts/person-key.store.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Registration } from './registration.store.server.ts';

/**
 * Which of these registrations somebody else has to decide on (design.md invariant 11): those the actor's own person made,
 * under whatever account, and the one about that person, whoever made it. One statement, however many people made them.
 */
export async function listOwn(
  db: Pick<Tx, '$queryRaw'>,
  ctx: ActorCtx,
  registrations: readonly Pick<Registration, 'id' | 'personId' | 'registeredBy'>[],
): Promise<ReadonlySet<string>> {
  if (registrations.length === 0) return new Set();
  const makers = new Set(registrations.flatMap((one) => one.registeredBy ?? []));
  const persons = await personKeysOf(db, [...makers.add(ctx.actorId)]);
  const me = persons.get(ctx.actorId) ?? ctx.actorId;
  const isMade = (by: string | null): boolean => by !== null && persons.get(by) === me;
  return new Set(
    registrations.filter((one) => one.personId === me || isMade(one.registeredBy)).map((one) => one.id),
  );
}
