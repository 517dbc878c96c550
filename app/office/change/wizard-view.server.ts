import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { ChangeKind } from '#app/organization/change/change-kind.ts';
import { listMembers } from '#app/organization/change/change-people.store.server.ts';
import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { KIND_WORDS } from './plan-words.ts';

/** A unit or region to choose, with where it lies. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly place: string;
}

export interface ChoosePage {
  readonly picked: readonly Choice[];
  readonly found: readonly Choice[];
  /** How many match beyond those shown. */
  readonly more: number;
}

export interface FillPage {
  readonly picked: readonly Choice[];
  /** Units that may take over or stand above, among those the actor reaches. */
  readonly units: readonly Choice[];
  readonly regions: readonly Choice[];
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** Units of merging townships, each to be given a place. */
  readonly merging: readonly Choice[];
  readonly current: { readonly parentId: string | null; readonly regionId: string | null };
}

const SHOWN = 30;

const isRegionKind = (kind: ChangeKind): boolean =>
  KIND_WORDS[kind].picks.endsWith('region') || KIND_WORDS[kind].picks === 'regions';

function unitChoice(tree: OrgTree, unit: UnitNode): Choice {
  const parent = unit.parentId === null ? undefined : tree.units.get(unit.parentId)?.name;
  const region = tree.regions.get(unit.regionId)?.name ?? '';
  return { id: unit.id, name: unit.name, place: parent === undefined ? region : `${region} · ${parent}` };
}

function regionChoice(tree: OrgTree, id: string): Choice[] {
  const region = tree.regions.get(id);
  if (!region) return [];
  const parent = region.parentId === null ? '' : (tree.regions.get(region.parentId)?.name ?? '');
  return [{ id, name: region.name, place: parent }];
}

interface Scene {
  readonly tree: OrgTree;
  readonly units: readonly Choice[];
  readonly regions: readonly Choice[];
}

const byName = (a: Choice, b: Choice): number =>
  a.place.localeCompare(b.place, 'zh') || a.name.localeCompare(b.name, 'zh');

async function sceneOf(ctx: ActorCtx): Promise<Scene> {
  const { tree, unitIds, regionIds } = await reachFor(ctx, 'organization.change');
  const units = [...unitIds].flatMap((id) => {
    const unit = tree.units.get(id);
    return unit ? [unitChoice(tree, unit)] : [];
  });
  const regions = [...regionIds].flatMap((id) => regionChoice(tree, id));
  return { tree, units: units.sort(byName), regions: regions.sort(byName) };
}

function matches(tree: OrgTree, choice: Choice, text: string): boolean {
  const pinyin = tree.units.get(choice.id)?.namePinyin ?? '';
  return choice.name.includes(text) || choice.place.includes(text) || pinyin.startsWith(text.toLowerCase());
}

/** Which of a kind's units a search offers; a township's mode only exists for townships. */
function offered(scene: Scene, kind: ChangeKind): readonly Choice[] {
  if (isRegionKind(kind)) {
    if (kind === 'region_merge')
      return scene.regions.filter((region) => scene.tree.regions.get(region.id)?.level === 'township');
    if (kind === 'region_rename') return scene.regions;
    // The top region of the reach is not moved by who stands in it.
    return scene.regions.filter((region) => {
      const parentId = scene.tree.regions.get(region.id)?.parentId ?? null;
      return scene.regions.some((other) => other.id === parentId);
    });
  }
  if (kind !== 'mode') return scene.units;
  return scene.units.filter((unit) =>
    ['township', 'township_team'].includes(scene.tree.units.get(unit.id)?.unitType ?? ''),
  );
}

/** First page: search and choose. Refusal: FORBIDDEN. Picks out of reach are left out. */
export async function viewChoose(
  ctx: ActorCtx,
  asked: { readonly kind: ChangeKind; readonly text: string; readonly picks: readonly string[] },
): Promise<Outcome<ChoosePage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'organization.change')) return refused('FORBIDDEN');
  const scene = await sceneOf(ctx);
  const all = offered(scene, asked.kind);
  const picked = all.filter((choice) => asked.picks.includes(choice.id));
  const found = all.filter(
    (choice) => !asked.picks.includes(choice.id) && matches(scene.tree, choice, asked.text),
  );
  return done({ picked, found: found.slice(0, SHOWN), more: Math.max(0, found.length - SHOWN) });
}

const NEEDS_PEOPLE: readonly ChangeKind[] = ['split', 'abolish'];

/** Second page: everything the form of the kind needs. Refusals: FORBIDDEN; NOT_FOUND (a pick out of reach). */
export async function viewFill(
  ctx: ActorCtx,
  asked: { readonly kind: ChangeKind; readonly picks: readonly string[] },
): Promise<Outcome<FillPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'organization.change')) return refused('FORBIDDEN');
  const scene = await sceneOf(ctx);
  const { kind, picks } = asked;
  const all = offered(scene, kind);
  const picked = picks.flatMap((id) => all.find((choice) => choice.id === id) ?? []);
  if (picked.length === 0 || picked.length < picks.length) return refused('NOT_FOUND');
  const [first = ''] = picks;
  const unit = scene.tree.units.get(first);
  const members = NEEDS_PEOPLE.includes(kind)
    ? await listMembers(ctx.pool, [first], dayOf(ctx.clock.now()))
    : [];
  return done({
    picked,
    units: scene.units.filter((choice) => !picks.includes(choice.id)),
    regions: scene.regions.filter((choice) => !picks.includes(choice.id)),
    people: members.filter((one) => one.kind === 'home').map((one) => ({ id: one.personId, name: one.name })),
    merging:
      kind === 'region_merge'
        ? scene.units.filter((choice) => picks.includes(scene.tree.units.get(choice.id)?.regionId ?? ''))
        : [],
    current: {
      parentId: unit?.parentId ?? null,
      regionId: unit?.regionId ?? scene.tree.regions.get(first)?.parentId ?? null,
    },
  });
}
