import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { ApplyRefusal } from '#app/organization/change/apply-change.server.ts';
import { newPlaces } from '#app/organization/change/apply-change.server.ts';
import { listMembers } from '#app/organization/change/change-people.store.server.ts';
import type { ChangePlan } from '#app/organization/change/change-plan.ts';
import { subjectsOf } from '#app/organization/change/change-plan.ts';
import {
  appendChangeEvent,
  findConflict,
  insertChange,
} from '#app/organization/change/change.store.server.ts';
import type { ChangeEffect } from '#app/organization/change/decide-change.ts';
import { decideChange } from '#app/organization/change/decide-change.ts';
import { regionOn, unitOn } from '#app/organization/change/org-state.ts';
import type { OrgState } from '#app/organization/change/org-state.ts';
import {
  loadOrgState,
  lockOrganisation,
  takenCodes,
} from '#app/organization/change/org-state.store.server.ts';
import type { Reader } from '#app/organization/person/rows.store.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths, dayOf, formatDay } from '#app/platform/time/day.ts';
import { keepScanIn, scanFingerprint } from '../approval/keep-scan.server.ts';
import type { LoadedSecondPersons } from '../approval/load-second-persons.server.ts';
import { loadSecondPersons } from '../approval/load-second-persons.server.ts';
import { openWays } from '../approval/second-person.ts';
import type { UploadedScan } from '../approval/uploaded-scan.server.ts';
import { openTasks } from '../task/open-tasks.server.ts';
import { regionOfPlan } from './change-scope.server.ts';
import { confirmTasks } from './change-tasks.ts';
import { changeTitle } from './change-title.ts';

export interface FileChangeInput {
  readonly plan: ChangePlan;
  readonly effectiveDay: Day;
  readonly documentNo: string;
  /** Scan of the 批文; may come later. */
  readonly scan?: UploadedScan | undefined;
  readonly commandId: string;
}

export type PlanRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'DAY_OUT_OF_RANGE'
  | 'CONFLICTS_WITH_PLANNED'
  | 'PERSON_NOT_OF_UNIT'
  | 'NO_SECOND_PERSON'
  | ApplyRefusal;
export type FileChangeRefusal = PlanRefusal | 'COMMAND_REUSED' | 'TOO_MANY_SCANS';

/** A 批文 may be late by this much; an older one is a correction of the register, which is no act of this room. */
const DAYS_BACK = 366;
const MONTHS_AHEAD = 24;

export interface JudgedPlan {
  readonly state: OrgState;
  readonly effect: ChangeEffect;
  readonly title: string;
}

/** Name of a unit or region on the day, in the first of the states that knows it. */
export function namesIn(states: readonly OrgState[], day: Day): (id: string) => string {
  return (id) => {
    for (const state of states) {
      const name = unitOn(state, id, day)?.name ?? regionOn(state, id, day)?.name;
      if (name !== undefined) return name;
    }
    return '（未知单位）';
  };
}

async function refusePeople(
  reader: Reader,
  plan: ChangePlan,
  effect: ChangeEffect,
  day: Day,
): Promise<Outcome<null, 'PERSON_NOT_OF_UNIT' | 'PEOPLE_WITHOUT_PLACE'>> {
  if (plan.kind !== 'split' && plan.kind !== 'abolish') return done(null);
  const members = await listMembers(reader, [plan.unitId], day);
  const known = new Set(members.map((member) => member.personId));
  if (effect.assignments.some((one) => !known.has(one.personId))) return refused('PERSON_NOT_OF_UNIT');
  const placed = new Set(effect.assignments.map((one) => one.personId));
  const isOpen = plan.kind === 'abolish' && plan.receiverId === null;
  const left = isOpen ? members.filter((member) => !placed.has(member.personId)) : [];
  return left.length === 0
    ? done(null)
    : refused('PEOPLE_WITHOUT_PLACE', { count: left.length, name: left[0]?.name ?? '' });
}

/**
 * Whether an act could be done on its day, as the organisation and its people stand now: asked for the preview, at filing
 * and when the second person confirms; done once more when the day comes.
 */
