import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { reachOf } from '#app/accounts/reach.ts';
import type { TownshipModeName } from '#app/organization/change/change-kind.ts';
import { TOWNSHIP_MODES } from '#app/organization/change/change-kind.ts';
import type { EntityRecord } from '#app/organization/entity/entity.ts';
import { listEntitiesOfUnits } from '#app/organization/entity/entity.store.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { listFields, loadTree } from '#app/organization/tree/tree.store.server.ts';
import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';
import { regionAncestors, unitAncestors, unitsInRegion } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';

export interface TreeUnit {
  readonly id: string;
  readonly name: string;
  readonly unitType: UnitNode['unitType'];
  readonly people: number;
  readonly below: readonly TreeUnit[];
}

export interface TreeRegion {
  readonly id: string;
  readonly name: string;
  readonly units: number;
}

export interface UnitMoment {
  readonly key: string;
  readonly fromDay: Day;
  readonly toDay: Day | null;
  readonly name: string;
  readonly parentName: string | null;
  readonly regionName: string | null;
  readonly documentNo: string | null;
}

export interface UnitPanel {
  readonly id: string;
  readonly name: string;
  readonly unitType: UnitNode['unitType'];
  readonly code: string;
  readonly path: readonly string[];
  readonly fields: readonly string[];
  readonly people: number;
  readonly mode: TownshipModeName | null;
  readonly entities: readonly EntityRecord[];
  readonly moments: readonly UnitMoment[];
  readonly changes: readonly {
    readonly id: string;
    readonly title: string;
    readonly day: Day;
    readonly state: string;
    readonly documentNo: string;
  }[];
}

export interface OrganisationPage {
  readonly day: Day;
  readonly today: Day;
  readonly trail: readonly { readonly id: string; readonly name: string }[];
  readonly regions: readonly TreeRegion[];
  readonly units: readonly TreeUnit[];
  /** Matches of a search; null when nothing is searched for. */
  readonly found: readonly { readonly id: string; readonly name: string; readonly place: string }[] | null;
  readonly unit: UnitPanel | null;
  readonly mayChange: boolean;
}

export interface OrganisationQuestion {
  readonly day: Day | null;
  readonly regionId: string | null;
  readonly unitId: string | null;
  readonly text: string;
}

const FOUND_MOST = 50;

const countRow = z.object({ unitId: z.string(), people: z.number() });

async function peopleOf(ctx: ActorCtx, unitIds: readonly string[], day: Day): Promise<Map<string, number>> {
  const { rows } = await ctx.pool.query<Record<string, unknown>>({
    name: 'office-organisation-people',
    text: `select unit_id as "unitId", count(*)::int as people from person_unit_link
           where unit_id = any($1::uuid[]) and kind = 'home' and superseded_at is null and valid_from <= $2::date
             and (valid_to is null or valid_to > $2::date) group by unit_id`,
    values: [[...unitIds], day],
  });
  return new Map(
    z
      .array(countRow)
      .parse(rows)
      .map((row) => [row.unitId, row.people]),
  );
}

/** Units of a set as a tree: one without its parent in the set stands at the top. */
function nested(tree: OrgTree, ids: ReadonlySet<string>, people: ReadonlyMap<string, number>): TreeUnit[] {
  const build = (id: string, above: ReadonlySet<string>): TreeUnit[] => {
    const unit = tree.units.get(id);
    if (!unit || above.has(id)) return [];
    const path = new Set([...above, id]);
    const below = (tree.unitChildren.get(id) ?? [])
      .filter((child) => ids.has(child))
      .flatMap((child) => build(child, path));
    return [{ id, name: unit.name, unitType: unit.unitType, people: people.get(id) ?? 0, below }];
  };
  const tops = [...ids].filter((id) => !ids.has(tree.units.get(id)?.parentId ?? ''));
  return tops.flatMap((id) => build(id, new Set()));
}

const momentRow = z.object({
  key: z.string(),
  fromDay: z.string(),
  toDay: z.string().nullable(),
  name: z.string(),
  parentName: z.string().nullable(),
  regionName: z.string().nullable(),
  documentNo: z.string().nullable(),
});
const changeRow = z.object({
  id: z.string(),
  title: z.string(),
  day: z.string(),
  state: z.string(),
  documentNo: z.string(),
});
const modeRow = z.object({ mode: z.enum(TOWNSHIP_MODES) });

const ON_DAY = `superseded_at is null and valid_from <= $2::date and (valid_to is null or valid_to > $2::date)`;

/**
 * Plans that make the unit: as the target of a merger, as a part of a split, in a group of a region's merger. A subject is
 * what stood before the act, so what the act made is found in its plan. A unit also goes along
 * with its township.
 */
const madeByPlan = (unitId: string): string =>
  `$.target.unit.id == "${unitId}" || $.parts[*].id == "${unitId}" || $.groups[*].target.unit.id == "${unitId}"`;

