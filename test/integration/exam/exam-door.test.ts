import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx, RequestCtx } from '#app/accounts/actor.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { actOnCandidates } from '#app/exam/invigilation/act-on-candidates.server.ts';
import { viewCandidate } from '#app/exam/invigilation/candidate-view.server.ts';
import { EXAM_REFUSALS } from '#app/exam/refusals.ts';
import { assignInvigilators } from '#app/exam/seating/assign-invigilators.server.ts';
import { viewCodes } from '#app/exam/seating/codes-view.server.ts';
import { doorDeviceCookie } from '#app/exam/seating/door-device.server.ts';
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
import { answerFor } from '#app/platform/http/answer.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { anActor } from '#test/support/world.ts';
import { aBatchSitting, aBureau, aSeatedHall } from '#test/support/seating.ts';

const world = useWorld();
const INSIDE = '10.1.2.30';
const DAY_MS = 86_400_000;

beforeAll(() => prepareExam(world.ctx));

const stranger = (): RequestCtx => ({ ...world.ctx, actor: null });
const sessions = () => createSessions({ pool: world.ctx.pool, secure: false, clock: world.clock });

interface Knock {
  readonly ticketNo: string;
  readonly idNumber: string;
  readonly clientAddress?: string | null;
  readonly cookieHeader?: string | null;
}
const knock = ({ clientAddress = INSIDE, cookieHeader = null, ...input }: Knock) =>
  signInAtDoor(stranger(), sessions(), { ...input, clientAddress, cookieHeader });

const WRONG = '990000199001010000';
const wrongNumber = async ({ ticketNo }: { ticketNo: string }, clientAddress: string): Promise<string> => {
  const answer = await knock({ ticketNo, idNumber: WRONG, clientAddress });
  return answer.ok ? 'in' : answer.code;
};

function personOf(hall: SeatedHall, index = 0) {
  const person = hall.people[index];
  if (!person) throw new Error('the hall has that many people');
  return person;
}

