import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import { listRoleHolders } from '#app/accounts/responsible.server.ts';
import { holdersOfUnit } from '#app/accounts/responsible.ts';
import { dayOf } from '#app/platform/time/day.ts';

export interface MessageUnit {
  readonly id: string;
  readonly name: string;
  /** Somebody answers for the unit as its liaison, there or above. */
  readonly hasLiaison: boolean;
}

/** Units of the actor's reach that lie in one region, by name. */
export interface MessageRegion {
  readonly id: string;
  readonly name: string;
  readonly units: readonly MessageUnit[];
}

/** The units whose liaisons the actor may write to, by region in the order of region codes. */
export async function messageScope(ctx: ActorCtx): Promise<MessageRegion[]> {
  const [{ tree, unitIds }, holders] = await Promise.all([
    reachFor(ctx, 'notice.send'),
    listRoleHolders(ctx.pool, 'unit_liaison', dayOf(ctx.clock.now())),
  ]);
  const byRegion = new Map<string, MessageUnit[]>();
  for (const id of unitIds) {
    const unit = tree.units.get(id);
    if (unit === undefined) continue;
    const hasLiaison = holdersOfUnit(tree, holders, id).length > 0;
    byRegion.set(unit.regionId, [
      ...(byRegion.get(unit.regionId) ?? []),
      { id, name: unit.name, hasLiaison },
    ]);
  }
  return [...byRegion]
    .map(([id, units]) => {
      const region = tree.regions.get(id);
      const sorted = units.toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN'));
      return { id, name: region?.name ?? '', code: region?.code ?? '', units: sorted };
    })
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ id, name, units }) => ({ id, name, units }));
}
