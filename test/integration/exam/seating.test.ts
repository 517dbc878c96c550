import { beforeAll, describe, expect, it } from 'vitest';
import { createSessions } from '#app/accounts/session.server.ts';
import { assignInvigilators } from '#app/exam/seating/assign-invigilators.server.ts';
import { changeDate } from '#app/exam/seating/change-date.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import { countNeighbourPairs } from '#app/exam/seating/layout.ts';
import { moveSeat } from '#app/exam/seating/move-seat.server.ts';
import { viewPlan } from '#app/exam/seating/plan-view.server.ts';
import { viewRooms } from '#app/exam/seating/rooms-view.server.ts';
import { removeRoom, renewCode, saveRoom } from '#app/exam/seating/save-room.server.ts';
import { listRooms, listSeated } from '#app/exam/seating/seating.store.server.ts';
import { signInAtDoor } from '#app/exam/seating/sign-in-at-door.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { aBureau, aSeatedHall, somePeople } from '#test/support/seating.ts';
import { aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

const HOUR_MS = 3_600_000;

const seatsOf = async (sittingId: string) =>
  new Map((await listSeated(world.ctx.db, sittingId)).map((one) => [one.id, `${one.roomId}:${one.seatNo}`]));

describe('seats of a sitting', () => {
  it('are given once to everybody approved, with tickets of year, region, batch and serial', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 24 });
    const seats = await seatsOf(hall.sittingId);
    expect(seats.size).toBe(24);
    expect(new Set(seats.values()).size).toBe(24);
    const region = await world.ctx.db.region.findUniqueOrThrow({ where: { id: hall.regionId } });
    const tickets = hall.people.map((one) => one.ticketNo);
    expect(new Set(tickets).size).toBe(24);
    const year = world.ctx.clock.now().getUTCFullYear();
    for (const ticket of tickets) expect(ticket).toMatch(new RegExp(`^${year}${region.code}01\\d{5}$`));
    expect(await world.ctx.db.examTicket.count({ where: { sittingId: hall.sittingId } })).toBe(24);
    const rooms = await listRooms(world.ctx.db, hall.sittingId);
    const pairs = countNeighbourPairs(rooms, await listSeated(world.ctx.db, hall.sittingId));
    expect(pairs).toBe(0);
    const page = await viewRooms(hall.bureau, hall.sittingId, { withCodes: false });
    expect(page).toMatchObject({ value: { neighbourPairs: 0, seatedCount: 24, waitingCount: 0 } });
  });

  it('stay where they are when late registrations are seated', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 10 });
    const before = await seatsOf(hall.sittingId);
    const unitId = await aUnit(world.ctx, { regionId: hall.regionId });
    for (const { personId } of await somePeople(world.ctx, [unitId], 4))
      await hall.register({ personId, unitId });
    const again = await layOut(hall.bureau, { sittingId: hall.sittingId, commandId: newId() });
    expect(again).toMatchObject({ ok: true, value: { placed: 4, left: 0 } });
    const after = await seatsOf(hall.sittingId);
    for (const [id, seat] of before) expect(after.get(id)).toBe(seat);
    expect(after.size).toBe(14);
  });

  it('go to the earliest registered where they are few, and the rest is told', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 6, rows: 2, columns: 3 });
    const unitId = await aUnit(world.ctx, { regionId: hall.regionId });
    const [late] = await somePeople(world.ctx, [unitId], 1);
    await hall.register({ personId: late?.personId ?? '', unitId });
    const full = await layOut(hall.bureau, { sittingId: hall.sittingId, commandId: newId() });
    expect(full).toMatchObject({ ok: false, code: 'NO_SEATS_LEFT' });
    await saveRoom(hall.bureau, {
      ...hall.room,
      name: '第2考场',
      sittingId: hall.sittingId,
      commandId: newId(),
    });
    const more = await layOut(hall.bureau, { sittingId: hall.sittingId, commandId: newId() });
    expect(more).toMatchObject({ ok: true, value: { placed: 1 } });
  });

  it('of two layouts at once come from one; the other finds nobody, and the same form counts once', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 3 });
    const unitId = await aUnit(world.ctx, { regionId: hall.regionId });
    for (const { personId } of await somePeople(world.ctx, [unitId], 6))
      await hall.register({ personId, unitId });
    const input = { sittingId: hall.sittingId, commandId: newId() };
    const two = await Promise.all([
      layOut(hall.bureau, input),
      layOut(hall.bureau, { ...input, commandId: newId() }),
    ]);
    const words = two.map((outcome) => (outcome.ok ? `placed ${outcome.value.placed}` : outcome.code));
    expect(words.sort()).toEqual(['NOBODY_WAITS', 'placed 6']);
    const first = two[0];
    const repeat = await layOut(hall.bureau, input);
    if (first?.ok) expect(repeat).toEqual(first);
    expect(new Set((await seatsOf(hall.sittingId)).values()).size).toBe(9);
  });

  it('belong to the bureau of the region', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const { bureau: stranger } = await aBureau(world.ctx);
    const commandId = newId();
    const { sittingId } = hall;
    expect(await layOut(stranger, { sittingId, commandId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await viewRooms(stranger, sittingId, { withCodes: true })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await viewPlan(stranger, { sittingId, roomId: null })).toMatchObject({ code: 'NOT_FOUND' });
    const liaison = await anActor(world.ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'self' }] });
    expect(await layOut(liaison, { sittingId, commandId })).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('moving one person', () => {
  it('needs a free seat and keeps ticket, reason and where they sat', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 3 });
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    const [one, two] = await listSeated(world.ctx.db, hall.sittingId);
    if (!room || !one || !two) throw new Error('a room with people');
    const move = (registrationId: string, seatNo: number) =>
      moveSeat(hall.bureau, {
        sittingId: hall.sittingId,
        registrationId,
        roomId: room.id,
        seatNo,
        reason: '行动不便',
        commandId: newId(),
      });
    expect(await move(one.id, two.seatNo)).toMatchObject({ code: 'SEAT_TAKEN' });
    expect(await move(one.id, 31)).toMatchObject({ code: 'SEAT_UNKNOWN' });
    expect(await move(newId(), 20)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await move(one.id, 20)).toMatchObject({ ok: true, value: { seatNo: 20 } });
    const event = await world.ctx.db.registrationEvent.findFirstOrThrow({
      where: { registrationId: one.id, kind: 'seat_moved' },
    });
    expect(event).toMatchObject({
      note: '行动不便',
      detail: { from: { seatNo: one.seatNo }, to: { seatNo: 20 } },
    });
    // Two people sent to one seat at once.
    const both = await Promise.all([move(one.id, 25), move(two.id, 25)]);
    expect(both.map((outcome) => (outcome.ok ? 'moved' : outcome.code)).sort()).toEqual([
      'SEAT_TAKEN',
      'moved',
    ]);
  });
});

