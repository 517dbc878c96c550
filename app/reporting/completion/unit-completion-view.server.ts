import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { reachOf } from '#app/accounts/reach.ts';
import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import { listFields, loadTree } from '#app/organization/tree/tree.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { PoolClient } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { listUnitSeals } from '#app/training/year/unit-seals.store.server.ts';
import { hasPlace } from './asked.ts';
import type { CompletionQuestion, PersonPage, PersonStanding } from './completion.store.server.ts';
import { listStandings } from './completion.store.server.ts';
import { countUnits, inSnapshot } from './count-units.server.ts';
import type { Definition } from './definitions.ts';
import { definitionsOf } from './definitions.ts';
import type { Place, TrailStep } from './drill.ts';
import { bucketsOf, startingPlace, trailTo, unitsOfPlace } from './drill.ts';
import type { CompletionCounts, ReferenceLine } from './figures.ts';
import { NOBODY, paceSecondsFloor, referenceLine, sumCounts } from './figures.ts';
import { findFirstYear, findProjectionLag } from './officer-year.store.server.ts';
import { listStatedRules } from './region-rules.store.server.ts';
import { rulesOfRegion, targetsOfUnits } from './region-targets.ts';
import { listRequirements } from './required-course.store.server.ts';
import type { ReportSeals } from './seals.ts';
import { reportSeals } from './seals.ts';

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
  /** What the rows are. */
  readonly rowNoun: '地区' | '单位';
  readonly line: ReferenceLine;
  /** 序时应达: what an officer of the place's region would have by now at an even pace, in credit seconds. */
  readonly paceSeconds: number;
  /** Null where the place is no unit, or the viewer may not see names. */
  readonly persons: { readonly total: number; readonly rows: readonly PersonRow[] } | null;
  /** The viewer may look into how a single person's figures came about. */
  readonly mayExplain: boolean;
  readonly definitions: readonly Definition[];
  /** Under which numbers the units' year was closed; null while it runs. */
  readonly seals: ReportSeals | null;
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

/** What the figures of a scene rest on besides people and hours. */
async function loadFacts(ctx: ActorCtx, { day, knownAt }: Scene) {
  const [stated, requirements, fields, lag, firstYear] = await Promise.all([
    listStatedRules(ctx.pool, day, knownAt),
    listRequirements(ctx.pool, day, knownAt),
    listFields(ctx.pool),
    findProjectionLag(ctx.pool),
    findFirstYear(ctx.pool),
  ]);
  return {
    stated,
    requirements,
    fieldNames: new Map(fields.map((field) => [field.code, field.name])),
    lag,
    firstYear,
  };
}
type Facts = Awaited<ReturnType<typeof loadFacts>>;

function questionOf(scene: Scene, facts: Facts, units: ReadonlySet<string>): CompletionQuestion {
  return {
    day: scene.day,
    knownAt: scene.knownAt,
    source: scene.isPresent ? 'projection' : 'ledger',
    units: targetsOfUnits(scene.tree, facts.stated, units, facts.requirements.inForce),
  };
}

/** The officers of a unit place, as far as the viewer may see names; null elsewhere. */
async function personsOf(
  ctx: ActorCtx,
  client: PoolClient,
  scene: Scene,
  asked: {
    place: Place;
    question: CompletionQuestion;
    page: PersonPage;
    fieldNames: ReadonlyMap<string, string>;
  },
): Promise<UnitCompletion['persons']> {
  if (asked.place.unitId === null || !mayDo(ctx, 'figures.read_persons')) return null;
  const visible = reachIn(ctx, scene.tree, 'figures.read_persons').unitIds;
  const units = asked.question.units.filter((unit) => visible.has(unit.unitId));
  const listed = await listStandings(client, { ...asked.question, units }, asked.page);
  return {
    total: listed.total,
    rows: listed.rows.map((row) => ({
      ...row,
      unitName: scene.tree.units.get(row.unitId)?.name ?? '',
      fieldName: row.fieldCode === null ? null : (asked.fieldNames.get(row.fieldCode) ?? row.fieldCode),
    })),
  };
}

