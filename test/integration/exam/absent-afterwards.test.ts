import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { decideRegistration } from '#app/exam/batch/registration/decide-registration.server.ts';
import type { Decision } from '#app/exam/batch/registration/decision.ts';
import { viewRegistration } from '#app/exam/batch/registration/registration-view.server.ts';
import { askForRegistration } from '#app/exam/batch/registration/unit-acts.server.ts';
import { listOtherRegistrations } from '#app/exam/eligibility/facts.store.server.ts';
import { findTurnout } from '#app/exam/invigilation/room-turnout.store.server.ts';
import { changeDate } from '#app/exam/seating/change-date.server.ts';
import { listPaperCandidates } from '#app/exam/sitting/papers/candidates.store.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import type { SeatedHall, SeatedPerson } from '#test/support/seating.ts';
import { aSeatedHall, anAttempt } from '#test/support/seating.ts';
import { anActor } from '#test/support/world.ts';

const AFTER_LATEST_ENTRY_SECONDS = 31 * 60;
const DAY_MS = 86_400_000;
const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

const registrationOf = (id: string) => world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } });

async function decide(actor: ActorCtx, id: string, decision: Decision, note: string | null = '当日住院') {
  const { version: expectedVersion } = await registrationOf(id);
  return decideRegistration(actor, {
    registrationId: id,
    decision,
    note,
    expectedVersion,
    commandId: newId(),
  });
}

/** A hall to which nobody has come, at a time when nobody may enter any more. */
async function aHallNobodyCameTo(people = 2): Promise<{ hall: SeatedHall; one: SeatedPerson }> {
  const hall = await aSeatedHall(world.ctx, { people });
  const [one] = hall.people;
  if (!one) throw new Error('somebody who has a seat');
  world.clock.advanceSeconds(AFTER_LATEST_ENTRY_SECONDS);
  return { hall, one };
}

const lineOf = async (hall: SeatedHall, ticketNo: string) =>
  (await listPaperCandidates(world.ctx.pool, hall.sittingId)).find((one) => one.ticketNo === ticketNo);