async function panelOf(ctx: ActorCtx, tree: OrgTree, unit: UnitNode, day: Day): Promise<UnitPanel> {
  const read = async (text: string, values: readonly unknown[]): Promise<unknown[]> =>
    (await ctx.pool.query<Record<string, unknown>>(text, [...values])).rows;
  const moments = await read(
    `select v.id as key, v.valid_from as "fromDay", v.valid_to as "toDay", v.name, v.document_no as "documentNo",
       (select p.name from unit_version p where p.unit_id = v.parent_id and p.superseded_at is null
          and p.valid_from <= v.valid_from order by p.valid_from desc limit 1) as "parentName",
       (select r.name from region_version r where r.region_id = v.region_id and r.superseded_at is null
          and r.valid_from <= v.valid_from order by r.valid_from desc limit 1) as "regionName"
     from unit_version v where v.unit_id = $1 and v.superseded_at is null order by v.valid_from`,
    [unit.id],
  );
  const changes = await read(
    `select c.id, c.title, c.effective_day as day, c.state, c.document_no as "documentNo"
     from organisation_change c
     where c.state in ('filed', 'planned', 'blocked', 'applied')
       and (exists (select 1 from organisation_change_subject s where s.change_id = c.id and s.subject_id = $1)
         or c.plan @@ $2::jsonpath
         or (c.kind = 'region_merge' and exists (
           select 1 from organisation_change_subject s join unit_version v on v.region_id = s.subject_id
           where s.change_id = c.id and s.part = 'changed' and v.unit_id = $1 and v.superseded_at is null
             and v.valid_from < c.effective_day)))
     order by c.effective_day desc, c.filed_at desc`,
    [unit.id, madeByPlan(unit.id)],
  );
  const modes = await read(`select mode from township_mode where unit_id = $1 and ${ON_DAY}`, [unit.id, day]);
  const fieldNames = new Map((await listFields(ctx.pool)).map((field) => [field.code, field.name]));
  return {
    id: unit.id,
    name: unit.name,
    unitType: unit.unitType,
    code: unit.code,
    path: [
      ...regionAncestors(tree, unit.regionId)
        .map((region) => region.name)
        .reverse(),
      ...unitAncestors(tree, unit.id)
        .slice(1)
        .map((one) => one.name)
        .reverse(),
    ],
    fields: unit.fieldCodes.map((code) => fieldNames.get(code) ?? code),
    people: (await peopleOf(ctx, [unit.id], day)).get(unit.id) ?? 0,
    mode: z.array(modeRow).parse(modes)[0]?.mode ?? null,
    entities: await listEntitiesOfUnits(ctx.pool, [unit.id], day),
    moments: z.array(momentRow).parse(moments),
    changes: z.array(changeRow).parse(changes),
  };
}

/**
 * The organisation on a day, as known now, inside the viewer's reach: a region with its sub-regions and units, a search,
 * one unit with its history. Refusals: FORBIDDEN; NOT_FOUND (a region or unit out of reach, or not there on the day).
 */
export async function viewOrganisation(
  ctx: ActorCtx,
  asked: OrganisationQuestion,
): Promise<Outcome<OrganisationPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'organization.read')) return refused('FORBIDDEN');
  const now = ctx.clock.now();
  const today = dayOf(now);
  const day = asked.day ?? today;
  const tree = day === today ? await currentTree(ctx) : await loadTree(ctx.pool, day, now);
  const reach = reachOf(ctx.actor.grants, 'organization.read', tree);
  const unit = asked.unitId === null ? undefined : tree.units.get(asked.unitId);
  if (asked.unitId !== null && (!unit || !reach.unitIds.has(unit.id))) return refused('NOT_FOUND');
  if (asked.regionId !== null && !reach.regionIds.has(asked.regionId)) return refused('NOT_FOUND');
  const place = placeOf(tree, reach, asked.regionId ?? unit?.regionId ?? null);
  const people = await peopleOf(ctx, [...place.units], day);
  return done({
    day,
    today,
    trail: place.trail,
    regions: place.regions,
    units: nested(tree, place.units, people),
    found: asked.text === '' ? null : searchIn(tree, reach.unitIds, asked.text),
    unit: unit ? await panelOf(ctx, tree, unit, day) : null,
    mayChange: mayDo(ctx, 'organization.change'),
  });
}

interface Place {
  readonly trail: OrganisationPage['trail'];
  readonly regions: readonly TreeRegion[];
  readonly units: ReadonlySet<string>;
}

/** A region of the reach, its own units and the regions below; without a region in reach all units of it. */
function placeOf(
  tree: OrgTree,
  reach: { unitIds: ReadonlySet<string>; regionIds: ReadonlySet<string> },
  regionId: string | null,
): Place {
  const inReach = (id: string | null): boolean => id !== null && reach.regionIds.has(id);
  const top = [...reach.regionIds].find((id) => !inReach(tree.regions.get(id)?.parentId ?? null)) ?? null;
  const here = inReach(regionId) ? regionId : top;
  if (here === null) return { trail: [], regions: [], units: reach.unitIds };
  const trail = regionAncestors(tree, here)
    .filter((region) => reach.regionIds.has(region.id))
    .map(({ id, name }) => ({ id, name }))
    .reverse();
  const regions = (tree.regionChildren.get(here) ?? []).flatMap((id) => {
    const region = tree.regions.get(id);
    return region ? [{ id, name: region.name, units: unitsInRegion(tree, id).size }] : [];
  });
  return { trail, regions, units: new Set(tree.unitsOfRegion.get(here) ?? []) };
}

function searchIn(
  tree: OrgTree,
  unitIds: ReadonlySet<string>,
  text: string,
): NonNullable<OrganisationPage['found']> {
  const wanted = text.toLowerCase();
  return [...unitIds]
    .flatMap((id) => tree.units.get(id) ?? [])
    .filter(
      (unit) =>
        unit.name.includes(text) || unit.namePinyin.startsWith(wanted) || unit.code.toLowerCase() === wanted,
    )
    .sort((a, b) => a.name.length - b.name.length || (a.name < b.name ? -1 : 1))
    .slice(0, FOUND_MOST)
    .map((unit) => ({ id: unit.id, name: unit.name, place: tree.regions.get(unit.regionId)?.name ?? '' }));
}