export async function judgePlan(
  reader: Reader,
  asked: {
    readonly plan: ChangePlan;
    readonly day: Day;
    readonly documentNo: string;
    readonly exceptId: string;
  },
): Promise<Outcome<JudgedPlan, PlanRefusal>> {
  const { plan, day, documentNo, exceptId } = asked;
  const state = await loadOrgState(reader, day);
  const decided = decideChange(state, plan, { day, documentNo });
  if (!decided.ok) return decided;
  const places = newPlaces(plan);
  const codes = [...places.units, ...(places.region ? [places.region] : [])].map((place) => place.code);
  const [taken] = codes.length === 0 ? [] : await takenCodes(reader, codes);
  if (taken !== undefined) return refused('CODE_TAKEN', { code: taken });
  const people = await refusePeople(reader, plan, decided.value, day);
  if (!people.ok) return people;
  const conflict = await findConflict(reader, subjectsOf(plan), exceptId);
  if (conflict !== null)
    return refused('CONFLICTS_WITH_PLANNED', {
      title: conflict.title,
      day: formatDay(conflict.effectiveDay),
    });
  return done({ state, effect: decided.value, title: changeTitle(plan, namesIn([state], day)) });
}

/** An id no act has: a plan that is still to be filed conflicts with every act. */
export const NO_CHANGE_ID = '00000000-0000-0000-0000-000000000000';

export function refuseDay(day: Day, today: Day): Outcome<null, 'DAY_OUT_OF_RANGE'> {
  const earliest = addDays(today, -DAYS_BACK);
  const latest = addMonths(today, MONTHS_AHEAD);
  return day < earliest || day > latest
    ? refused('DAY_OUT_OF_RANGE', { earliest: formatDay(earliest), latest: formatDay(latest) })
    : done(null);
}

async function fileIn(
  tx: Tx,
  ctx: ActorCtx,
  input: FileChangeInput,
  region: { id: string; people: LoadedSecondPersons },
  refuse: Refuse<FileChangeRefusal>,
): Promise<string> {
  await lockOrganisation(tx);
  const { plan, effectiveDay, documentNo } = input;
  const judged = await judgePlan(tx, { plan, day: effectiveDay, documentNo, exceptId: NO_CHANGE_ID });
  if (!judged.ok) return refuse(judged.code, judged.detail);
  const id = newId<'OrganisationChange'>();
  const filedAt = ctx.clock.now();
  const { title } = judged.value;
  await insertChange(tx, {
    id,
    plan,
    regionId: region.id,
    effectiveDay,
    documentNo,
    title,
    subjects: subjectsOf(plan),
    filedBy: ctx.actorId,
    filedAt,
  });
  await appendChangeEvent(tx, {
    changeId: id,
    kind: 'filed',
    note: null,
    actorId: ctx.actorId,
    occurredAt: filedAt,
  });
  await appendAudit(tx, ctx, {
    action: 'organization.change_file',
    subjectKind: 'organisation_change',
    subjectId: id,
    regionId: region.id,
    detail: { kind: plan.kind, day: effectiveDay, documentNo },
  });
  if (input.scan !== undefined) {
    const subject = { kind: 'organisation_change' as const, id, regionId: region.id };
    await keepScanIn(tx, ctx, { subject, purpose: 'approval_document', scan: input.scan }, refuse);
  }
  const waiting = { people: region.people, makerId: ctx.actorId };
  await openTasks(tx, ctx, confirmTasks({ id, title, regionId: region.id, effectiveDay }, waiting));
  return id;
}

/**
 * Files an act on the organisation; it waits for the second person (design.md invariant 11). Refusals: FORBIDDEN; NOT_FOUND
 * (something it names lies outside the reach); NO_SECOND_PERSON; TOO_MANY_SCANS; DAY_OUT_OF_RANGE; CONFLICTS_WITH_PLANNED (detail: title, day); PERSON_NOT_OF_UNIT; CODE_TAKEN; PEOPLE_WITHOUT_PLACE;
 * those of `decideChange`; COMMAND_REUSED.
 */
export async function fileChange(
  ctx: ActorCtx,
  input: FileChangeInput,
): Promise<Outcome<{ changeId: string }, FileChangeRefusal>> {
  if (!mayDo(ctx, 'organization.change')) return refused('FORBIDDEN');
  const regionId = await regionOfPlan(ctx, input.plan, 'organization.change');
  if (regionId === null) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  const day = refuseDay(input.effectiveDay, today);
  if (!day.ok) return day;
  const people = await loadSecondPersons(ctx, { makerId: ctx.actorId, regionId });
  if (openWays(people.scene).length === 0) return refused('NO_SECOND_PERSON');
  const region = { id: regionId, people };
  const { commandId, scan, ...rest } = input;
  const asked = { ...rest, scan: scanFingerprint(scan ?? null) };
  const outcome = await inTransaction<{ changeId: string }, FileChangeRefusal>(
    ctx,
    'file-change',
    (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'organization.change_file', input: asked },
        z.object({ changeId: z.string() }),
        refuse,
        async () => ({ changeId: await fileIn(tx, ctx, input, region, refuse) }),
      ),
    { timeoutMs: 60_000 },
  );
  forgetTree(ctx);
  return outcome;
}