describe('who was absent from an exam that was held (缺考)', () => {
  it('is neither returned, refused nor exempted afterwards: the list goes on saying 缺考', async () => {
    const { hall, one } = await aHallNobodyCameTo();
    const before = await registrationOf(one.registrationId);
    for (const decision of ['return', 'refuse'] as const)
      expect(await decide(hall.bureau, one.registrationId, decision)).toMatchObject({ code: 'ENTRY_OVER' });
    expect(await registrationOf(one.registrationId)).toEqual(before);
    expect(await lineOf(hall, one.ticketNo)).toMatchObject({ hasStarted: false, isDeferred: false });
  });

  it('and was excused keeps no seat on the new day of an exam that was moved after all', async () => {
    const { hall, one } = await aHallNobodyCameTo();
    expect(await decide(hall.bureau, one.registrationId, 'defer')).toMatchObject({ ok: true });
    expect((await registrationOf(one.registrationId)).seatNo).not.toBeNull();
    const moved = await changeDate(hall.bureau, {
      sittingId: hall.sittingId,
      opensAt: new Date(world.clock.now().getTime() + DAY_MS),
      reason: '考点停电',
      expectedVersion: 1,
      commandId: newId(),
    });
    expect(moved).toMatchObject({ value: { tickets: 1 } });
    expect(await registrationOf(one.registrationId)).toMatchObject({
      ...{ status: 'deferred', roomId: null, seatNo: null, sittingId: null, ticketNo: null },
    });
    expect(await lineOf(hall, one.ticketNo)).toBeUndefined();
  });

  it('and was excused is 缓考 in the list of that day, keeps the seat, and is named to the next batch', async () => {
    const { hall, one } = await aHallNobodyCameTo();
    const before = await registrationOf(one.registrationId);
    expect(await decide(hall.bureau, one.registrationId, 'defer', null)).toMatchObject({
      code: 'REASON_REQUIRED',
    });
    expect(await decide(hall.bureau, one.registrationId, 'defer')).toMatchObject({ ok: true });
    const { sittingId, roomId, seatNo, ticketNo } = before;
    expect(await registrationOf(one.registrationId)).toMatchObject({
      ...{ status: 'deferred', answerNote: '当日住院', sittingId, roomId, seatNo, ticketNo },
    });
    expect(await lineOf(hall, one.ticketNo)).toMatchObject({ hasStarted: false, isDeferred: true });
    expect(await findTurnout(world.ctx.pool, roomId ?? '')).toEqual({ expected: 2, sat: 0 });
    const day = addDays(dayOf(world.clock.now()), 1);
    const nextBatch = { id: newId(), regionId: hall.regionId, blueprintCode: 'P1', preconditionCourse: null };
    const others = await listOtherRegistrations(world.ctx.db, [one.personId], nextBatch, day);
    expect(others).toMatchObject([{ personId: one.personId, isDeferral: true }]);
    expect(await decide(hall.bureau, one.registrationId, 'reopen')).toMatchObject({ code: 'EXAM_HELD' });
  });

  it('is excused once by two who decide at the same moment, and by no other bureau', async () => {
    const { hall, one } = await aHallNobodyCameTo();
    const second = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }],
    });
    const elsewhere = await aSeatedHall(world.ctx, { people: 1 });
    expect(await decide(elsewhere.bureau, one.registrationId, 'defer')).toMatchObject({ code: 'NOT_FOUND' });
    const both = await Promise.all(
      [hall.bureau, second].map((actor) => decide(actor, one.registrationId, 'defer')),
    );
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    const of = { registrationId: one.registrationId, kind: 'deferred' };
    expect(await world.ctx.db.registrationEvent.count({ where: of })).toBe(1);
  });

  it('is asked for by the unit as 缓考, not as 免考; who has sat is not asked for at all', async () => {
    const { hall, one } = await aHallNobodyCameTo(3);
    const ask = async (who: SeatedPerson, what: 'defer' | 'exempt') => {
      const liaison = await anActor(world.ctx, {
        grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: who.unitId }],
      });
      const { version: expectedVersion } = await registrationOf(who.registrationId);
      const proof = { type: 'application/pdf' as const, name: '病历.pdf', bytes: new Uint8Array([37, 80]) };
      return askForRegistration(liaison, {
        ...{ registrationId: who.registrationId, what, note: '当日住院', proof, expectedVersion },
        commandId: newId(),
      });
    };
    expect(await ask(one, 'exempt')).toMatchObject({ code: 'ENTRY_OVER' });
    expect(await ask(one, 'defer')).toMatchObject({ ok: true });
    const page = await viewRegistration(hall.bureau, one.registrationId);
    expect(page).toMatchObject({
      value: { missedExam: true, acts: { decisions: ['defer', 'decline'] } },
    });
    const came = hall.people[1];
    if (!came) throw new Error('somebody who came');
    await anAttempt(world.ctx, hall, came);
    expect(await ask(came, 'defer')).toMatchObject({ code: 'ATTEMPTS_EXIST' });
    expect(await decide(hall.bureau, came.registrationId, 'defer')).toMatchObject({ code: 'ATTEMPTS_EXIST' });
  });

  it('before the last entry leaves the sitting as ever, and is not in its list', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const [one] = hall.people;
    if (!one) throw new Error('somebody who has a seat');
    expect(await decide(hall.bureau, one.registrationId, 'defer')).toMatchObject({ ok: true });
    world.clock.advanceSeconds(AFTER_LATEST_ENTRY_SECONDS);
    expect(await lineOf(hall, one.ticketNo)).toBeUndefined();
    expect(await listPaperCandidates(world.ctx.pool, hall.sittingId)).toHaveLength(1);
  });
});
