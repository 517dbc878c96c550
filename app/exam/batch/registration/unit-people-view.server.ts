import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf } from '#app/office/document/documents-view.server.ts';
import { findTarget } from '#app/office/campaign/campaign.store.server.ts';
import type { TargetState } from '#app/office/campaign/campaign.ts';
import { listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import type { PersonRow } from '#app/organization/person/person.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { Phase } from '../batch.ts';
import { phaseOf } from '../batch.ts';
import type { Batch } from '../batch.store.server.ts';
import { UNIT_IN_BATCH_SUBJECT } from '../papers/draw-registration-paper.server.ts';
import { listThrough } from './exam-standing.store.server.ts';
import { declaredSanction, judgeCandidates } from './judge-candidates.server.ts';
import type { Registration } from './registration.store.server.ts';
import { listOfPersons } from './registration.store.server.ts';
import type { PeopleFilter, UnitPerson } from './unit-people.ts';
import { choosePeople, mayBeChosen } from './unit-people.ts';
import { takeUnitBatch } from './unit-scope.server.ts';

/** Most people judged for one page; who answers for more chooses a unit first. */
const MOST_PEOPLE = 3_000;

/** One unit's part of the campaign 考试报名, where the batch has one. */
export interface UnitPart {
  readonly unitId: string;
  readonly unitName: string;
  readonly state: TargetState;
  readonly version: number;
  readonly dueDay: Day;
  readonly registered: number;
}

export interface UnitPeoplePage {
  readonly batch: Batch;
  readonly phase: Phase;
  readonly regionName: string;
  readonly rows: readonly (UnitPerson & { readonly mayBeChosen: boolean })[];
  readonly total: number;
  readonly page: number;
  readonly units: readonly { readonly id: string; readonly name: string }[];
  readonly unitId: string | null;
  readonly mayRegister: boolean;
  readonly parts: readonly UnitPart[];
  readonly documents: readonly DocumentLine[];
  /** More people than one page judges: a unit must be chosen. */
  readonly isTooMany: boolean;
}

/** Pages of people in the order of names. @param personIds these alone */
async function listPeople(
  ctx: ActorCtx,
  unitIds: readonly string[],
  personIds?: readonly string[],
): Promise<{ rows: readonly PersonRow[]; isTooMany: boolean }> {
  const sort = { field: 'name', direction: 'asc' } as const;
  const asked = { page: 1, size: MOST_PEOPLE, sort, text: '', personIds };
  const { rows, total } = await listPeopleOfUnits(ctx.pool, unitIds, dayOf(ctx.clock.now()), asked);
  return total > MOST_PEOPLE ? { rows: [], isTooMany: true } : { rows, isTooMany: false };
}

/** Of another unit's registration no more than how it stands. */
function shownTo(
  unitIds: ReadonlySet<string>,
  { id, unitId, status, asked, answerNote }: Registration,
): NonNullable<UnitPerson['registration']> {
  return unitIds.has(unitId)
    ? { id, unitId, isOurs: true, status, asked, answerNote }
    : { id, unitId, isOurs: false, status, asked: null, answerNote: null };
}

/**
 * What the rules say of these people, and how each is registered: by whichever unit, as registering sees
 * them.
 */
async function judgePeople(
  ctx: ActorCtx,
  { batch, unitIds }: { readonly batch: Batch; readonly unitIds: ReadonlySet<string> },
  rows: readonly PersonRow[],
): Promise<UnitPerson[]> {
  const now = ctx.clock.now();
  const personIds = rows.map((row) => row.id);
  const known = await listOfPersons(ctx.pool, batch.id, personIds);
  const ids = known.map((one) => one.id);
  const through = await listThrough(ctx.pool, batch.id, now, ids);
  const registrations = new Map(known.map((one) => [one.personId, one]));
  const candidates = rows.map(({ id, unitId }) => {
    const one = registrations.get(id);
    return { personId: id, unitId, sanction: one === undefined ? null : declaredSanction(one) };
  });
  const judged = await judgeCandidates(ctx, batch, candidates, dayOf(now));
  return rows.flatMap((row): UnitPerson[] => {
    const judgement = judged.get(row.id);
    if (judgement === undefined) return [];
    const { name, idNumberMasked, unitId, unitName, position } = row;
    const one = registrations.get(row.id);
    const registration = one === undefined ? null : shownTo(unitIds, one);
    const isThrough = one !== undefined && through.has(one.id);
    return [
      {
        ...{ personId: row.id, name, idNumberMasked, unitId, unitName, position },
        ...{ judgement, registration, isThrough },
      },
    ];
  });
}

/** The own units' parts of the campaign, with how many are on each list. */
async function listParts(
  ctx: ActorCtx,
  batch: Batch,
  tree: OrgTree,
  people: readonly UnitPerson[],
): Promise<UnitPart[]> {
  if (batch.campaignId === null) return [];
  const parts: UnitPart[] = [];
  for (const unitId of new Set(people.map((one) => one.unitId))) {
    const target = await findTarget(ctx.pool, batch.campaignId, unitId);
    if (target === null) continue;
    const isListed = (one: UnitPerson): boolean =>
      one.registration?.unitId === unitId && one.registration.status !== 'withdrawn';
    const { state, version, dueDay } = target;
    const unitName = tree.units.get(unitId)?.name ?? target.unitName;
    parts.push({ unitId, unitName, state, version, dueDay, registered: people.filter(isListed).length });
  }
  return parts;
}

/**
 * A batch for a unit: the own people with what the rules say of each and how each is registered. Refusals: FORBIDDEN,
 * NOT_FOUND (not for the actor's units).
 */
export async function viewUnitPeople(
  ctx: ActorCtx,
  asked: {
    readonly batchId: string;
    readonly unitId: string | null;
    readonly filter: PeopleFilter;
    readonly page: number;
    readonly size: number;
  },
): Promise<Outcome<UnitPeoplePage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const mayRegister = mayDo(ctx, 'exam.register');
  const permission = mayRegister ? 'exam.register' : 'exam.read_registration';
  const taken = await takeUnitBatch(ctx, permission, asked.batchId);
  if (!taken.ok) return taken;
  const { batch, unitIds, tree } = taken.value;
  const chosen = asked.unitId !== null && unitIds.has(asked.unitId) ? asked.unitId : null;
  const scope = chosen === null ? [...unitIds] : [chosen];
  const { rows: found, isTooMany } = await listPeople(ctx, scope);
  const people = await judgePeople(ctx, { batch, unitIds }, found);
  const matching = choosePeople(people, asked.filter);
  const { page, offset } = pageBounds(matching.length, asked.page, asked.size);
  const phase = phaseOf(batch, ctx.clock.now());
  return done({
    batch,
    phase,
    regionName: tree.regions.get(batch.regionId)?.name ?? '',
    rows: matching
      .slice(offset, offset + asked.size)
      .map((one) => ({ ...one, mayBeChosen: mayRegister && mayBeChosen(one, phase) })),
    total: matching.length,
    page,
    units: [...unitIds].flatMap((id) => {
      const unit = tree.units.get(id);
      return unit === undefined ? [] : [{ id, name: unit.name }];
    }),
    unitId: chosen,
    mayRegister,
    parts: await listParts(ctx, batch, tree, people),
    documents: await documentsOf(ctx, { kind: UNIT_IN_BATCH_SUBJECT, ids: [batch.id] }),
    isTooMany,
  });
}

export interface ChosenPerson {
  readonly personId: string;
  readonly name: string;
  readonly unitName: string;
  readonly judgement: UnitPerson['judgement'];
}

/** The chosen people once more before they are registered, with what is asked of the unit. Others are left out. */
export async function previewChosen(
  ctx: ActorCtx,
  asked: { readonly batchId: string; readonly personIds: readonly string[] },
): Promise<Outcome<readonly ChosenPerson[], 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeUnitBatch(ctx, 'exam.register', asked.batchId);
  if (!taken.ok) return taken;
  const { batch, unitIds } = taken.value;
  const { rows } = await listPeople(ctx, [...unitIds], asked.personIds);
  const people = await judgePeople(ctx, { batch, unitIds }, rows);
  const phase = phaseOf(batch, ctx.clock.now());
  return done(people.filter((one) => mayBeChosen(one, phase)));
}
