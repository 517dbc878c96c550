import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { viewDeviceCheck, viewRehearsal } from '#app/exam/device-check/check-view.server.ts';
import { viewDoorCheck } from '#app/exam/device-check/door-check-view.server.ts';
import { recordCheck, recordRehearsal } from '#app/exam/device-check/record-check.server.ts';
import { viewSittingChecks } from '#app/exam/device-check/sitting-checks-view.server.ts';
import { changeDate } from '#app/exam/seating/change-date.server.ts';
import { viewOwnSeat } from '#app/exam/seating/seat-view.server.ts';
import type { SignedInAtDoor } from '#app/exam/seating/sign-in-at-door.server.ts';
import { signInAtDoor } from '#app/exam/seating/sign-in-at-door.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { GOOD_MACHINE } from '#test/support/measurements.ts';
import type { SeatedHall, SeatedPerson } from '#test/support/seating.ts';
import { aSeatedHall, decide } from '#test/support/seating.ts';

/** The exam door before 签到: the ticket opens a check of the machine, and nothing else. */
const world = useWorld();
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const realNow = new Date();

beforeAll(async () => {
  await prepareExam(world.ctx);
  // Ids carry the real time, and a rehearsal reads its beginning from them.
  world.clock.set(realNow.toISOString());
});
afterAll(() => forgetTree(world.ctx));

const sessions = () => createSessions({ pool: world.ctx.pool, secure: false, clock: world.clock });

/** A hall whose exam opens later than now: 签到 half an hour before. */
async function hallAhead(aheadMs: number, options: { ipRanges?: string } = {}): Promise<SeatedHall> {
  const hall = await aSeatedHall(world.ctx, { ...options, needsAccessCode: false });
  const moved = (instant: Date): Date => new Date(instant.getTime() + MINUTE_MS + aheadMs);
  const [opensAt, checkInFrom, hardEndAt] = [hall.opensAt, hall.checkInFrom, hall.hardEndAt].map(moved);
  if (!opensAt || !checkInFrom || !hardEndAt) throw new Error('three instants');
  const latestEntryAt = new Date(opensAt.getTime() + 30 * MINUTE_MS);
  const data = { opensAt, checkInFrom, hardEndAt, latestEntryAt };
  await world.ctx.db.examSitting.update({ where: { id: hall.sittingId }, data });
  return { ...hall, ...data };
}

const personOf = ({ people }: SeatedHall, index = 0): SeatedPerson => {
  const person = people[index];
  if (!person) throw new Error('the hall has that many people');
  return person;
};

const knock = (person: Pick<SeatedPerson, 'ticketNo' | 'idNumber'>, clientAddress = '10.9.9.9') =>
  signInAtDoor({ ...world.ctx, actor: null }, sessions(), { ...person, clientAddress, cookieHeader: null });

async function inWith(
  outcome: Awaited<ReturnType<typeof knock>>,
): Promise<SignedInAtDoor & { ctx: ActorCtx }> {
  if (!outcome.ok) throw new Error(outcome.code);
  const { accountId, boundTo } = await sessions().read(outcome.value.setCookie.split(';')[0] ?? '');
  const actor = accountId === null ? null : await loadActor(world.ctx, accountId, boundTo);
  if (!actor) throw new Error('the session is valid');
  return { ...outcome.value, ctx: { ...world.ctx, actorId: actor.accountId, actor } };
}

const comeIn = async (hall: SeatedHall, index = 0) => inWith(await knock(personOf(hall, index)));

const record = (ctx: ActorCtx, registrationId: string | null) =>
  recordCheck(ctx, {
    ...{ commandId: newId(), registrationId, seatLabel: '3 号', deviceMark: newId() },
    measurements: GOOD_MACHINE,
  });

