import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { TimelineChange } from '../person/home-timeline.ts';
import { applyChange } from '../person/home-timeline.ts';
import type { LinkKind } from '../person/home-timeline.store.server.ts';
import {
  loadHomeTimelines,
  lockPersons,
  writeTimelineChanges,
} from '../person/home-timeline.store.server.ts';
import { listMembers } from './change-people.store.server.ts';
import { madeBy, subjectsOf } from './change-plan.ts';
import type { ChangePlan } from './change-plan.ts';
import type { ChangeRecord, RecordedEffect } from './change.store.server.ts';
import type { ChangeEffect, ChangeRefusal } from './decide-change.ts';
import { decideChange } from './decide-change.ts';
import {
  loadOrgState,
  lockOrganisation,
  lockUnits,
  takenCodes,
  writeOrgState,
} from './org-state.store.server.ts';
import type { OrgState } from './org-state.ts';
import { unitOn } from './org-state.ts';
import { decideRehoming } from './rehome.ts';
import { coversDay } from './stretch.ts';
import { returnTransfersOf } from './transfer.store.server.ts';

export type ApplyRefusal = ChangeRefusal | 'CODE_TAKEN' | 'PEOPLE_WITHOUT_PLACE';

/** Units and regions the act makes, with their codes. */
export function newPlaces(plan: ChangePlan): {
  units: { id: string; code: string }[];
  region: { id: string; code: string } | null;
} {
  const made = new Set(madeBy(plan));
  const targets =
    plan.kind === 'merge'
      ? [plan.target]
      : plan.kind === 'region_merge'
        ? plan.groups.map((group) => group.target)
        : [];
  const parts = plan.kind === 'split' ? plan.parts : [];
  const units = [...targets.flatMap((target) => (target.kind === 'new' ? [target.unit] : [])), ...parts];
  const region = plan.kind === 'region_merge' && plan.target.kind === 'new' ? plan.target.region : null;
  return { units: units.filter((unit) => made.has(unit.id)), region };
}

async function makePlaces(tx: Tx, plan: ChangePlan, now: Date, refuse: Refuse<'CODE_TAKEN'>): Promise<void> {
  const { units, region } = newPlaces(plan);
  const codes = [...units, ...(region ? [region] : [])].map((one) => one.code);
  const [taken] = await takenCodes(tx, codes);
  if (taken !== undefined || new Set(codes).size < codes.length)
    refuse('CODE_TAKEN', { code: taken ?? codes[0] ?? '' });
  if (region) await tx.region.create({ data: { id: region.id, code: region.code, createdAt: now } });
  await tx.unit.createMany({ data: units.map(({ id, code }) => ({ id, code, createdAt: now })) });
}

interface Movers {
  /** Where somebody in a unit goes: by name first, then with the unit. */
  readonly goesTo: (personId: string, unitId: string) => string | null;
  readonly isClosed: (unitId: string) => boolean;
}

/** @param unitId the unit people are named out of; null for acts that name nobody */
function moversOf(effect: ChangeEffect, unitId: string | null): Movers {
  const named = new Map(effect.assignments.map((one) => [one.personId, one.unitId]));
  const successor = new Map(effect.closedUnits.map(({ from, to }) => [from, to]));
  return {
    goesTo: (personId, from) =>
      (from === unitId ? named.get(personId) : undefined) ?? successor.get(from) ?? null,
    isClosed: (from) => successor.has(from),
  };
}

const namedUnitOf = (plan: ChangePlan): string | null =>
  plan.kind === 'split' || plan.kind === 'abolish' ? plan.unitId : null;

async function rehome(
  tx: Tx,
  change: ChangeRecord,
  asked: { personIds: readonly string[]; kind: LinkKind; movers: Movers; now: Date },
): Promise<readonly string[]> {
  const { personIds, kind, movers, now } = asked;
  const timelines = await loadHomeTimelines(tx, personIds, kind);
  const changes = new Map<string, TimelineChange>();
  for (const [personId, history] of timelines) {
    const decided = decideRehoming(history, {
      day: change.effectiveDay,
      goesTo: (unitId) => movers.goesTo(personId, unitId),
      reason: (unitId) => (movers.isClosed(unitId) ? 'unit_abolished' : 'transferred'),
      source: { sourceKind: 'organisation_change', sourceId: change.id },
    });
    if (decided.insert.length === 0) continue;
    // Checked before it is written: the database cannot express "no two homes on one day" without an extension.
    if (kind === 'home') applyChange(history, decided, () => 'new');
    changes.set(personId, decided);
  }
  await writeTimelineChanges(tx, changes, now, kind);
  return [...changes.keys()];
}

