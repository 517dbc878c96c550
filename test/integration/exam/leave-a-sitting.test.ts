import { beforeAll, describe, expect, it } from 'vitest';
import { unitBatchPath } from '#app/exam/batch/batch.ts';
import { withdrawRegistration } from '#app/exam/batch/registration/unit-acts.server.ts';
import { listOtherRegistrations } from '#app/exam/eligibility/facts.store.server.ts';
import { changeDate } from '#app/exam/seating/change-date.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import { moveToSitting } from '#app/exam/seating/move-to-sitting.server.ts';
import { viewPlan } from '#app/exam/seating/plan-view.server.ts';
import { saveRoom } from '#app/exam/seating/save-room.server.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import type { BatchSitting, SeatedHall } from '#test/support/seating.ts';
import { aSeatedHall, decide, somePeople } from '#test/support/seating.ts';
import { aUnit, anActor } from '#test/support/world.ts';

const HOUR_MS = 3_600_000;
const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

const registrationOf = (id: string) => world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } });

/** Another sitting of the hall's batch with a room, so many hours from now. */
async function anotherSitting(hall: SeatedHall, hours: number): Promise<string> {
  const after = (more: number): Date => new Date(world.clock.now().getTime() + (hours + more) * HOUR_MS);
  const made = await createSitting(world.ctx, {
    ...{ title: '第二场', blueprintCode: 'P1', regionId: hall.regionId, graceSeconds: 30 },
    ...{ opensAt: after(0), latestEntryAt: after(0.5), hardEndAt: after(2), earliestHandInSeconds: 0 },
    ...{ startMode: 'own', preconditionCourse: null, attemptLimit: 1 },
  });
  if (!made.ok) throw new Error(made.code);
  const { sittingId } = made.value;
  await world.ctx.db.examSitting.update({
    where: { id: sittingId },
    data: { batchId: hall.batchId, placeMode: 'rooms' },
  });
  const saved = await saveRoom(hall.bureau, { ...hall.room, sittingId, commandId: newId() });
  if (!saved.ok) throw new Error(saved.code);
  return sittingId;
}

async function aPaper(registrationId: string): Promise<void> {
  await world.ctx.db.paper.create({
    data: {
      ...{ id: newId(), registrationId, attemptNo: 1, seed: 's', content: { items: [] }, itemCount: 1 },
      ...{ contentHash: '0'.repeat(64), fullMarkHundredths: 10_000, passMarkHundredths: 6_000 },
      frozenAt: world.clock.now(),
    },
  });
}

async function moreApproved(hall: BatchSitting & { regionId: string }, count: number): Promise<string[]> {
  const unitId = await aUnit(world.ctx, { regionId: hall.regionId });
  const people = await somePeople(world.ctx, [unitId], count);
  return Promise.all(people.map(({ personId }) => hall.register({ personId, unitId })));
}

describe('a sitting that is over', () => {
  it('takes nobody in any more: the newly approved wait for the coming one (入口关)', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    world.clock.advanceSeconds(48 * 3_600);
    const ids = await moreApproved(hall, 2);
    const past = await layOut(hall.bureau, { sittingId: hall.sittingId, commandId: newId() });
    expect(past).toMatchObject({ code: 'SITTING_IN_THE_PAST' });
    const coming = await anotherSitting(hall, 24);
    const seated = await layOut(hall.bureau, { sittingId: coming, commandId: newId() });
    expect(seated).toMatchObject({ ok: true, value: { placed: 2, left: 0 } });
    for (const id of ids) expect((await registrationOf(id)).sittingId).toBe(coming);
  });
});

