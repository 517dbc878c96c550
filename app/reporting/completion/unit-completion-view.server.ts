import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { reachOf } from '#app/accounts/reach.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { listFields, loadTree } from '#app/organization/tree/tree.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { hasPlace } from './asked.ts';
import type { CompletionQuestion, PersonPage, PersonStanding } from './completion.store.server.ts';
import { countByUnit, listRequirements, listStandings } from './completion.store.server.ts';
import type { Definition } from './definitions.ts';
import { definitionsOf } from './definitions.ts';
import type { Place, TrailStep } from './drill.ts';
import { bucketsOf, startingPlace, trailTo, unitsOfPlace } from './drill.ts';
import type { CompletionCounts } from './figures.ts';
import { NOBODY, paceFloorBasisPoints, sumCounts } from './figures.ts';
import { findFirstYear, findProjectionLag } from './officer-year.store.server.ts';
import { listStatedRules } from './region-rules.store.server.ts';
import { rulesOfRegion, targetsOfUnits } from './region-targets.ts';

export interface CompletionRow {
  readonly key: string;
  readonly label: string;
  readonly counts: CompletionCounts;
  /** One level deeper; null where nothing lies below. */
  readonly place: Place | null;
}

export interface PersonRow extends PersonStanding {
  readonly unitName: string;
  readonly fieldName: string | null;
}

export interface UnitCompletion {
  readonly place: Place;
  /** Name of the place, and the way to it from where the viewer begins. */
  readonly title: string;
  readonly trail: readonly TrailStep[];
  readonly day: Day;
  readonly today: Day;
  readonly firstYear: number;
  readonly knownAt: Date;
  readonly total: CompletionCounts;
  /** Rows with somebody due, in the order of the organisation; they add up to `total`. */
  readonly rows: readonly CompletionRow[];
  /** Rows left out because nobody is due there. */
  readonly emptyRows: number;
  readonly paceBasisPoints: number;
  /** Null where the place is no unit, or the viewer may not see names. */
  readonly persons: { readonly total: number; readonly rows: readonly PersonRow[] } | null;
  readonly mayReadPersons: boolean;
  readonly definitions: readonly Definition[];
  /** Seconds since the oldest hours that are not in the figures yet were recorded; null when none wait. */
  readonly lagSeconds: number | null;
  /** Facts that could not be taken in and wait for a person. */
  readonly parkedFacts: number;
}

export interface CompletionInput {
  /** `NO_PLACE`: where the viewer begins. */
  readonly place: Place;
  readonly day: Day;
  /** K; null for everything recorded by now. */
  readonly knownAt?: Date | null;
  readonly persons: PersonPage;
}

interface Scene {
  readonly tree: OrgTree;
  readonly day: Day;
  readonly today: Day;
  readonly knownAt: Date;
  readonly isPresent: boolean;
}

/** The organisation of the day. Grants are those of today: who may look is decided now, at what they look then. */
async function sceneOf(ctx: ActorCtx, input: CompletionInput): Promise<Scene> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const knownAt = input.knownAt ?? now;
  const isPresent = input.day === today && (input.knownAt ?? null) === null;
  const tree = isPresent ? await currentTree(ctx) : await loadTree(ctx.pool, input.day, knownAt);
  return { tree, day: input.day, today, knownAt, isPresent };
}

const reachIn = (ctx: ActorCtx, tree: OrgTree, permission: 'figures.read' | 'figures.read_persons') =>
  reachOf(ctx.actor.grants, permission, tree);

const nameOf = (tree: OrgTree, place: Place, trail: readonly TrailStep[]): string =>
  trail.map((step) => step.label).at(-1) ?? tree.regions.get(place.regionId ?? '')?.name ?? '管辖范围';