describe('the exam door before 签到', () => {
  it('opens a check of the machine to ticket and ID number, from two weeks before; nobody has signed in by it', async () => {
    const hall = await hallAhead(DAY_MS);
    const { serves, ctx } = await comeIn(hall);
    expect(serves).toBe('check');
    const { registrationId } = personOf(hall);
    expect(ctx.actor.boundTo).toBe(registrationId);
    const view = await viewDoorCheck(ctx, '10.9.9.9');
    expect(view).toMatchObject({
      value: { signInFrom: hall.checkInFrom, network: 'any', check: { registrationId, last: null } },
    });
    expect(view.ok && view.value.check.seats.map((seat) => seat.registrationId)).toEqual([registrationId]);
    expect(await world.ctx.db.registrationEvent.count({ where: { registrationId, kind: 'signed_in' } })).toBe(
      0,
    );
    const audit = await world.ctx.db.auditEvent.findMany({
      where: { subjectId: registrationId, action: { startsWith: 'exam.door' } },
    });
    expect(audit.map(({ action }) => action)).toEqual(['exam.door_check']);
    expect(await knock(personOf(await hallAhead(14 * DAY_MS)))).toMatchObject({
      ok: true,
      value: { serves: 'check' },
    });
    expect(await knock(personOf(await hallAhead(14 * DAY_MS + 1)))).toMatchObject({ code: 'DOOR_NOT_OPEN' });
  });

  it('keeps check and rehearsal for the list of the sitting', async () => {
    const hall = await hallAhead(DAY_MS);
    const { ctx } = await comeIn(hall);
    const { registrationId } = personOf(hall);
    expect(await record(ctx, registrationId)).toEqual({ ok: true, value: 'ready' });
    const rehearsalId = newId();
    const rehearsal = { rehearsalId, personName: '张某', leaveTo: '/exam-door/check' };
    expect(await viewRehearsal(ctx, rehearsal)).toMatchObject({ kind: 'room', isByTicket: true });
    expect((await recordRehearsal(ctx, { rehearsalId, registrationId })).ok).toBe(true);
    expect(await viewDoorCheck(ctx, null)).toMatchObject({
      value: { check: { last: { verdict: 'ready' }, rehearsedAt: world.clock.now() } },
    });
    const list = await viewSittingChecks(hall.bureau, hall.sittingId, {
      ...{ page: 1, size: 20, q: '', filters: {}, columns: null },
      sort: { field: 'seat', direction: 'asc' },
    });
    expect(list).toMatchObject({ value: { candidates: 3, unchecked: 2 } });
  });

  it('opens nothing of the exam, of another registration, or of the person elsewhere', async () => {
    const hall = await hallAhead(DAY_MS);
    const { ctx } = await comeIn(hall);
    const { registrationId } = personOf(hall);
    const other = personOf(hall, 1).registrationId;
    expect(await viewOwnSeat(ctx)).toEqual({ ok: false, code: 'DOOR_NOT_OPEN' });
    expect((await startAttempt(ctx, { registrationId, commandId: newId() })).ok).toBe(false);
    expect(await world.ctx.db.attempt.count({ where: { registrationId } })).toBe(0);
    for (const asked of [null, other]) {
      expect(await viewDeviceCheck(ctx, asked)).toEqual({ ok: false, code: 'NOT_FOUND' });
      expect(await record(ctx, asked)).toEqual({ ok: false, code: 'NOT_FOUND' });
      expect(await recordRehearsal(ctx, { rehearsalId: newId(), registrationId: asked })).toEqual({
        ok: false,
        code: 'NOT_FOUND',
      });
    }
    const { personId } = personOf(hall);
    expect(await world.ctx.db.examDeviceCheck.count({ where: { personId } })).toBe(0);
    // What the person has checked elsewhere, on other machines, is not read here.
    const { boundTo: _, ...free } = ctx.actor;
    expect((await record({ ...ctx, actor: free }, null)).ok).toBe(true);
    expect(await viewDoorCheck(ctx, null)).toMatchObject({ value: { check: { last: null } } });
    expect(await viewDeviceCheck({ ...ctx, actor: free }, null)).toMatchObject({
      value: { last: { verdict: 'ready' } },
    });
  });

  it('says whether the machine stands in the network of the room', async () => {
    const hall = await hallAhead(DAY_MS, { ipRanges: '10.1.2.0/24' });
    const { ctx } = await comeIn(hall);
    expect(await viewDoorCheck(ctx, '10.1.2.30')).toMatchObject({ value: { network: 'inside' } });
    expect(await viewDoorCheck(ctx, '10.9.9.9')).toMatchObject({ value: { network: 'outside' } });
    expect(await viewDoorCheck(ctx, null)).toMatchObject({ value: { network: 'outside' } });
  });

  it('lets nobody stay in: the session lasts an hour, and ends when 签到 begins', async () => {
    const until = async (hall: SeatedHall) => {
      await comeIn(hall);
      const boundTo = personOf(hall).registrationId;
      const session = await world.ctx.db.accountSession.findFirstOrThrow({ where: { boundTo } });
      return session.boundUntil;
    };
    const now = world.clock.now().getTime();
    expect(await until(await hallAhead(DAY_MS))).toEqual(new Date(now + 60 * MINUTE_MS));
    const soon = await hallAhead(40 * MINUTE_MS);
    expect(await until(soon)).toEqual(soon.checkInFrom);
    expect(soon.checkInFrom).toEqual(new Date(now + 10 * MINUTE_MS));
  });

  it('waits for no 签到 that will not be: the seat says what is the matter', async () => {
    const hall = await hallAhead(DAY_MS);
    const { ctx } = await comeIn(hall);
    await world.ctx.db.examSitting.update({ where: { id: hall.sittingId }, data: { status: 'cancelled' } });
    expect(await viewDoorCheck(ctx, null)).toEqual({ ok: false, code: 'SIGN_IN_OPEN' });
    expect(await viewOwnSeat(ctx)).toMatchObject({
      value: { exam: { door: { kind: 'refused', code: 'SITTING_NOT_HELD' } } },
    });
  });

  it('becomes the door of the exam with the first moment of 签到', async () => {
    const hall = await hallAhead(40 * MINUTE_MS);
    const { ctx } = await comeIn(hall);
    world.clock.set(hall.checkInFrom.toISOString());
    expect(await viewDoorCheck(ctx, null)).toEqual({ ok: false, code: 'SIGN_IN_OPEN' });
    expect((await viewOwnSeat(ctx)).ok).toBe(true);
    const signedIn = await inWith(await knock(personOf(hall)));
    expect(signedIn.serves).toBe('exam');
    expect(signedIn.ctx.actorId).toBe(ctx.actorId);
    world.clock.set(realNow.toISOString());
  });

  it('counts wrong numbers as on the day, and is shut to tickets that are void', async () => {
    const hall = await hallAhead(DAY_MS);
    const person = personOf(hall);
    const codes: string[] = [];
    for (let n = 0; n < 11; n += 1) {
      const answer = await knock({ ...person, idNumber: '990000199001010000' }, '203.0.113.4');
      codes.push(answer.ok ? 'in' : answer.code);
    }
    expect(codes).toEqual([...Array<string>(10).fill('TICKET_OR_ID_WRONG'), 'TOO_MANY_REQUESTS']);
    const { ctx } = await comeIn(hall, 1);
    await decide(world.ctx, hall, personOf(hall, 1).registrationId, 'defer');
    expect((await knock(personOf(hall, 1))).ok).toBe(false);
    expect(await world.ctx.db.accountSession.count({ where: { boundTo: ctx.actor.boundTo ?? '' } })).toBe(0);
    const { ctx: mine } = await comeIn(hall);
    const { version } = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
    const changed = await changeDate(hall.bureau, {
      ...{ sittingId: hall.sittingId, opensAt: new Date(hall.opensAt.getTime() + DAY_MS), reason: '停电' },
      ...{ expectedVersion: version, commandId: newId() },
    });
    expect(changed.ok).toBe(true);
    expect(await knock(person)).toMatchObject({ code: 'TICKET_OR_ID_WRONG' });
    expect(await world.ctx.db.accountSession.count({ where: { boundTo: mine.actor.boundTo ?? '' } })).toBe(0);
  });
});