describe('whoever leaves a sitting', () => {
  it('by 缓考 leaves ticket and sitting, and is seated in another one after a new approval', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const { registrationId, ticketNo } = hall.people[0] ?? { registrationId: '', ticketNo: '' };
    await decide(world.ctx, hall, registrationId, 'defer');
    const left = { sittingId: null, roomId: null, seatNo: null, ticketNo: null };
    expect(await registrationOf(registrationId)).toMatchObject({ status: 'deferred', ...left });
    expect(await world.ctx.db.examTicket.count({ where: { ticketNo, registrationId } })).toBe(1);
    await decide(world.ctx, hall, registrationId, 'reopen');
    // As the bureau approves who is eligible again.
    await world.ctx.db.examRegistration.update({
      where: { id: registrationId },
      data: { status: 'approved' },
    });
    const coming = await anotherSitting(hall, 24);
    expect(await layOut(hall.bureau, { sittingId: coming, commandId: newId() })).toMatchObject({
      value: { placed: 1 },
    });
    const now = await registrationOf(registrationId);
    expect(now.sittingId).toBe(coming);
    expect(now.ticketNo).not.toBe(ticketNo);
  });

  it('by 退回 may withdraw; whoever still sits asks for 缓考', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 3 });
    const [returned, seated] = hall.people;
    if (!returned || !seated) throw new Error('people who sit');
    await world.ctx.db.examBatch.update({
      where: { id: hall.batchId },
      data: { withdrawUntil: new Date(world.clock.now().getTime() + HOUR_MS) },
    });
    await decide(world.ctx, hall, returned.registrationId, 'return');
    const withdraw = async (one: typeof returned) => {
      const liaison = await anActor(world.ctx, {
        grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: one.unitId }],
      });
      const { id, version } = await registrationOf(one.registrationId);
      const act = { registrationId: id, note: '调离', expectedVersion: version, commandId: newId() };
      return withdrawRegistration(liaison, act);
    };
    expect(await withdraw(seated)).toMatchObject({ code: 'SEATED_ALREADY' });
    expect(await withdraw(returned)).toMatchObject({ ok: true });
  });

  it('with a paper keeps the sitting to which the paper belongs, without the seat', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const { registrationId } = hall.people[0] ?? { registrationId: '' };
    await aPaper(registrationId);
    await decide(world.ctx, hall, registrationId, 'defer');
    const { sittingId, roomId, ticketNo } = await registrationOf(registrationId);
    expect({ sittingId, roomId }).toEqual({ sittingId: hall.sittingId, roomId: null });
    expect(ticketNo).toBe(hall.people[0]?.ticketNo);
  });

  it('is not reached by a change of date: only who may sit gets a new ticket and is told', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 3 });
    const [gone, stays] = hall.people;
    if (!gone || !stays) throw new Error('people who sit');
    // Deferred by an earlier release, which left the sitting beside the registration.
    await world.ctx.db.examRegistration.update({
      where: { id: gone.registrationId },
      data: { status: 'deferred' },
    });
    const { version } = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
    const changed = await changeDate(hall.bureau, {
      ...{ sittingId: hall.sittingId, reason: '停电', expectedVersion: version, commandId: newId() },
      opensAt: new Date(world.clock.now().getTime() + 48 * HOUR_MS),
    });
    expect(changed).toMatchObject({ value: { tickets: 2 } });
    expect(await registrationOf(gone.registrationId)).toMatchObject({
      ...{ sittingId: null, roomId: null, seatNo: null, ticketNo: null },
    });
    expect((await registrationOf(stays.registrationId)).ticketNo).not.toBe(stays.ticketNo);
    const asked = await world.ctx.db.outboxEvent.findMany({ where: { topic: 'office.notices_asked' } });
    const told = asked
      .map((row) => JSON.stringify(row.payload))
      .filter((text) => text.includes(hall.sittingId));
    expect(told.join()).toContain(stays.personId);
    expect(told.join()).not.toContain(gone.personId);
  });
});