describe('rooms', () => {
  it('keep rows and columns while people sit there, and are not removed with them', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 6 });
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    if (!room) throw new Error('a room');
    const change = (over: Partial<typeof hall.room>, expectedVersion = room.version) =>
      saveRoom(hall.bureau, {
        ...hall.room,
        ...over,
        roomId: room.id,
        expectedVersion,
        sittingId: hall.sittingId,
        commandId: newId(),
      });
    // As many seats in another grid would change everybody's neighbours; so would more.
    for (const grid of [
      { rows: 6, columns: 5 },
      { rows: 8, columns: 6 },
    ])
      expect(await change(grid)).toMatchObject({ code: 'ROOM_IN_USE', detail: { people: 6 } });
    expect(await change({ name: '一号机房' }, 99)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect((await change({ name: '一号机房' })).ok).toBe(true);
    const where = { sittingId: hall.sittingId, roomId: room.id };
    expect(await removeRoom(hall.bureau, where)).toMatchObject({ code: 'ROOM_HAS_PEOPLE' });
    expect((await renewCode(hall.bureau, where)).ok).toBe(true);
  });

  it('take networks as they are typed and name what is none', async () => {
    const hall = await aSeatedHall(world.ctx, { ipRanges: '10.1.2.0/24，10.1.3.1-10.1.3.9' });
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    expect(room?.ipRanges).toEqual(['10.1.2.0/24', '10.1.3.1-10.1.3.9']);
    const wrong = await saveRoom(hall.bureau, {
      ...hall.room,
      ipRanges: '机房',
      sittingId: hall.sittingId,
      commandId: newId(),
    });
    expect(wrong).toMatchObject({ code: 'IP_RANGE_UNREADABLE', detail: { wrong: '机房' } });
  });

  it('are assigned to invigilators of the region only', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    const { regionId } = hall;
    const invigilator = await anActor(world.ctx, {
      grants: [{ role: 'invigilator', scopeKind: 'region', regionId }],
    });
    if (!room) throw new Error('the hall has a room');
    const { id: roomId, version } = room;
    const assign = (accountIds: string[], expectedVersion = version) =>
      assignInvigilators(hall.bureau, { sittingId: hall.sittingId, roomId, accountIds, expectedVersion });
    expect(await assign([hall.bureau.actorId])).toMatchObject({ code: 'INVIGILATOR_UNKNOWN' });
    expect((await assign([invigilator.actorId])).ok).toBe(true);
    const [after] = await listRooms(world.ctx.db, hall.sittingId);
    expect(after?.invigilatorIds).toEqual([invigilator.actorId]);
    expect((await assign([], after?.version)).ok).toBe(true);
  });

  it('are assigned on what was shown: of two at once the second is told, the same click again is not', async () => {
    const hall = await aSeatedHall(world.ctx, {});
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    if (!room) throw new Error('the hall has a room');
    const anInvigilator = () =>
      anActor(world.ctx, {
        grants: [{ role: 'invigilator', scopeKind: 'region', regionId: hall.regionId }],
      });
    const [one, two] = [await anInvigilator(), await anInvigilator()];
    const shown = { sittingId: hall.sittingId, roomId: room.id, expectedVersion: room.version };
    const assign = (accountIds: string[]) => assignInvigilators(hall.bureau, { ...shown, accountIds });
    const both = await Promise.all([assign([one.actorId]), assign([two.actorId])]);
    expect(both.map((outcome) => (outcome.ok ? 'done' : outcome.code)).sort()).toEqual([
      'CHANGED_MEANWHILE',
      'done',
    ]);
    const [after] = await listRooms(world.ctx.db, hall.sittingId);
    const first = both[0]?.ok ? one.actorId : two.actorId;
    expect(after?.invigilatorIds).toEqual([first]);
    expect((await assign([first])).ok).toBe(true);
  });

  it('are not assigned to who sits in that sitting, under whatever account', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const [room] = await listRooms(world.ctx.db, hall.sittingId);
    const [sitter] = hall.people;
    if (!room || !sitter) throw new Error('the hall has a room and people');
    const { id: roomId, version: expectedVersion } = room;
    const { personId } = await world.ctx.db.examRegistration.findUniqueOrThrow({
      where: { id: sitter.registrationId },
    });
    const twin = await anActor(world.ctx, {
      personId,
      grants: [{ role: 'invigilator', scopeKind: 'region', regionId: hall.regionId }],
    });
    const { displayName } = await world.ctx.db.account.findUniqueOrThrow({ where: { id: twin.actorId } });
    const accountIds = [twin.actorId];
    expect(
      await assignInvigilators(hall.bureau, {
        sittingId: hall.sittingId,
        roomId,
        accountIds,
        expectedVersion,
      }),
    ).toEqual({ ok: false, code: 'INVIGILATOR_SITS_HERE', detail: { names: displayName } });
    expect((await listRooms(world.ctx.db, hall.sittingId))[0]?.invigilatorIds).toEqual([]);
  });
});

