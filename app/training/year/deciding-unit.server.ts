import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { ClosingUnit } from './ended-units.ts';
import { endedUnit, standing } from './ended-units.ts';
import { listSuccessions, listUnitsGone } from './ended-units.store.server.ts';

type Reading = Pick<Ctx, 'pool' | 'clock'>;

/** Before any act on units: all that took each other's place are followed. */
const EVER = '0001-01-01';

/** Units that stand no more, with who decides for them: the same rule as for closing their year (`ended-units.ts`). */
async function unitsGone(
  ctx: Reading,
  tree: OrgTree,
  unitIds: readonly string[] | null,
): Promise<ClosingUnit[]> {
  const gone = await listUnitsGone(ctx.pool, dayOf(ctx.clock.now()), unitIds);
  if (gone.length === 0) return [];
  const successions = await listSuccessions(ctx.pool, EVER);
  return gone.flatMap((unit) => endedUnit(unit, successions, tree) ?? []);
}

/**
 * Who decides today about what was earned in this unit (domain.md §4.2 cases 2 and 13): the unit itself; of one that has
 * ended the office that took its place, without one its parent's, without that the bureau of its region alone. Null when
 * the unit is unknown or nothing of all that stands.
 */
export async function decidingUnit(ctx: Reading, unitId: string): Promise<ClosingUnit | null> {
  const tree = await currentTree(ctx);
  const unit = tree.units.get(unitId);
  if (unit) return standing(unit);
  return (await unitsGone(ctx, tree, [unitId]))[0] ?? null;
}

/** Names of these units as papers and lists show them: of one that has ended the last one, 「某局（已撤并）」. */
export async function unitNames(
  ctx: Reading,
  unitIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { units } = await currentTree(ctx);
  const ids = [...new Set(unitIds)];
  const gone = ids.filter((id) => !units.has(id));
  const ended = gone.length === 0 ? [] : await listUnitsGone(ctx.pool, dayOf(ctx.clock.now()), gone);
  return new Map([
    ...ids.flatMap((id) => {
      const unit = units.get(id);
      return unit === undefined ? [] : [[id, unit.name] as const];
    }),
    ...ended.map((unit) => [unit.id, `${unit.name}（已撤并）`] as const),
  ]);
}

/** What a person reaches through a permission, units that have ended among it. */
export interface DecidingReach {
  readonly unitIds: ReadonlySet<string>;
  readonly regionIds: ReadonlySet<string>;
  readonly tree: OrgTree;
  /** Name of a unit as lists show it: one that has ended says so. Empty for a unit nobody decides for any more. */
  readonly nameOf: (unitId: string) => string;
  /** Units that have ended and are within reach, in the region whose rules and bureau count for them. */
  readonly ended: readonly ClosingUnit[];
}

/** `reachFor` with the units that have ended: reached by who reaches their office, or the bureau of their region. */
export async function decidingReach(ctx: ActorCtx, permission: Permission): Promise<DecidingReach> {
  const { unitIds, regionIds, tree } = await reachFor(ctx, permission);
  const gone = await unitsGone(ctx, tree, null);
  const ended = gone.filter((unit) => unitIds.has(unit.officeId) || regionIds.has(unit.regionId));
  const names = new Map(gone.map((unit) => [unit.id, unit.shownName]));
  return {
    unitIds: new Set([...unitIds, ...ended.map((unit) => unit.id)]),
    regionIds,
    tree,
    nameOf: (unitId) => tree.units.get(unitId)?.name ?? names.get(unitId) ?? '',
    ended,
  };
}