describe('whoever cannot come on the day of the sitting', () => {
  const move = (hall: SeatedHall, registrationId: string, toSittingId: string, commandId = newId()) =>
    moveToSitting(hall.bureau, {
      ...{ sittingId: hall.sittingId, registrationId, toSittingId, reason: '当日出差', commandId },
    });

  it('goes to another sitting of the batch with a new ticket, once however often sent, and is seated there', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const [one] = hall.people;
    if (!one) throw new Error('somebody who sits');
    const coming = await anotherSitting(hall, 24);
    const { registrationId } = one;
    const commandId = newId();
    const moved = await move(hall, registrationId, coming, commandId);
    expect(await move(hall, registrationId, coming, commandId)).toEqual(moved);
    const waits = await registrationOf(registrationId);
    expect(waits).toMatchObject({ sittingId: coming, roomId: null, seatNo: null, status: 'approved' });
    expect(moved).toMatchObject({ ok: true, value: { ticketNo: waits.ticketNo } });
    expect(waits.ticketNo).not.toBe(one.ticketNo);
    const event = await world.ctx.db.registrationEvent.findFirstOrThrow({
      where: { registrationId, kind: 'sitting_changed' },
    });
    expect(event).toMatchObject({
      note: '当日出差',
      detail: { void: one.ticketNo, ticketNo: waits.ticketNo },
    });
    expect(await layOut(hall.bureau, { sittingId: coming, commandId: newId() })).toMatchObject({
      value: { placed: 1 },
    });
    expect(await registrationOf(registrationId)).toMatchObject({ ticketNo: waits.ticketNo, seatNo: 1 });
  });

  it('is moved neither out of the batch, nor into the past, nor with a sealed paper, nor by another bureau', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const elsewhere = await aSeatedHall(world.ctx, { people: 1 });
    const [one, two] = hall.people.map((person) => person.registrationId);
    const coming = await anotherSitting(hall, 2);
    if (one === undefined || two === undefined) throw new Error('people who sit');
    expect(await move(hall, one, elsewhere.sittingId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await move(hall, one, hall.sittingId)).toMatchObject({ code: 'NOT_FOUND' });
    const strange = { ...hall, bureau: elsewhere.bureau };
    expect(await move(strange, one, coming)).toMatchObject({ code: 'NOT_FOUND' });
    await aPaper(two);
    expect(await move(hall, two, coming)).toMatchObject({ code: 'PAPER_SEALED' });
    // The page of the seats knows it beforehand.
    const plan = value(await viewPlan(hall.bureau, { sittingId: hall.sittingId, roomId: null }));
    const people = plan.grid.flat().flatMap(({ person }) => person ?? []);
    expect(people.filter(({ hasPaper }) => hasPaper).map(({ registrationId }) => registrationId)).toEqual([
      two,
    ]);
    const ago = (hours: number): Date => new Date(world.clock.now().getTime() - hours * HOUR_MS);
    await world.ctx.db.examSitting.update({
      where: { id: coming },
      data: { opensAt: ago(2), latestEntryAt: ago(1) },
    });
    expect(await move(hall, one, coming)).toMatchObject({ code: 'SITTING_IN_THE_PAST' });
  });

  it('and missed an exam that was held stays in its list, as does everybody of one that was called off', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const id = hall.people[0]?.registrationId ?? '';
    const coming = await anotherSitting(hall, 24);
    const before = await registrationOf(id);
    world.clock.advanceSeconds(31 * 60);
    expect(await move(hall, id, coming)).toMatchObject({ code: 'SITTING_HELD' });
    const plan = await viewPlan(hall.bureau, { sittingId: hall.sittingId, roomId: null });
    expect(plan).toMatchObject({ ok: true, value: { otherSittings: [] } });
    const off = { where: { id: hall.sittingId }, data: { status: 'cancelled' } };
    await world.ctx.db.examSitting.update(off);
    expect(await move(hall, id, coming)).toMatchObject({ code: 'SITTING_NOT_OPEN' });
    expect(await registrationOf(id)).toEqual(before);
  });

  it('is not moved by oneself under whatever account, nor to where one watches', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const { registrationId, personId } = hall.people[0] ?? { registrationId: '', personId: '' };
    const coming = await anotherSitting(hall, 24);
    const oneself = await anActor(world.ctx, {
      personId,
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }],
    });
    expect(await move({ ...hall, bureau: oneself }, registrationId, coming)).toMatchObject({
      code: 'OWN_REGISTRATION',
    });
    const room = await world.ctx.db.examRoom.findFirstOrThrow({ where: { sittingId: coming } });
    await world.ctx.db.examRoomInvigilator.create({
      data: { roomId: room.id, accountId: oneself.actorId, assignedAt: world.clock.now() },
    });
    expect(await move(hall, registrationId, coming)).toMatchObject({
      code: 'INVIGILATES_HERE',
      detail: { names: '考生1' },
    });
    expect((await registrationOf(registrationId)).sittingId).toBe(hall.sittingId);
  });

  it('leaves 准予入场 behind, on record, and the unit reads who it is and where to look', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const { registrationId, unitId } = hall.people[1] ?? { registrationId: '', unitId: '' };
    const admittedAt = world.clock.now();
    await world.ctx.db.examRegistration.update({ where: { id: registrationId }, data: { admittedAt } });
    const commandId = newId();
    const moved = await move(hall, registrationId, await anotherSitting(hall, 24), commandId);
    expect(moved.ok).toBe(true);
    expect((await registrationOf(registrationId)).admittedAt).toBeNull();
    const of = { registrationId, kind: 'admission_withdrawn' };
    expect(await world.ctx.db.registrationEvent.findMany({ where: of })).toMatchObject([
      { note: '当日出差', actorId: hall.bureau.actorId },
    ]);
    const asked = await world.ctx.db.outboxEvent.findMany({ where: { topic: 'office.notices_asked' } });
    const told = asked.map((row) => JSON.stringify(row.payload)).filter((text) => text.includes(commandId));
    expect(told.join()).toContain('考生2：原定');
    expect(told.join()).toContain(unitId);
    expect(told.join()).toContain(unitBatchPath(hall.batchId));
  });

  it('is moved once by two at once', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const id = hall.people[0]?.registrationId ?? '';
    const [second, third] = [await anotherSitting(hall, 24), await anotherSitting(hall, 30)];
    const both = await Promise.all([move(hall, id, second), move(hall, id, third)]);
    expect(both.map((outcome) => (outcome.ok ? 'moved' : outcome.code)).sort()).toEqual([
      'NOT_FOUND',
      'moved',
    ]);
  });
});

