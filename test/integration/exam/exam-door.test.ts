import { beforeAll, describe, expect, it } from 'vitest';
import type { RequestCtx } from '#app/accounts/actor.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { assignInvigilators } from '#app/exam/seating/assign-invigilators.server.ts';
import { viewCodes } from '#app/exam/seating/codes-view.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import { readRoomCodes } from '#app/exam/seating/room-code.server.ts';
import { saveRoom } from '#app/exam/seating/save-room.server.ts';
import { viewOwnSeat } from '#app/exam/seating/seat-view.server.ts';
import { listRooms } from '#app/exam/seating/seating.store.server.ts';
import { signInAtDoor } from '#app/exam/seating/sign-in-at-door.server.ts';
import { isAttemptOf } from '#app/exam/sitting/attempt.store.server.ts';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { anActor } from '#test/support/world.ts';
import { aBatchSitting, aBureau, aSeatedHall } from '#test/support/seating.ts';

const world = useWorld();
const INSIDE = '10.1.2.30';

beforeAll(() => prepareExam(world.ctx));

const stranger = (): RequestCtx => ({ ...world.ctx, actor: null });
const sessions = () => createSessions({ pool: world.ctx.pool, secure: false });

interface Knock {
  readonly ticketNo: string;
  readonly idNumber: string;
  readonly clientAddress?: string | null;
  readonly deviceId?: string;
}
const knock = ({ clientAddress = INSIDE, deviceId = newId(), ...input }: Knock) =>
  signInAtDoor(stranger(), sessions(), { ...input, clientAddress, deviceId });

/** The person behind a cookie that the door has given. */
async function actorOf(setCookie: string) {
  const { accountId, boundTo } = await sessions().read(setCookie.split(';')[0] ?? '');
  const actor = accountId === null ? null : await loadActor(world.ctx, accountId, boundTo);
  if (!actor) throw new Error('the session is valid');
  return { ...world.ctx, actorId: actor.accountId, actor };
}

async function comeIn(hall: SeatedHall, index = 0) {
  const person = hall.people[index];
  if (!person) throw new Error('the hall has that many people');
  const outcome = await knock(person);
  if (!outcome.ok) throw new Error(outcome.code);
  return actorOf(outcome.value.setCookie);
}

async function codeOf(hall: SeatedHall): Promise<string> {
  const codes = await readRoomCodes(hall.bureau, hall.sittingId);
  return codes.ok ? ([...codes.value.values()][0] ?? '') : '';
}

