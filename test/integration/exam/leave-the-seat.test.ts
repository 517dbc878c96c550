import { beforeAll, describe, expect, it } from 'vitest';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import { loader as seatPage } from '#app/exam/seating/routes/seat.tsx';
import { signInAtDoor } from '#app/exam/seating/sign-in-at-door.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { act } from '#test/support/invigilation.ts';
import type { SeatedHall, SeatedPerson } from '#test/support/seating.ts';
import { aSeatedHall, decide } from '#test/support/seating.ts';

const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

const registrationOf = (id: string) => world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } });
const sessionsOf = (boundTo: string) => world.ctx.db.accountSession.count({ where: { boundTo } });
const sessions = () => createSessions({ pool: world.ctx.pool, secure: false, clock: world.clock });

/** @returns the cookie of the machine */
async function signIn({ ticketNo, idNumber }: SeatedPerson): Promise<string> {
  const how = { ticketNo, idNumber, cookieHeader: null, clientAddress: '10.1.2.30' };
  const outcome = await signInAtDoor({ ...world.ctx, actor: null }, sessions(), how);
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value.setCookie.split(';')[0] ?? '';
}

async function admit(hall: SeatedHall, registrationId: string): Promise<void> {
  const reason = { code: 'identity_checked', note: null } as const;
  const outcome = await act(hall.bureau, hall.sittingId, [registrationId], { kind: 'admit' }, { reason });
  if (!outcome.ok) throw new Error(outcome.code);
  expect((await registrationOf(registrationId)).admittedAt).not.toBeNull();
}

/** Where the page of the seat leads a machine with this cookie. */
async function knockAtSeat(cookie: string, accountId: string, boundTo: string) {
  const actor = await loadActor(world.ctx, accountId, boundTo);
  try {
    await seatPage({
      request: new Request('http://localhost/exam-door/seat', { headers: { Cookie: cookie } }),
      params: {},
      context: {
        ...{ nonce: '', requestId: 'test', clientAddress: '10.1.2.30', sessions: sessions() },
        requestCtx: () => Promise.resolve({ ...world.ctx, actor, actorId: accountId }),
      },
    } as unknown as Parameters<typeof seatPage>[0]);
  } catch (thrown) {
    if (thrown instanceof Response) return thrown.headers;
    throw thrown;
  }
  return null;
}

describe('whoever has signed in at the exam door and then leaves the exam', () => {
  it.each(['return', 'defer'] as const)('is signed out there by %s, and nobody else is', async (decision) => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const [gone, stays] = hall.people;
    if (!gone || !stays) throw new Error('people who sit');
    await signIn(gone);
    await signIn(stays);
    await decide(world.ctx, hall, gone.registrationId, decision);
    expect(await sessionsOf(gone.registrationId)).toBe(0);
    expect(await sessionsOf(stays.registrationId)).toBe(1);
  });

  it('in the very moment of signing in, is led from the seat to the empty door, not round in a circle', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const [one] = hall.people;
    if (!one) throw new Error('somebody who sits');
    const { registrationId } = one;
    const cookie = await signIn(one);
    // As the deferral leaves it that did not see the session yet.
    await world.ctx.db.examRegistration.update({
      where: { id: registrationId },
      data: { sittingId: null, roomId: null, seatNo: null, ticketNo: null, status: 'deferred' },
    });
    const { accountId } = await world.ctx.db.accountSession.findFirstOrThrow({
      where: { boundTo: registrationId },
    });
    const headers = await knockAtSeat(cookie, accountId, registrationId);
    expect(headers?.get('Location')).toBe('/exam-door');
    expect(headers?.getSetCookie().length).toBeGreaterThan(0);
    expect(await sessionsOf(registrationId)).toBe(0);
  });
});

describe('准予入场', () => {
  it.each(['return', 'defer'] as const)('falls away with the seat by %s, on record', async (decision) => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const { registrationId } = hall.people[0] ?? { registrationId: '' };
    await admit(hall, registrationId);
    await decide(world.ctx, hall, registrationId, decision);
    expect((await registrationOf(registrationId)).admittedAt).toBeNull();
    const events = await world.ctx.db.registrationEvent.findMany({
      where: { registrationId, kind: 'admission_withdrawn' },
    });
    expect(events).toMatchObject([{ note: '因病', actorId: hall.bureau.actorId }]);
  });

  it('of the morning lets nobody in without 开考口令 at the next seat, and who was never admitted has nothing taken back', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const { registrationId } = hall.people[0] ?? { registrationId: '' };
    const never = hall.people[1]?.registrationId ?? '';
    await admit(hall, registrationId);
    for (const id of [registrationId, never]) {
      await decide(world.ctx, hall, id, 'defer');
      await decide(world.ctx, hall, id, 'reopen');
      await world.ctx.db.examRegistration.update({ where: { id }, data: { status: 'approved' } });
    }
    const again = await layOut(hall.bureau, { sittingId: hall.sittingId, commandId: newId() });
    expect(again).toMatchObject({ ok: true, value: { placed: 2 } });
    expect(await registrationOf(registrationId)).toMatchObject({
      sittingId: hall.sittingId,
      admittedAt: null,
    });
    const of = { registrationId: never, kind: 'admission_withdrawn' };
    expect(await world.ctx.db.registrationEvent.count({ where: of })).toBe(0);
  });
});
