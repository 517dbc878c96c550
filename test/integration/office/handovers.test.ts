import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { loadActor } from '#app/accounts/load-actor.server.ts';
import { handOver } from '#app/office/handover/hand-over.server.ts';
import { provideHandoverSources } from '#app/office/handover/handover-desk.server.ts';
import { viewHandover, viewHandovers, viewNewHandover } from '#app/office/handover/handover-views.server.ts';
import { openTasks } from '#app/office/task/open-tasks.server.ts';
import { countOpenTasks } from '#app/office/task/tasks-view.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { sessionHandover } from '#app/training/session/session-handover.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let regionId = '';

beforeAll(async () => {
  provideHandoverSources(world.ctx.pool, [sessionHandover]);
  regionId = await aRegion(world.ctx);
});

async function anOffice() {
  const { ctx } = world;
  const unitId = await aUnit(ctx, { regionId });
  forgetTree(ctx);
  const inUnit = async (grants: Parameters<typeof anActor>[1]['grants']) =>
    anActor(ctx, { personId: await aPerson(ctx, { unitId }), grants });
  const [liaison, leader, successor] = [
    await inUnit([
      { role: 'unit_liaison', scopeKind: 'unit', unitId },
      { role: 'officer', scopeKind: 'self' },
    ]),
    await inUnit([{ role: 'unit_leader', scopeKind: 'unit', unitId }]),
    await inUnit([{ role: 'officer', scopeKind: 'self' }]),
  ];
  return { unitId, liaison, leader, successor };
}

async function aClassOf(actor: ActorCtx, unitId: string): Promise<string> {
  const id = newId<'TrainingSession'>();
  await world.ctx.db.trainingSession.create({
    data: {
      id,
      title: '行政处罚法轮训',
      category: 'public_law',
      form: 'class',
      unitId,
      place: '会议室',
      lecturer: '李某',
      capacity: 50,
      status: 'scheduled',
      createdBy: actor.actorId,
      createdAt: world.clock.now(),
      blocks: {
        create: {
          id: newId(),
          position: 0,
          startsAt: new Date('2026-11-30T01:00:00Z'),
          endsAt: new Date('2026-11-30T03:30:00Z'),
        },
      },
    },
  });
  return id;
}

async function ownTask(actor: ActorCtx): Promise<void> {
  await inTransaction(world.ctx, 'test', (tx) =>
    openTasks(tx, world.ctx, [
      {
        kind: 'application.returned',
        key: newId(),
        title: '补正后重新申报',
        proposal: null,
        origin: { kind: 'certificate_application', id: newId(), label: '证件申领' },
        path: '/coordinate/applications',
        dueDay: null,
        assignee: { accountId: actor.actorId },
      },
    ]),
  );
}

const act = (from: ActorCtx, to: ActorCtx, itemCount: number) => ({
  fromAccountId: from.actorId,
  toAccountId: to.actorId,
  reason: '岗位调整',
  itemCount,
  commandId: newId(),
});
const rolesOf = async (actor: ActorCtx) =>
  [...((await loadActor(world.ctx, actor.actorId))?.roles ?? [])].sort();

describe('handing over an office (ZY17)', () => {
  it('passes rights, own tasks and classes in one act, and leaves what is the person’s own', async () => {
    const { unitId, liaison, successor } = await anOffice();
    await aClassOf(liaison, unitId);
    await ownTask(liaison);
    const before = await viewNewHandover(liaison, liaison.actorId);
    if (!before.ok) throw new Error(before.code);
    expect(before.value.groups.map((group) => [group.label, group.items.length])).toEqual([
      ['岗位职责', 1],
      ['待办任务', 1],
      ['培训班', 1],
    ]);
    const done = await handOver(liaison, act(liaison, successor, 3));
    if (!done.ok) throw new Error(done.code);
    expect(await rolesOf(liaison)).toEqual(['officer']);
    expect(await rolesOf(successor)).toEqual(['officer', 'unit_liaison']);
    expect(await countOpenTasks(successor)).toBe(1);
    expect(await countOpenTasks(liaison)).toBe(0);
    const notice = await world.ctx.db.notice.findFirst({ where: { key: done.value.handoverId } });
    expect(notice?.path).toBe(`/tasks/handovers/${done.value.handoverId}`);
  });

  it('lets what was received pass on again', async () => {
    const { unitId, liaison, leader, successor } = await anOffice();
    const classId = await aClassOf(liaison, unitId);
    await handOver(leader, act(liaison, successor, 2));
    const again = await viewNewHandover(leader, successor.actorId);
    if (!again.ok) throw new Error(again.code);
    expect(again.value.groups.flatMap((group) => group.items).map((item) => item.itemId)).toContain(classId);
    const emptied = await viewNewHandover(leader, liaison.actorId);
    expect(emptied).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('two at once: one passes the office, the other is told the truth', async () => {
    const { liaison, leader, successor } = await anOffice();
    const outcomes = await Promise.all([
      handOver(liaison, act(liaison, successor, 1)),
      handOver(leader, act(liaison, leader, 1)),
    ]);
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(outcomes.find((one) => !one.ok)).toMatchObject({ code: 'NOTHING_TO_HAND_OVER' });
  });

  it('the same form sent twice is one handover', async () => {
    const { liaison, leader, successor } = await anOffice();
    const input = act(liaison, successor, 1);
    const [first, second] = [await handOver(leader, input), await handOver(leader, input)];
    expect(first).toEqual(second);
    const list = await viewHandovers(leader);
    expect(list.ok && list.value.rows).toHaveLength(1);
  });

  it('passes exactly what was shown', async () => {
    const { liaison, successor } = await anOffice();
    await ownTask(liaison);
    expect(await handOver(liaison, act(liaison, successor, 1))).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await rolesOf(liaison)).toEqual(['officer', 'unit_liaison']);
  });

  it('stays inside one’s units: a liaison for oneself, nobody for strangers', async () => {
    const [here, there] = [await anOffice(), await anOffice()];
    expect(await handOver(here.liaison, act(here.leader, here.successor, 1))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await handOver(here.leader, act(there.liaison, here.successor, 1))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await handOver(here.leader, act(here.liaison, there.successor, 1))).toMatchObject({
      code: 'NOT_OF_THE_UNIT',
    });
    const done = await handOver(here.leader, act(here.liaison, here.successor, 1));
    if (!done.ok) throw new Error(done.code);
    expect(await viewHandover(there.leader, done.value.handoverId)).toMatchObject({ code: 'NOT_FOUND' });
    expect((await viewHandover(here.leader, done.value.handoverId)).ok).toBe(true);
  });
});