/** Nobody stays in a unit that ends, neither at home nor posted. */
async function moveMembers(
  tx: Tx,
  change: ChangeRecord,
  effect: ChangeEffect,
  now: Date,
  refuse: Refuse<'PEOPLE_WITHOUT_PLACE'>,
): Promise<readonly string[]> {
  const from = namedUnitOf(change.plan);
  const unitIds = [...effect.closedUnits.map((closed) => closed.from), ...(from === null ? [] : [from])];
  const found = await listMembers(tx, unitIds, change.effectiveDay);
  await lockPersons(tx, [...new Set(found.map((member) => member.personId))]);
  // Read again: somebody may have left or come while the locks were waited for.
  const members = await listMembers(tx, unitIds, change.effectiveDay);
  const movers = moversOf(effect, from);
  const left = members.filter(
    (member) => movers.isClosed(member.unitId) && movers.goesTo(member.personId, member.unitId) === null,
  );
  if (left.length > 0) refuse('PEOPLE_WITHOUT_PLACE', { count: left.length, name: left[0]?.name ?? '' });
  const of = (kind: LinkKind) =>
    members.filter((member) => member.kind === kind).map((member) => member.personId);
  const moved = await rehome(tx, change, { personIds: of('home'), kind: 'home', movers, now });
  await rehome(tx, change, { personIds: of('posted'), kind: 'posted', movers, now });
  return moved;
}

/** Units that go on in another region from the day on. */
function unitsElsewhere(before: OrgState, after: OrgState, day: Day): { unitId: string; regionId: string }[] {
  return after.units.flatMap(({ rowId, unitId, regionId, ...span }) => {
    const old = rowId === null && coversDay({ rowId, ...span }, day) ? unitOn(before, unitId, day) : null;
    return old === null || old.regionId === regionId ? [] : [{ unitId, regionId }];
  });
}

/** Facts for the slices above: what ended in favour of what, and who was moved one by one. */
async function tell(
  tx: Tx,
  ctx: Pick<Ctx, 'clock'>,
  change: ChangeRecord,
  told: { before: OrgState; effect: ChangeEffect; moved: readonly string[] },
): Promise<void> {
  const { before, effect, moved } = told;
  const occurredAt = ctx.clock.now();
  const { id, kind, effectiveDay, documentNo, plan } = change;
  const from = namedUnitOf(plan);
  const movedSet = new Set(moved);
  await appendOutbox(tx, [
    {
      topic: 'organization.units_changed',
      key: id,
      payload: {
        changeId: id,
        kind,
        unitIds: effect.closedUnits.map((closed) => closed.from),
        day: effectiveDay,
        documentNo,
        successors: effect.closedUnits.map(({ from: closed, to }) => ({ from: closed, to })),
        regionSuccessors: effect.closedRegions.map(({ from: closed, to }) => ({ from: closed, to })),
        regionsOfUnits: unitsElsewhere(before, effect.state, effectiveDay),
        decidedBy: change.confirmedBy,
      },
      occurredAt,
    },
    ...effect.assignments
      .filter((one) => movedSet.has(one.personId) && from !== null)
      .map((one) => ({
        topic: 'organization.person_moved',
        key: `${id}:${one.personId}`,
        payload: { personId: one.personId, fromUnitId: from, toUnitId: one.unitId, fromDay: effectiveDay },
        occurredAt,
      })),
  ]);
}

/**
 * Does an act in the transaction of the caller, who has authorised it and moves its record on: units, regions, entities
 * and modes are superseded and inserted from the act's day on, people go where their unit goes, facts for the slices
 * above are appended. Refusals: those of `decideChange`; CODE_TAKEN; PEOPLE_WITHOUT_PLACE (detail: count, name).
 * Call `forgetTree` after the commit.
 */
export async function applyOrganisationChange(
  tx: Tx,
  ctx: Ctx,
  change: ChangeRecord,
  refuse: Refuse<ApplyRefusal>,
): Promise<RecordedEffect> {
  const { effectiveDay: day, documentNo, plan } = change;
  await lockOrganisation(tx);
  await lockUnits(tx, [...subjectsOf(plan).changed]);
  const before = await loadOrgState(tx, day);
  const decided = decideChange(before, plan, { day, documentNo });
  if (!decided.ok) return refuse(decided.code, decided.detail);
  const effect = decided.value;
  const now = ctx.clock.now();
  await makePlaces(tx, plan, now, refuse);
  await writeOrgState(tx, before, effect.state, now);
  const moved = await moveMembers(tx, change, effect, now, refuse);
  const closed = effect.closedUnits.map((one) => one.from);
  await returnTransfersOf(tx, closed, { note: `单位已变更：${change.title}`, at: now });
  await tell(tx, ctx, change, { before, effect, moved });
  await appendAudit(tx, ctx, {
    action: 'organization.change_apply',
    subjectKind: 'organisation_change',
    subjectId: change.id,
    regionId: change.regionId,
    detail: { kind: change.kind, day, documentNo, people: moved.length },
  });
  const { closedUnits, closedRegions } = effect;
  return { closedUnits: [...closedUnits], closedRegions: [...closedRegions], peopleMoved: moved.length };
}
