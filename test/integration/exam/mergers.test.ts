import { beforeAll, describe, expect, it } from 'vitest';
import { followUnitsConsumer } from '#app/exam/organisation/follow-units-consumer.server.ts';
import { registrationChangeFacts } from '#app/exam/organisation/change-facts.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import type { UnitsChangedFact } from '#app/organization/change/organisation-facts.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { drainAll } from '#test/support/organisation.ts';
import { aBatchSitting, aSeatedHall, somePeople } from '#test/support/seating.ts';
import { aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

/** What the register tells after a merger, and what exam makes of it. */
async function merged(
  over: Partial<Pick<UnitsChangedFact, 'successors' | 'regionSuccessors'>>,
): Promise<void> {
  const { ctx } = world;
  const changeId = newId();
  const payload: UnitsChangedFact = {
    ...{ changeId, kind: 'merge', unitIds: [], day: dayOf(ctx.clock.now()), documentNo: '甲政〔2026〕1号' },
    ...{ successors: [], regionSuccessors: [], regionsOfUnits: [], decidedBy: null, ...over },
  };
  const topic = 'organization.units_changed';
  await ctx.db.$transaction((tx) =>
    appendOutbox(tx, [{ topic, key: changeId, payload, occurredAt: ctx.clock.now() }]),
  );
  forgetTree(ctx);
  await drainAll(ctx, [followUnitsConsumer(ctx)]);
}

const registrationOf = (id: string) => world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } });
const batchOf = (id: string) => world.ctx.db.examBatch.findUniqueOrThrow({ where: { id } });

describe('a unit that is merged', () => {
  it('hands on who waits for a decision or a seat, and keeps what is history', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const { regionId } = hall;
    const [from, to] = [await aUnit(world.ctx, { regionId }), await aUnit(world.ctx, { regionId })];
    const people = await somePeople(world.ctx, [from], 2);
    const [waiting, sat] = await Promise.all(
      people.map(({ personId }) => hall.register({ personId, unitId: from })),
    );
    if (waiting === undefined || sat === undefined) throw new Error('two registrations');
    await world.ctx.db.examRegistration.update({
      where: { id: waiting },
      data: { status: 'registered' },
    });
    const over = await aBatchSitting(world.ctx, { bureau: hall.bureau, regionId });
    const ago = (hours: number): Date => new Date(world.ctx.clock.now().getTime() - hours * 3_600_000);
    await world.ctx.db.examSitting.update({
      where: { id: over.sittingId },
      data: { opensAt: ago(30), latestEntryAt: ago(29), hardEndAt: ago(27), checkInFrom: null },
    });
    await world.ctx.db.examRegistration.update({ where: { id: sat }, data: { batchId: over.batchId } });
    const facts = await registrationChangeFacts.list(
      world.ctx.pool,
      { unitIds: [from], regionIds: [] },
      dayOf(world.ctx.clock.now()),
    );
    expect(facts).toMatchObject([{ count: 1 }]);
    await merged({ successors: [{ from, to }] });
    expect((await registrationOf(waiting)).unitId).toBe(to);
    expect((await registrationOf(sat)).unitId).toBe(from);
  });
});

describe('a region that is merged', () => {
  it('hands on its batches: numbers that are taken there change, tickets in hand stay, new ones are given', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 2 });
    const successor = await aRegion(world.ctx);
    const there = await aBatchSitting(world.ctx, { bureau: hall.bureau, regionId: successor });
    const before = await batchOf(hall.batchId);
    expect((await batchOf(there.batchId)).no).toBe(before.no);
    await merged({ regionSuccessors: [{ from: hall.regionId, to: successor }] });
    const after = await batchOf(hall.batchId);
    expect({ regionId: after.regionId, no: after.no }).toEqual({ regionId: successor, no: before.no + 1 });
    expect(after.title).toBe(before.title);
    const [held] = hall.people;
    expect((await registrationOf(held?.registrationId ?? '')).ticketNo).toBe(held?.ticketNo);
    const event = await world.ctx.db.examBatchEvent.findFirstOrThrow({ where: { batchId: hall.batchId } });
    expect(event).toMatchObject({ kind: 'region_followed', detail: { before: before.no, no: after.no } });
    // The bureau of the successor goes on with it.
    const bureau = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: successor }],
    });
    const unitId = await aUnit(world.ctx, { regionId: successor });
    forgetTree(world.ctx);
    const [late] = await somePeople(world.ctx, [unitId], 1);
    await hall.register({ personId: late?.personId ?? '', unitId });
    const seated = await layOut(bureau, { sittingId: hall.sittingId, commandId: newId() });
    expect(seated).toMatchObject({ ok: true, value: { placed: 1 } });
  });
});
