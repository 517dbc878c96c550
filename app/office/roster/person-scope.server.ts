import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import type { Reach } from '#app/accounts/reach.ts';
import { loadHomeTimelines } from '#app/organization/person/home-timeline.store.server.ts';
import type { HomeStretch } from '#app/organization/person/home-timeline.ts';
import { homeOn, orderedTimeline } from '#app/organization/person/home-timeline.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';

export interface PersonStand {
  readonly personId: string;
  /** All homes, oldest first. */
  readonly homes: readonly HomeStretch[];
  /** Today's home; null for who has left or is yet to come. */
  readonly home: HomeStretch | null;
  /** Unit that answers for the person: today's, else the last one. */
  readonly unitId: string;
  readonly reach: Reach & { readonly tree: OrgTree };
}

/**
 * A person the actor reaches through a permission: today's home counts, for leavers the last one. Refusals: FORBIDDEN;
 * NOT_FOUND (nobody, or somebody of another unit: the two cannot be told apart).
 */
export async function personInReach(
  ctx: ActorCtx,
  permission: Permission,
  personId: string,
): Promise<Outcome<PersonStand, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const reach = await reachFor(ctx, permission);
  const stretches = (await loadHomeTimelines(ctx.db, [personId])).get(personId) ?? [];
  const homes = orderedTimeline(stretches);
  const home = homeOn(homes, dayOf(ctx.clock.now()));
  const unitId = (home ?? homes.at(-1))?.unitId;
  if (unitId === undefined || !reach.unitIds.has(unitId)) return refused('NOT_FOUND');
  return done({ personId, homes, home, unitId, reach });
}

/** Units within reach as a choice, by name; null when there are too many to choose from. */
export function unitChoices(
  { unitIds, tree }: Reach & { readonly tree: OrgTree },
  most: number,
): { readonly id: string; readonly name: string }[] | null {
  if (unitIds.size > most) return null;
  return [...unitIds]
    .flatMap((id) => tree.units.get(id) ?? [])
    .sort((a, b) => (a.namePinyin < b.namePinyin ? -1 : 1))
    .map(({ id, name }) => ({ id, name }));
}
