import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { PlaceHolder } from '#app/accounts/grants/holder.store.server.ts';
import { listBureauHolders } from '#app/accounts/grants/holder.store.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { SecondPersonScene, Standing } from './second-person.ts';

export interface LoadedSecondPersons {
  readonly scene: SecondPersonScene;
  /** Where the deciding bureau stands: tasks of its people go there. */
  readonly bureauRegionId: string;
  /** 司法局 units of that region, whose leaders are the 分管领导. */
  readonly leaderUnitIds: readonly string[];
  /** The next bureau above, if somebody holds it; null otherwise. */
  readonly upperRegionId: string | null;
  /** The actor as a natural person, and how the actor stands to the bureau. */
  readonly actorKey: string;
  readonly standing: Standing;
}

const leaderUnitsOf = (tree: OrgTree, regionId: string): string[] =>
  (tree.unitsOfRegion.get(regionId) ?? []).filter((id) => tree.units.get(id)?.unitType === 'justice');

/** The maker's bureau: the nearest one at or above the region that the maker holds, else the nearest anybody holds. */
function bureauRegionOf(
  line: readonly string[],
  holders: readonly PlaceHolder[],
  makerKey: string | null,
): string {
  const held = (mine: boolean) => (regionId: string) =>
    holders.some((one) => one.regionId === regionId && (!mine || one.key === makerKey));
  return line.find(held(true)) ?? line.find(held(false)) ?? line[0] ?? '';
}

/**
 * Who there is beside the maker of a deed in a region, today. The caller has authorised the region.
 * @param makerId account of the maker; null for what the system did
 * @param concernedKey the natural person whom the deed is about, who is no second person either; left out: nobody
 */
export async function loadSecondPersons(
  ctx: ActorCtx,
  asked: {
    readonly makerId: string | null;
    readonly regionId: string;
    readonly concernedKey?: string | undefined;
  },
): Promise<LoadedSecondPersons> {
  const today = dayOf(ctx.clock.now());
  const tree = await currentTree(ctx);
  const above = regionAncestors(tree, asked.regionId).map((region) => region.id);
  const line = above.length === 0 ? [asked.regionId] : above;
  const holders = await listBureauHolders(
    ctx.pool,
    { regionIds: line, leaderUnitIds: line.flatMap((id) => leaderUnitsOf(tree, id)) },
    today,
  );
  const makerKey = asked.makerId === null ? null : await personKeyOf(ctx.db, asked.makerId);
  const bureauRegionId = bureauRegionOf(line, holders, makerKey);
  const others = holders.filter((one) => one.key !== makerKey && one.key !== asked.concernedKey);
  const higher = line.slice(line.indexOf(bureauRegionId) + 1);
  const upperRegionId = higher.find((id) => others.some((one) => one.regionId === id)) ?? null;
  const leaderUnitIds = leaderUnitsOf(tree, bureauRegionId);
  const rules = await loadRules(ctx.pool, asked.regionId, today);
  return {
    scene: {
      makerKey,
      colleagues: others.filter((one) => one.regionId === bureauRegionId),
      leaders: others.filter((one) => one.unitId !== null && leaderUnitIds.includes(one.unitId)),
      upper: others.filter((one) => one.regionId !== null && one.regionId === upperRegionId),
      allowed: rules.secondPersonSubstitutes.value,
    },
    bureauRegionId,
    leaderUnitIds,
    upperRegionId,
    actorKey: await personKeyOf(ctx.db, ctx.actorId),
    standing: standingOf(ctx, { bureauRegionId, leaderUnitIds, higher }),
  };
}

/** By the rights in hand, so that whoever stands in for a colleague counts as one. */
function standingOf(
  ctx: ActorCtx,
  place: {
    readonly bureauRegionId: string;
    readonly leaderUnitIds: readonly string[];
    readonly higher: readonly string[];
  },
): Standing {
  const { grants } = ctx.actor;
  const holdsBureau = (regionIds: readonly string[]) =>
    grants.some(
      ({ role, scopeKind, regionId }) =>
        role === 'justice_bureau' &&
        scopeKind === 'region' &&
        regionId !== null &&
        regionIds.includes(regionId),
    );
  if (holdsBureau([place.bureauRegionId])) return 'colleague';
  const leads = grants.some(
    ({ role, scopeKind, unitId }) =>
      role === 'unit_leader' &&
      scopeKind === 'unit' &&
      unitId !== null &&
      place.leaderUnitIds.includes(unitId),
  );
  if (leads) return 'leader';
  return holdsBureau(place.higher) ? 'upper_bureau' : null;
}