/** The officers of a unit place, as far as the viewer may see names. */
async function personsOf(
  ctx: ActorCtx,
  scene: Scene,
  options: {
    place: Place;
    units: ReadonlySet<string>;
    question: CompletionQuestion;
    page: PersonPage;
    fieldNames: ReadonlyMap<string, string>;
  },
): Promise<UnitCompletion['persons']> {
  if (options.place.unitId === null) return null;
  const visible = reachIn(ctx, scene.tree, 'figures.read_persons').unitIds;
  const units = options.question.units.filter((unit) => visible.has(unit.unitId));
  const listed = await listStandings(ctx.pool, { ...options.question, units }, options.page);
  return {
    total: listed.total,
    rows: listed.rows.map((row) => ({
      ...row,
      unitName: scene.tree.units.get(row.unitId)?.name ?? '',
      fieldName: row.fieldCode === null ? null : (options.fieldNames.get(row.fieldCode) ?? row.fieldCode),
    })),
  };
}

/**
 * Unit completion at one place on one day: the only source of the chart, the table, the workbook and the home page.
 * Refusals: FORBIDDEN; NOT_FOUND (no such place on that day, or outside the viewer's scope).
 */
export async function unitCompletion(
  ctx: ActorCtx,
  input: CompletionInput,
): Promise<Outcome<UnitCompletion, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'figures.read')) return refused('FORBIDDEN');
  const scene = await sceneOf(ctx, input);
  const { tree, day, knownAt } = scene;
  const reach = reachIn(ctx, tree, 'figures.read');
  const start = startingPlace(tree, reach);
  const place = hasPlace(input.place) ? input.place : start;
  const units = unitsOfPlace(tree, place, reach.unitIds);
  if (units.size === 0 && !(place.regionId !== null && reach.regionIds.has(place.regionId)))
    return refused('NOT_FOUND');

  const [stated, requirements, fields, lag, firstYear] = await Promise.all([
    listStatedRules(ctx.pool, day, knownAt),
    listRequirements(ctx.pool, day, knownAt),
    listFields(ctx.pool),
    findProjectionLag(ctx.pool),
    findFirstYear(ctx.pool),
  ]);
  const fieldNames = new Map(fields.map((field) => [field.code, field.name]));
  const question: CompletionQuestion = {
    day,
    knownAt,
    source: scene.isPresent ? 'projection' : 'ledger',
    units: targetsOfUnits(tree, stated, units),
    requiredCourseIds: requirements.inForce.map((course) => course.courseId),
  };
  const mayReadPersons = mayDo(ctx, 'figures.read_persons');
  const [counts, persons] = await Promise.all([
    countByUnit(ctx.pool, question),
    mayReadPersons ? personsOf(ctx, scene, { place, units, question, page: input.persons, fieldNames }) : null,
  ]);
  const trail = trailTo(tree, start, place, reach.unitIds);
  const buckets = bucketsOf(tree, place, units).map(({ unitIds, ...bucket }) => ({
    ...bucket,
    counts: sumCounts(unitIds.map((id) => counts.get(id) ?? NOBODY)),
  }));
  const rows = buckets.filter((bucket) => bucket.counts.due > 0);
  const ruleRegion = place.regionId ?? tree.units.get(place.unitId ?? '')?.regionId ?? '';
  return done({
    place,
    title: nameOf(tree, place, trail),
    trail,
    day,
    today: scene.today,
    firstYear: Math.min(firstYear ?? yearOf(scene.today), yearOf(day)),
    knownAt,
    total: sumCounts(counts.values()),
    rows,
    emptyRows: buckets.length - rows.length,
    paceBasisPoints: paceFloorBasisPoints(day),
    persons,
    mayReadPersons,
    definitions: definitionsOf({
      day,
      rules: rulesOfRegion(tree, stated, ruleRegion),
      fieldNames,
      required: requirements.inForce,
      lapsedRequired: requirements.lapsed,
    }),
    lagSeconds:
      lag.oldest === null ? null : Math.max(0, Math.floor((ctx.clock.now().getTime() - lag.oldest.getTime()) / 1000)),
    parkedFacts: lag.parked,
  });
}
