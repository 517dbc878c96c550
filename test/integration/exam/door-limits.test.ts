import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RequestCtx } from '#app/accounts/actor.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { ADDRESS_LIMIT, ADDRESS_TRIES, placesOf } from '#app/exam/seating/door-tries.ts';
import { readRoomCodes } from '#app/exam/seating/room-code.server.ts';
import { signInAtDoor } from '#app/exam/seating/sign-in-at-door.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { limitNow } from '#app/platform/http/rate-limit.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { act } from '#test/support/invigilation.ts';
import type { SeatedPerson } from '#test/support/seating.ts';
import { aSeatedHall } from '#test/support/seating.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld();
beforeAll(() => prepareExam(world.ctx));
afterEach(() => {
  vi.useRealTimers();
});

const WRONG = '990000199001010000';
const WRONG_ANSWER = 'TICKET_OR_ID_WRONG';

async function knock(clientAddress: string, ticketNo: string, idNumber = WRONG): Promise<string> {
  const stranger: RequestCtx = { ...world.ctx, actor: null };
  const sessions = createSessions({ pool: world.ctx.pool, secure: false, clock: world.clock });
  const answer = await signInAtDoor(stranger, sessions, {
    ...{ ticketNo, idNumber, clientAddress },
    cookieHeader: null,
  });
  return answer.ok ? 'in' : answer.code;
}
const comeIn = (clientAddress: string, { ticketNo, idNumber }: SeatedPerson) =>
  knock(clientAddress, ticketNo, idNumber);

async function aHallWithOne() {
  const hall = await aSeatedHall(world.ctx, {});
  const [one] = hall.people;
  if (!one) throw new Error('the hall has somebody');
  const admit = () =>
    act(
      hall.bureau,
      hall.sittingId,
      [one.registrationId],
      { kind: 'admit' },
      {
        reason: { code: 'identity_checked', note: null },
      },
    );
  return { hall, one, admit };
}

const addressKey = (address: string): string => `${ADDRESS_LIMIT}:${placesOf(address)[0]?.key ?? ''}`;

async function wrongFrom(addresses: readonly string[], each: number, ticketNo: string): Promise<string[]> {
  const answers: string[] = [];
  for (const address of addresses)
    for (let n = 0; n < each; n += 1) answers.push(await knock(address, ticketNo));
  return answers;
}

describe('wrong numbers at the exam door', () => {
  it('for many tickets from one address are counted, too, when they come at the same moment', async () => {
    const tickets = Array.from({ length: ADDRESS_TRIES + 60 }, (_, n) => `2026990002${String(10_000 + n)}`);
    const answers = await Promise.all(tickets.map((ticketNo) => knock('192.0.2.1', ticketNo)));
    expect(answers.filter((code) => code === WRONG_ANSWER).length).toBeLessThanOrEqual(ADDRESS_TRIES);
    expect(new Set(answers)).toEqual(new Set([WRONG_ANSWER, 'TOO_MANY_REQUESTS']));
  }, 60_000);

  it('are all that is counted: whoever is right leaves nothing behind', async () => {
    const { hall } = await aHallWithOne();
    const answers = await Promise.all(hall.people.map((person) => comeIn('192.0.2.2', person)));
    expect(answers).toEqual(hall.people.map(() => 'in'));
    const left = await world.ctx.db.rateLimit.findMany({
      where: { points: { gt: 0 }, OR: hall.people.map(({ ticketNo }) => ({ key: { contains: ticketNo } })) },
    });
    const address = await world.ctx.db.rateLimit.findUnique({ where: { key: addressKey('192.0.2.2') } });
    expect([left, address?.points]).toEqual([[], 0]);
  });

  it('from one IPv6 /48 are counted together, whatever of its 65,536 places they come from', async () => {
    const { one } = await aHallWithOne();
    const places = [1, 2, 3, 4].map((n) => `2001:db8:7:${n}::1`);
    const answers = await wrongFrom(places, 10, one.ticketNo);
    expect(answers).toEqual([...Array(30).fill(WRONG_ANSWER), ...Array(10).fill('TOO_MANY_REQUESTS')]);
    expect(await comeIn('2001:db8:8:1::1', one)).toBe('in');
  });
});

describe('准予入场 at the exam door', () => {
  it('makes the ticket as fresh as one nobody has tried', async () => {
    const { one, admit } = await aHallWithOne();
    const strangers = [1, 2, 3, 4, 5].map((n) => `198.51.100.${n}`);
    await wrongFrom(strangers, 10, one.ticketNo);
    expect((await admit()).ok).toBe(true);
    expect(await wrongFrom(['198.51.100.9'], 10, one.ticketNo)).toEqual(Array(10).fill(WRONG_ANSWER));
  });

  it('lets the admitted in, and nobody else, from an address that has used up its tries', async () => {
    const { hall, one, admit } = await aHallWithOne();
    const address = '192.0.2.3';
    const expire = BigInt(limitNow() + 60_000);
    await world.ctx.db.rateLimit.create({
      data: { key: addressKey(address), points: ADDRESS_TRIES, expire },
    });
    expect(await comeIn(address, one)).toBe('TOO_MANY_REQUESTS');
    await admit();
    expect(await comeIn(address, one)).toBe('in');
    const [, other] = hall.people;
    if (!other) throw new Error('the hall has two people');
    expect(await comeIn(address, other)).toBe('TOO_MANY_REQUESTS');
  });
});

describe('开考口令 typed wrongly ten times', () => {
  it('is taken again after five minutes of the clock the tries were counted by, whatever the database’s says', async () => {
    const { hall, one } = await aHallWithOne();
    const candidate = await anActor(world.ctx, {
      personId: one.personId,
      grants: [{ role: 'applicant', scopeKind: 'self' }],
    });
    const { registrationId } = one;
    const start = (accessCode: string) =>
      startAttempt(candidate, { registrationId, commandId: newId(), accessCode });
    const codes = await readRoomCodes(hall.bureau, hall.sittingId);
    const right = codes.ok ? ([...codes.value.values()][0] ?? '') : '';
    for (let n = 0; n < 10; n += 1) await start('XXXXXX');
    expect(await start(right)).toMatchObject({ code: 'CODE_TRIES_USED_UP' });
    const counted = limitNow();
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(counted + 301_000);
    expect((await start(right)).ok).toBe(true);
  });
});