describe('the exam door', () => {
  it('lets in who shows ticket and ID number, on the network of the room, in the window, for that registration alone', async () => {
    const hall = await aSeatedHall(world.ctx, { ipRanges: '10.1.2.0/24' });
    const ctx = await comeIn(hall);
    expect(ctx.actor.boundTo).toBe(hall.people[0]?.registrationId);
    expect(ctx.actor.roles).toEqual(['applicant']);
    const seat = await viewOwnSeat(ctx);
    expect(seat.ok && seat.value.exam.seat?.seatNo).toBeGreaterThan(0);
  });

  it('takes the number as people type it', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const { ticketNo, idNumber } = hall.people[0] ?? { ticketNo: '', idNumber: '' };
    const spaced = ticketNo.replace(/(\d{4})/g, '$1 ');
    expect((await knock({ ticketNo: spaced, idNumber: ` ${idNumber.toLowerCase()} ` })).ok).toBe(true);
  });

  it('opens an account without a password for who has none, once, and uses the one there is', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const first = await comeIn(hall);
    const again = await comeIn(hall);
    expect(again.actorId).toBe(first.actorId);
    const account = await world.ctx.db.account.findUniqueOrThrow({ where: { id: first.actorId } });
    expect(account).toMatchObject({ passwordHash: null, personId: hall.people[0]?.personId });
    const both = await Promise.all([comeIn(hall, 1), comeIn(hall, 1)]);
    expect(new Set(both.map((ctx) => ctx.actorId)).size).toBe(1);
  });

  it('answers the same to an unknown ticket, another person’s ticket and a wrong number', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const [one, two] = hall.people;
    if (!one || !two) throw new Error('two people');
    const answers = [
      await knock({ ticketNo: '20269999990199999', idNumber: one.idNumber }),
      await knock({ ticketNo: two.ticketNo, idNumber: one.idNumber }),
      await knock({ ticketNo: one.ticketNo, idNumber: '990000199001010000' }),
      await knock({ ticketNo: 'not a ticket', idNumber: one.idNumber }),
    ];
    expect(answers.map((answer) => (answer.ok ? 'in' : answer.code))).toEqual(
      answers.map(() => 'TICKET_OR_ID_WRONG'),
    );
  });

  it('stays shut on a wrong network, and says so only to who has shown both numbers', async () => {
    const hall = await aSeatedHall(world.ctx, { ipRanges: '10.1.2.0/24' });
    const person = hall.people[0];
    if (!person) throw new Error('one person');
    expect(await knock({ ...person, clientAddress: '10.9.9.9' })).toMatchObject({ code: 'WRONG_NETWORK' });
    expect(await knock({ ...person, clientAddress: null })).toMatchObject({ code: 'WRONG_NETWORK' });
    expect(
      await knock({ ...person, idNumber: '990000199001010000', clientAddress: '10.9.9.9' }),
    ).toMatchObject({ code: 'TICKET_OR_ID_WRONG' });
  });

  it('stays shut outside the window', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const person = hall.people[0];
    if (!person) throw new Error('one person');
    const { ctx } = world;
    const at = (instant: Date) =>
      signInAtDoor({ ...ctx, actor: null, clock: { now: () => instant } }, sessions(), {
        ...person,
        clientAddress: INSIDE,
        deviceId: newId(),
      });
    expect(await at(new Date(hall.checkInFrom.getTime() - 1))).toMatchObject({ code: 'DOOR_NOT_OPEN' });
    expect((await at(hall.checkInFrom)).ok).toBe(true);
    expect((await at(hall.hardEndAt)).ok).toBe(true);
    expect(await at(new Date(hall.hardEndAt.getTime() + 1))).toMatchObject({ code: 'DOOR_CLOSED' });
  });

  it('after ten wrong numbers for a ticket answers nobody for a while, thirty from one device', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 4 });
    const [one] = hall.people;
    if (!one) throw new Error('one person');
    const codes: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      const answer = await knock({ ticketNo: one.ticketNo, idNumber: `99000019900101${1000 + n}` });
      codes.push(answer.ok ? 'in' : answer.code);
    }
    expect(codes.slice(0, 10).every((code) => code === 'TICKET_OR_ID_WRONG')).toBe(true);
    expect(codes.slice(10).every((code) => code === 'TOO_MANY_REQUESTS')).toBe(true);
    expect(await knock(one)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });

    const deviceId = newId();
    const scanned: string[] = [];
    for (let n = 0; n < 31; n += 1) {
      const ticketNo = `2026990001${String(10_000 + n)}`;
      const answer = await knock({ ticketNo, idNumber: '990000199001010000', deviceId });
      scanned.push(answer.ok ? 'in' : answer.code);
    }
    expect(scanned.filter((code) => code === 'TOO_MANY_REQUESTS')).toHaveLength(1);
  });

  it('lets five hundred people in from one address in a minute', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 500, rows: 25, columns: 20 });
    const codes = new Map<string, number>();
    for (let from = 0; from < hall.people.length; from += 20) {
      const answers = await Promise.all(hall.people.slice(from, from + 20).map((person) => knock(person)));
      for (const answer of answers) {
        const code = answer.ok ? 'in' : answer.code;
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
    }
    expect([...codes]).toEqual([['in', 500]]);
  }, 180_000);
});