const admit = (hall: SeatedHall, registrationId: string) =>
  actOnCandidates(hall.bureau, {
    sittingId: hall.sittingId,
    target: { kind: 'people', registrationIds: [registrationId] },
    act: { kind: 'admit' },
    reason: { code: 'identity_checked', note: null },
    commandId: newId(),
  });

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
        cookieHeader: null,
      });
    expect(await at(new Date(hall.opensAt.getTime() - 14 * DAY_MS - 1))).toMatchObject({
      code: 'DOOR_NOT_OPEN',
    });
    expect(await at(hall.checkInFrom)).toMatchObject({ ok: true, value: { serves: 'exam' } });
    expect(await at(hall.hardEndAt)).toMatchObject({ ok: true, value: { serves: 'exam' } });
    expect(await at(new Date(hall.hardEndAt.getTime() + 1))).toMatchObject({ code: 'DOOR_CLOSED' });
  });

  it('after ten wrong numbers for a ticket from one place answers that place for a while not at all, and everybody else', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const one = personOf(hall);
    const codes = [];
    for (let n = 0; n < 12; n += 1) codes.push(await wrongNumber(one, '203.0.113.7'));
    expect(codes).toEqual([...Array(10).fill('TICKET_OR_ID_WRONG'), ...Array(2).fill('TOO_MANY_REQUESTS')]);
    // The right number does not help there; the holder comes in from anywhere else, and others from the same place.
    expect(await knock({ ...one, clientAddress: '203.0.113.7' })).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    expect((await knock({ ...one, clientAddress: '203.0.113.8' })).ok).toBe(true);
    expect((await knock({ ...personOf(hall, 1), clientAddress: '203.0.113.7' })).ok).toBe(true);
  });

  it('counts tries at the same moment, too', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const one = personOf(hall);
    const codes = await Promise.all(Array.from({ length: 30 }, () => wrongNumber(one, '203.0.113.7')));
    expect(codes.filter((code) => code === 'TICKET_OR_ID_WRONG')).toHaveLength(10);
  });

  it('counts a browser that has signed in with this very ticket for itself', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const one = personOf(hall);
    const address = '203.0.113.9';
    const cookieHeader = (ticketNo: string) =>
      doorDeviceCookie(world.ctx.secrets, ticketNo, false).split(';')[0] ?? '';
    for (let n = 0; n < 11; n += 1) await wrongNumber(one, address);
    const again = (cookie: string | null) => knock({ ...one, clientAddress: address, cookieHeader: cookie });
    expect(await again(null)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await again(cookieHeader(personOf(hall, 1).ticketNo))).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    expect(await again(`zhifa_door=${newId()}.${'A'.repeat(43)}`)).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    expect((await again(cookieHeader(one.ticketNo))).ok).toBe(true);
  });

  it('leaves a place fewer tries, never none, once a ticket has seen many wrong numbers from anywhere', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const one = personOf(hall);
    for (let place = 0; place < 5; place += 1)
      for (let n = 0; n < 10; n += 1) await wrongNumber(one, `198.51.100.${place}`);
    const codes = [];
    for (let n = 0; n < 4; n += 1) codes.push(await wrongNumber(one, '198.51.100.99'));
    expect(codes).toEqual([...Array(3).fill('TICKET_OR_ID_WRONG'), 'TOO_MANY_REQUESTS']);
    expect((await knock({ ...one, clientAddress: '198.51.100.100' })).ok).toBe(true);
  });

  it('answers an address that tries its way through the tickets no more; a hall whose networks are named is not counted so', async () => {
    const named = await aSeatedHall(world.ctx, { ipRanges: '10.7.0.0/16' });
    const open = await aSeatedHall(world.ctx, {});
    const scan = async (from: number, count: number) => {
      const codes: string[] = [];
      for (let n = from; n < from + count; n += 1) {
        const ticketNo = `2026990001${String(10_000 + n)}`;
        const answer = await knock({ ticketNo, idNumber: WRONG, clientAddress: '10.7.0.1' });
        codes.push(answer.ok ? 'in' : answer.code);
      }
      return codes;
    };
    expect(new Set(await scan(0, 300))).toEqual(new Set(['TICKET_OR_ID_WRONG']));
    expect(await scan(300, 1)).toEqual(['TOO_MANY_REQUESTS']);
    expect(await knock({ ...personOf(open), clientAddress: '10.7.0.1' })).toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    expect((await knock({ ...personOf(named), clientAddress: '10.7.0.1' })).ok).toBe(true);
  }, 60_000);

  it('gives whoever the invigilator has admitted all tries again', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const one = personOf(hall);
    for (let n = 0; n < 11; n += 1) await wrongNumber(one, INSIDE);
    expect(await knock(one)).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    await admit(hall, one.registrationId);
    expect((await knock(one)).ok).toBe(true);
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
    if (!room) throw new Error('the hall has a room');
    const own = { sittingId: hall.sittingId, roomId: room.id, accountIds: [invigilator.actorId] };
    const { version: expectedVersion } = room;
    expect((await assignInvigilators(hall.bureau, { ...own, expectedVersion })).ok).toBe(true);
    expect(await viewCodes(invigilator, hall.sittingId)).toMatchObject({
      value: { hasBell: false, rooms: [{ name: '第1考场' }] },
    });
    const elsewhere = await aBureau(world.ctx);
    expect(await readRoomCodes(elsewhere.bureau, hall.sittingId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await readRoomCodes(await comeIn(hall), hall.sittingId)).toMatchObject({ code: 'FORBIDDEN' });
  });

  const startOf = (ctx: ActorCtx, hall: SeatedHall, accessCode: string) =>
    startAttempt(ctx, { registrationId: personOf(hall).registrationId, commandId: newId(), accessCode });
  const wrongCodes = async (ctx: ActorCtx, hall: SeatedHall, count: number): Promise<string[]> => {
    const codes: string[] = [];
    for (let n = 0; n < count; n += 1) {
      const answer = await startOf(ctx, hall, `XXXXX${n}`);
      codes.push(answer.ok ? 'in' : answer.code);
    }
    return codes;
  };

  it('after ten wrong ones is of no use for five minutes, not even the right one; it says how long', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const ctx = await comeIn(hall);
    const codes = await wrongCodes(ctx, hall, 11);
    expect(codes.filter((code) => code === 'ACCESS_CODE_WRONG')).toHaveLength(10);
    expect(codes.at(-1)).toBe('CODE_TRIES_USED_UP');
    const refused = await startOf(ctx, hall, await codeOf(hall));
    if (refused.ok) throw new Error('the right code opens nothing now');
    expect(refused).toMatchObject({ code: 'CODE_TRIES_USED_UP', detail: { minutes: 5 } });
    expect(answerFor(refused, EXAM_REFUSALS).text).toContain('请约 5 分钟后再试');
    const watched = await viewCandidate(hall.bureau, hall.sittingId, personOf(hall).registrationId);
    expect(watched.ok && watched.value.candidate.codeBlockedSeconds).toBeGreaterThan(200);
    // Nobody else of the hall is concerned.
    const other = await comeIn(hall, 1);
    const { registrationId } = personOf(hall, 1);
    expect(
      (await startAttempt(other, { registrationId, commandId: newId(), accessCode: await codeOf(hall) })).ok,
    ).toBe(true);
  });

  it('is taken again when the time is over', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const ctx = await comeIn(hall);
    await wrongCodes(ctx, hall, 10);
    await world.ctx.db.rateLimit.updateMany({
      where: { key: `exam_code:${personOf(hall).registrationId}` },
      data: { expire: 1n },
    });
    expect((await startOf(ctx, hall, await codeOf(hall))).ok).toBe(true);
  });

  it('is not needed once the invigilator has admitted, and taken again when the admission is withdrawn', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const ctx = await comeIn(hall);
    await wrongCodes(ctx, hall, 11);
    await admit(hall, personOf(hall).registrationId);
    expect((await startOf(ctx, hall, '')).ok).toBe(true);
  });

  it('guessed a thousandfold at one moment opens nothing', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const ctx = await comeIn(hall);
    const right = await codeOf(hall);
    const guesses = await Promise.all(
      Array.from({ length: 60 }, (_, n) => startOf(ctx, hall, n === 59 ? right : 'XXXXXX')),
    );
    expect(guesses.filter((answer) => answer.ok)).toEqual([]);
  });
});
