import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { HomeLink, PersonCard } from '#app/organization/person/person.ts';
import {
  findPersonCard,
  homeLinksOn,
  listPeopleOfUnits,
} from '#app/organization/person/person.store.server.ts';
import { dayOf } from '#app/platform/time/day.ts';

/** Somebody to choose from a list. */
export interface PersonChoice {
  readonly id: string;
  readonly name: string;
  readonly idNumberMasked: string;
  readonly unitName: string;
  readonly position: string | null;
}

const SHOWN = 20;

/** People of the actor's units by name, pinyin or initials, the first of them. */
export async function findOwnPeople(
  ctx: ActorCtx,
  permission: Permission,
  text: string,
): Promise<{ rows: PersonChoice[]; total: number }> {
  const { unitIds } = await reachFor(ctx, permission);
  const { rows, total } = await listPeopleOfUnits(ctx.pool, [...unitIds], dayOf(ctx.clock.now()), {
    page: 1,
    size: SHOWN,
    sort: { field: 'name', direction: 'asc' },
    text,
  });
  return {
    rows: rows.map(({ id, name, idNumberMasked, unitName, position }) => ({
      id,
      name,
      idNumberMasked,
      unitName,
      position,
    })),
    total,
  };
}

export interface OwnPerson {
  readonly card: PersonCard;
  readonly home: HomeLink;
  readonly unitName: string;
}

/** One person at home today in a unit the actor reaches; null for anybody else. */
export async function findOwnPerson(
  ctx: ActorCtx,
  permission: Permission,
  personId: string,
): Promise<OwnPerson | null> {
  const { unitIds, tree } = await reachFor(ctx, permission);
  const home = (await homeLinksOn(ctx.pool, [personId], dayOf(ctx.clock.now()))).get(personId);
  const card = home && unitIds.has(home.unitId) ? await findPersonCard(ctx.pool, personId) : null;
  if (!home || !card) return null;
  return { card, home, unitName: tree.units.get(home.unitId)?.name ?? '' };
}