describe('a session of the exam door', () => {
  it('starts its own exam with the code of the room, and no other', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const ctx = await comeIn(hall);
    const registrationId = hall.people[0]?.registrationId ?? '';
    const start = (more: { accessCode?: string; clientAddress?: string; registrationId?: string } = {}) =>
      startAttempt(ctx, { registrationId, commandId: newId(), clientAddress: INSIDE, ...more });
    expect(await start()).toMatchObject({ code: 'ACCESS_CODE_MISSING' });
    expect(await start({ accessCode: 'XXXXXX' })).toMatchObject({ code: 'ACCESS_CODE_WRONG' });
    expect(await start({ accessCode: await codeOf(hall), registrationId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await start({ accessCode: await codeOf(hall) })).ok).toBe(true);
  });

  it('of ticket A opens nothing of sitting B, though both belong to one person', async () => {
    const a = await aSeatedHall(world.ctx, { needsAccessCode: false });
    const person = a.people[0];
    if (!person) throw new Error('one person');
    const b = await aBatchSitting(world.ctx, {
      bureau: a.bureau,
      regionId: a.regionId,
      needsAccessCode: false,
    });
    const other = await b.register({ personId: person.personId, unitId: person.unitId });
    await saveRoom(a.bureau, { ...b.room, sittingId: b.sittingId, commandId: newId() });
    expect((await layOut(a.bureau, { sittingId: b.sittingId, commandId: newId() })).ok).toBe(true);
    const ctx = await comeIn(a);
    const input = { registrationId: other, commandId: newId(), clientAddress: INSIDE };
    expect(await startAttempt(ctx, input)).toMatchObject({ code: 'NOT_FOUND' });
    // The same person, signed in with a password, may.
    const { boundTo: _, ...free } = ctx.actor;
    const started = await startAttempt({ ...ctx, actor: free }, input);
    if (!started.ok) throw new Error(started.code);
    const { attemptId } = started.value;
    const seen = { attemptId, deviceKey: started.value.deviceKey ?? '' };
    expect(await viewAttempt(ctx, seen)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await handIn(ctx, seen)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await isAttemptOf(ctx.pool, attemptId, ctx.actor.boundTo ?? '')).toBe(false);
    expect(await isAttemptOf(ctx.pool, attemptId, other)).toBe(true);
  });

  it('ends four hours after the hard end at the latest', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const ctx = await comeIn(hall);
    const session = await world.ctx.db.accountSession.findFirstOrThrow({
      where: { accountId: ctx.actorId, boundTo: ctx.actor.boundTo ?? null },
    });
    expect(session.boundUntil).toEqual(new Date(hall.hardEndAt.getTime() + 4 * 3_600_000));
  });
});

describe('开考口令', () => {
  it('is read by the bureau and by the invigilators of the room, by nobody else', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    expect(await codeOf(hall)).toMatch(/^[A-Z0-9]{6}$/);
    const invigilator = await anActor(world.ctx, {
      grants: [{ role: 'invigilator', scopeKind: 'region', regionId: hall.regionId }],
    });
    expect(await viewCodes(invigilator, hall.sittingId)).toMatchObject({ code: 'NOT_FOUND' });
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    const own = { sittingId: hall.sittingId, roomId: room?.id ?? '', accountIds: [invigilator.actorId] };
    expect((await assignInvigilators(hall.bureau, own)).ok).toBe(true);
    expect(await viewCodes(invigilator, hall.sittingId)).toMatchObject({ value: [{ name: '第1考场' }] });
    const elsewhere = await aBureau(world.ctx);
    expect(await readRoomCodes(elsewhere.bureau, hall.sittingId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await readRoomCodes(await comeIn(hall), hall.sittingId)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('after ten wrong ones is asked for in vain for five minutes', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const ctx = await comeIn(hall);
    const registrationId = hall.people[0]?.registrationId ?? '';
    const codes: string[] = [];
    for (let n = 0; n < 11; n += 1) {
      const answer = await startAttempt(ctx, { registrationId, commandId: newId(), accessCode: `XXXXX${n}` });
      codes.push(answer.ok ? 'in' : answer.code);
    }
    expect(codes.at(-1)).toBe('TOO_MANY_REQUESTS');
    expect(codes.filter((code) => code === 'ACCESS_CODE_WRONG')).toHaveLength(10);
  });
});