describe('registrations elsewhere', () => {
  it('stand in the way while the sitting of a closed batch is ahead, and no longer once it is over', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const [waiting] = await moreApproved(hall, 1);
    const { personId } = await registrationOf(waiting ?? '');
    const people = [hall.people[0]?.personId ?? '', personId];
    const batch = { id: newId(), regionId: hall.regionId, blueprintCode: 'P1', preconditionCourse: null };
    const today = dayOf(world.clock.now());
    const others = async (days: number) =>
      (await listOtherRegistrations(world.ctx.db, people, batch, addDays(today, days))).length;
    expect(await others(0)).toBe(2);
    expect(await others(2)).toBe(0);
  });
});

/** Runs `act` while another transaction holds the sitting and cancels it, so that it reads the row before and after. */
async function whileCancelled<T>(sittingId: string, act: () => Promise<T>): Promise<T> {
  const client = await world.ctx.pool.connect();
  try {
    await client.query('begin');
    await client.query('select 1 from exam_sitting where id = $1 for update', [sittingId]);
    const acting = act();
    const waits = `select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%exam_sitting%'`;
    for (let tries = 0; tries < 2_000; tries += 1)
      if (((await world.ctx.pool.query(waits)).rowCount ?? 0) > 0) break;
    await client.query(`update exam_sitting set status = 'cancelled', version = version + 1 where id = $1`, [
      sittingId,
    ]);
    await client.query('commit');
    return await acting;
  } finally {
    client.release();
  }
}

describe('a sitting that is called off while the lock is waited for', () => {
  it('gives no seats', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    await moreApproved(hall, 1);
    const { sittingId, bureau } = hall;
    const laid = await whileCancelled(sittingId, () => layOut(bureau, { sittingId, commandId: newId() }));
    expect(laid).toMatchObject({ code: 'SITTING_NOT_OPEN' });
  });

  it('gets no rooms', async () => {
    const { sittingId, bureau, room } = await aSeatedHall(world.ctx, { people: 1 });
    const saved = await whileCancelled(sittingId, () =>
      saveRoom(bureau, { ...room, name: '第2考场', sittingId, commandId: newId() }),
    );
    expect(saved).toMatchObject({ code: 'SITTING_NOT_OPEN' });
  });
});
