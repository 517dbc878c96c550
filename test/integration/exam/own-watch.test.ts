import { beforeAll, describe, expect, it } from 'vitest';
import { assignRemote } from '#app/exam/batch/assign-remote.server.ts';
import { viewBatch } from '#app/exam/batch/batch-view.server.ts';
import { REGISTRATION_PAPERS } from '#app/exam/batch/papers/registration-papers.ts';
import { REGISTRATIONS_TABLE } from '#app/exam/batch/registration/registrations-table-spec.ts';
import { assignInvigilators } from '#app/exam/seating/assign-invigilators.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import { viewRooms } from '#app/exam/seating/rooms-view.server.ts';
import { listRooms } from '#app/exam/seating/seating.store.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createJobs } from '#app/platform/jobs/jobs.server.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { aSeatedHall, somePeople } from '#test/support/seating.ts';
import { aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
beforeAll(async () => {
  await prepareExam(world.ctx);
  const { pool, log } = world.ctx;
  provideDocumentDesk(pool, { papers: REGISTRATION_PAPERS, jobs: createJobs({ pool, log }) });
});

/** Somebody who works as an invigilator of the hall's region and may be examined like everybody. */
async function anInvigilator(hall: SeatedHall) {
  const unitId = await aUnit(world.ctx, { regionId: hall.regionId });
  const [one] = await somePeople(world.ctx, [unitId], 1);
  const personId = one?.personId ?? '';
  const { name } = await world.ctx.db.person.update({ where: { id: personId }, data: { name: '监考甲' } });
  const { actorId: accountId } = await anActor(world.ctx, {
    personId,
    grants: [{ role: 'invigilator', scopeKind: 'region', regionId: hall.regionId }],
  });
  return { personId, unitId, accountId, name, register: () => hall.register({ personId, unitId }) };
}

async function assign({ bureau, sittingId }: SeatedHall, accountId: string) {
  const [room] = await listRooms(world.ctx.db, sittingId);
  if (!room) throw new Error('the hall has a room');
  const shown = { sittingId, roomId: room.id, expectedVersion: room.version };
  return assignInvigilators(bureau, { ...shown, accountIds: [accountId] });
}

const registrationOf = (id: string) => world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } });
const seat = ({ bureau, sittingId }: SeatedHall) => layOut(bureau, { sittingId, commandId: newId() });

describe('nobody sits where they watch', () => {
  it('who is approved in the batch and waits for a sitting is not assigned to a room', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const one = await anInvigilator(hall);
    await one.register();
    expect(await assign(hall, one.accountId)).toMatchObject({ code: 'INVIGILATOR_SITS_HERE' });
  });

  it('who waits for another batch is', async () => {
    const [hall, elsewhere] = [
      await aSeatedHall(world.ctx, { people: 1 }),
      await aSeatedHall(world.ctx, { people: 1 }),
    ];
    const { accountId, personId, unitId } = await anInvigilator(hall);
    await elsewhere.register({ personId, unitId });
    expect(await assign(hall, accountId)).toMatchObject({ ok: true });
  });

  it('who was assigned first is left out of the layout, the others get their seats, and the page names who waits', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const one = await anInvigilator(hall);
    expect(await assign(hall, one.accountId)).toMatchObject({ ok: true });
    const id = await one.register();
    const page = async () => {
      const shown = await viewRooms(hall.bureau, hall.sittingId, { withCodes: false });
      if (!shown.ok) throw new Error(shown.code);
      return { waiting: shown.value.waitingCount, watching: shown.value.watchingNames };
    };
    expect(await page()).toEqual({ waiting: 0, watching: one.name });
    const refusal = { ok: false, code: 'INVIGILATES_HERE', detail: { names: one.name } };
    expect(await seat(hall)).toEqual(refusal);
    const [colleague] = await somePeople(world.ctx, [one.unitId], 1);
    await hall.register({ personId: colleague?.personId ?? '', unitId: one.unitId });
    expect(await page()).toEqual({ waiting: 1, watching: one.name });
    expect(await seat(hall)).toMatchObject({ ok: true, value: { placed: 1, left: 0 } });
    expect(await registrationOf(id)).toMatchObject({ sittingId: null, roomId: null });
  });

  it('nor is placed in a remote sitting with the rest of the batch', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const one = await anInvigilator(hall);
    expect(await assign(hall, one.accountId)).toMatchObject({ ok: true });
    const { bureau, sittingId } = hall;
    await world.ctx.db.examSitting.update({
      where: { id: sittingId },
      data: { placeMode: 'remote', needsAccessCode: false },
    });
    const id = await one.register();
    const remote = () => assignRemote(bureau, { sittingId, commandId: newId() });
    expect(await remote()).toMatchObject({ code: 'INVIGILATES_HERE', detail: { names: one.name } });
    const [colleague] = await somePeople(world.ctx, [one.unitId], 1);
    await hall.register({ personId: colleague?.personId ?? '', unitId: one.unitId });
    // The page says who is left out, before and after.
    const said = async () => {
      const query = parseTableQuery(new URLSearchParams(), REGISTRATIONS_TABLE);
      const page = await viewBatch(bureau, hall.batchId, query);
      if (!page.ok) throw new Error(page.code);
      return { waiting: page.value.unplaced, watching: page.value.sittings[0]?.watching };
    };
    const watching = { count: 1, names: one.name };
    expect(await said()).toEqual({ waiting: 2, watching });
    expect(await remote()).toMatchObject({ ok: true, value: { assigned: 1 } });
    expect(await said()).toEqual({ waiting: 1, watching });
    expect((await registrationOf(id)).sittingId).toBeNull();
  });

  it('of an assignment and a layout at once only one takes place for the person', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const one = await anInvigilator(hall);
    const id = await one.register();
    const [assigned, laid] = await Promise.all([assign(hall, one.accountId), seat(hall)]);
    // Waiting or seated: as a candidate the person is not assigned in either order.
    expect(assigned).toMatchObject({ code: 'INVIGILATOR_SITS_HERE' });
    expect(laid).toMatchObject({ ok: true, value: { placed: 1 } });
    expect((await registrationOf(id)).sittingId).toBe(hall.sittingId);
  });
});