describe('a change of date', () => {
  const shift = (
    hall: { bureau: Parameters<typeof changeDate>[0]; sittingId: string },
    hours: number,
    version = 1,
  ) =>
    changeDate(hall.bureau, {
      sittingId: hall.sittingId,
      opensAt: new Date(world.ctx.clock.now().getTime() + hours * HOUR_MS),
      reason: '考点停电检修',
      expectedVersion: version,
      commandId: newId(),
    });

  it('moves all times, keeps the seats, replaces every ticket and tells people and units', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 5 });
    const before = await seatsOf(hall.sittingId);
    const outcome = await shift(hall, 48);
    expect(outcome).toMatchObject({ ok: true, value: { tickets: 5 } });
    expect(await seatsOf(hall.sittingId)).toEqual(before);
    const sitting = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
    const byMs = sitting.opensAt.getTime() - hall.opensAt.getTime();
    expect(sitting.hardEndAt.getTime() - hall.hardEndAt.getTime()).toBe(byMs);
    expect(sitting.checkInFrom?.getTime()).toBe(hall.checkInFrom.getTime() + byMs);
    const rows = await world.ctx.db.examRegistration.findMany({ where: { sittingId: hall.sittingId } });
    const fresh = new Set(rows.map((row) => row.ticketNo));
    expect(hall.people.some((one) => fresh.has(one.ticketNo))).toBe(false);
    expect(fresh.size).toBe(5);
    const asked = await world.ctx.db.outboxEvent.findMany({ where: { topic: 'office.notices_asked' } });
    expect(JSON.stringify(asked.map((row) => row.payload))).toContain(hall.sittingId);
    const events = await world.ctx.db.registrationEvent.count({ where: { kind: 'ticket_replaced' } });
    expect(events).toBe(5);
  });

  it('ends a rest of the old day, of the rooms and of the sitting as a whole', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const { db, clock } = world.ctx;
    const { sittingId } = hall;
    await db.examSitting.update({ where: { id: sittingId }, data: { pausedAt: clock.now() } });
    await db.examRoom.updateMany({ where: { sittingId }, data: { pausedAt: clock.now() } });
    expect((await shift(hall, 24)).ok).toBe(true);
    expect((await db.examSitting.findUniqueOrThrow({ where: { id: sittingId } })).pausedAt).toBeNull();
    expect(await db.examRoom.count({ where: { sittingId, pausedAt: { not: null } } })).toBe(0);
  });

  it('makes the old ticket open no door, ends who was in, and the new one opens it on the new day', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const sessions = createSessions({ pool: world.ctx.pool, secure: false, clock: world.clock });
    const [one] = hall.people;
    if (!one) throw new Error('somebody');
    const knock = (ticketNo: string, now: Date) =>
      signInAtDoor({ ...world.ctx, actor: null, clock: { now: () => now } }, sessions, {
        ticketNo,
        idNumber: one.idNumber,
        cookieHeader: null,
        clientAddress: null,
      });
    const now = world.ctx.clock.now();
    const entered = await knock(one.ticketNo, now);
    if (!entered.ok) throw new Error(entered.code);
    expect((await shift(hall, 24)).ok).toBe(true);
    const cookie = entered.value.setCookie.split(';')[0] ?? '';
    expect((await sessions.read(cookie)).accountId).toBeNull();
    expect(await knock(one.ticketNo, now)).toMatchObject({ code: 'TICKET_OR_ID_WRONG' });
    const row = await world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id: one.registrationId } });
    // Until then it opens a check of the machine, as every ticket does.
    expect(await knock(row.ticketNo ?? '', now)).toMatchObject({ value: { serves: 'check' } });
    const onTheDay = await knock(row.ticketNo ?? '', new Date(now.getTime() + 24 * HOUR_MS));
    expect(onTheDay).toMatchObject({ value: { serves: 'exam' } });
  });

  it('is refused into the past, to the same time, twice at once, and once somebody has begun', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2, needsAccessCode: false });
    expect(await shift(hall, -1)).toMatchObject({ code: 'DATE_PAST' });
    const both = await Promise.all([shift(hall, 24), shift(hall, 48)]);
    expect(both.map((outcome) => (outcome.ok ? 'moved' : outcome.code)).sort()).toEqual([
      'CHANGED_MEANWHILE',
      'moved',
    ]);
    const running = await aSeatedHall(world.ctx, { people: 2, needsAccessCode: false });
    const [one] = running.people;
    const candidate = await anActor(world.ctx, {
      personId: one?.personId ?? null,
      grants: [{ role: 'applicant', scopeKind: 'self' }],
    });
    const started = await startAttempt(candidate, {
      registrationId: one?.registrationId ?? '',
      commandId: newId(),
    });
    expect(started.ok).toBe(true);
    expect(await shift(running, 24)).toMatchObject({ code: 'SITTING_STARTED' });
  });
});