function rowsOf(
  tree: OrgTree,
  place: Place,
  units: ReadonlySet<string>,
  counts: ReadonlyMap<string, CompletionCounts>,
): Pick<UnitCompletion, 'rows' | 'emptyRows' | 'rowNoun'> {
  const all = bucketsOf(tree, place, units).map(({ unitIds, ...bucket }) => ({
    ...bucket,
    counts: sumCounts(unitIds.map((id) => counts.get(id) ?? NOBODY)),
  }));
  const rows = all.filter((row) => row.counts.due > 0);
  const isByRegion = rows.some((row) => row.place !== null && row.place.unitId === null);
  return { rows, emptyRows: all.length - rows.length, rowNoun: isByRegion ? '地区' : '单位' };
}

const lagSecondsOf = (now: Date, oldest: Date | null): number | null =>
  oldest === null ? null : Math.max(0, Math.floor((now.getTime() - oldest.getTime()) / 1000));

/** Values of the region a place lies in; units below it may state their own. */
function rulesAt(scene: Scene, facts: Facts, place: Place): RegionRules {
  const region = place.regionId ?? scene.tree.units.get(place.unitId ?? '')?.regionId ?? '';
  return rulesOfRegion(scene.tree, facts.stated, region);
}

async function sealsIn(
  ctx: ActorCtx,
  scene: Scene,
  counts: ReadonlyMap<string, CompletionCounts>,
): Promise<ReportSeals | null> {
  const due = [...counts].flatMap(([unitId, count]) => (count.due > 0 ? [unitId] : []));
  const sealed = await listUnitSeals(ctx.pool, due, yearOf(scene.day), scene.knownAt);
  const named = sealed.map(({ unitId, ...seal }) => ({
    ...seal,
    unitName: scene.tree.units.get(unitId)?.name ?? '',
  }));
  return reportSeals(scene, due.length, named);
}

function definitionsIn(scene: Scene, facts: Facts, rules: RegionRules): Definition[] {
  return definitionsOf({
    day: scene.day,
    rules,
    fieldNames: facts.fieldNames,
    required: facts.requirements.inForce,
    lapsedRequired: facts.requirements.lapsed,
  });
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
  const { tree, day, today, knownAt } = scene;
  const reach = reachIn(ctx, tree, 'figures.read');
  const start = startingPlace(tree, reach);
  const place = hasPlace(input.place) ? input.place : start;
  const units = unitsOfPlace(tree, place, reach.unitIds);
  const isOwnRegion = place.regionId !== null && reach.regionIds.has(place.regionId);
  if (units.size === 0 && !isOwnRegion) return refused('NOT_FOUND');

  const facts = await loadFacts(ctx, scene);
  const question = questionOf(scene, facts, units);
  const asked = { place, question, page: input.persons, fieldNames: facts.fieldNames };
  const { counts, persons } = await inSnapshot(ctx.pool, async (client) => ({
    counts: await countUnits(client, question),
    persons: await personsOf(ctx, client, scene, asked),
  }));
  const trail = trailTo(tree, start, place, reach.unitIds);
  const total = sumCounts(counts.values());
  const rules = rulesAt(scene, facts, place);
  return done({
    place,
    title: trail.at(-1)?.label ?? '管辖范围',
    trail,
    day,
    today,
    firstYear: Math.min(facts.firstYear ?? yearOf(today), yearOf(day)),
    knownAt,
    total,
    ...rowsOf(tree, place, units, counts),
    line: referenceLine(total, day),
    paceSeconds: paceSecondsFloor(rules.yearlyCreditSeconds.value, day),
    persons,
    mayExplain: mayDo(ctx, 'hours.read_of_person'),
    definitions: definitionsIn(scene, facts, rules),
    seals: await sealsIn(ctx, scene, counts),
    lagSeconds: lagSecondsOf(ctx.clock.now(), facts.lag.oldest),
    parkedFacts: facts.lag.parked,
  });
}
