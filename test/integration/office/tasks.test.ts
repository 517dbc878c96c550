import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import {
  askForTasks,
  askToSettle,
  askToSettleSeries,
  taskConsumer,
} from '#app/office/task/ask-task.server.ts';
import { openTasks, settleTasks } from '#app/office/task/open-tasks.server.ts';
import type { NewTask, TaskAssignee } from '#app/office/task/task.ts';
import { countOpenTasks, listOpenTasks } from '#app/office/task/tasks-view.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();

function aTask(assignee: TaskAssignee, change: Partial<NewTask> = {}): NewTask {
  return {
    kind: 'session.close',
    key: newId(),
    title: '核对考勤并结班',
    proposal: '按考勤记入学时',
    origin: { kind: 'training_session', id: newId(), label: '轮训班' },
    path: '/coordinate/sessions/x',
    dueDay: '2026-11-24',
    assignee,
    ...change,
  };
}

const open = (tasks: readonly NewTask[]) =>
  inTransaction(world.ctx, 'test', (tx) => openTasks(tx, world.ctx, tasks));
const titlesFor = async (actor: ActorCtx) =>
  (await listOpenTasks(actor, { kind: null, page: 1, size: 20 })).rows.map((row) => row.title);

async function aHouse() {
  const regionId = await aRegion(world.ctx);
  const unitId = await aUnit(world.ctx, { regionId });
  const teamId = await aUnit(world.ctx, { regionId, parentId: unitId });
  forgetTree(world.ctx);
  return { regionId, unitId, teamId };
}
const liaisonOf = (unitId: string) =>
  anActor(world.ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });

describe('tasks', () => {
  it('wait for whoever holds the role over the place, and for nobody else', async () => {
    const [{ unitId }, elsewhere] = [await aHouse(), await aHouse()];
    const [liaison, leader, stranger] = await Promise.all([
      liaisonOf(unitId),
      anActor(world.ctx, { grants: [{ role: 'unit_leader', scopeKind: 'unit', unitId }] }),
      liaisonOf(elsewhere.unitId),
    ]);
    await open([aTask({ role: 'unit_liaison', unitId, regionId: null })]);
    expect(await titlesFor(liaison)).toEqual(['核对考勤并结班']);
    expect(await titlesFor(leader)).toEqual([]);
    expect(await titlesFor(stranger)).toEqual([]);
  });

  it('of a team without a liaison fall to the liaison above, until the team has one', async () => {
    const { unitId, teamId } = await aHouse();
    const above = await liaisonOf(unitId);
    await open([aTask({ role: 'unit_liaison', unitId: teamId, regionId: null })]);
    expect(await countOpenTasks(above)).toBe(1);
    const own = await liaisonOf(teamId);
    expect(await countOpenTasks(above)).toBe(0);
    expect(await countOpenTasks(own)).toBe(1);
  });

  it('opened twice are one, also at once, and settled twice are settled once', async () => {
    const { unitId } = await aHouse();
    const liaison = await liaisonOf(unitId);
    const task = aTask({ role: 'unit_liaison', unitId, regionId: null });
    await Promise.all([open([task]), open([task])]);
    expect(await countOpenTasks(liaison)).toBe(1);
    const settle = () =>
      inTransaction(world.ctx, 'test', (tx) =>
        settleTasks(tx, liaison, { kind: task.kind, keys: [task.key], outcome: 'done' }),
      );
    await Promise.all([settle(), settle()]);
    expect(await countOpenTasks(liaison)).toBe(0);
    const events = await world.ctx.db.taskEvent.findMany({ where: { task: { key: task.key } } });
    expect(events.map((event) => event.kind).sort()).toEqual(['done', 'opened']);
    await open([task]);
    expect(await countOpenTasks(liaison)).toBe(0);
  });

  it('stand in the order of their last days, those without one at the end', async () => {
    const { unitId } = await aHouse();
    const liaison = await liaisonOf(unitId);
    const dated = (title: string, dueDay: Day | null) =>
      aTask({ role: 'unit_liaison', unitId, regionId: null }, { title, dueDay });
    await open([dated('无期限', null), dated('后天', '2026-11-25'), dated('逾期', '2026-11-20')]);
    const { rows } = await listOpenTasks(liaison, { kind: null, page: 1, size: 20 });
    expect(rows.map((row) => [row.title, row.urgency])).toEqual([
      ['逾期', 'overdue'],
      ['后天', 'soon'],
      ['无期限', 'open_ended'],
    ]);
  });

  it('of one account are seen by that account alone', async () => {
    const { unitId } = await aHouse();
    const [one, other] = await Promise.all([liaisonOf(unitId), liaisonOf(unitId)]);
    await open([aTask({ accountId: one.actorId })]);
    expect(await countOpenTasks(one)).toBe(1);
    expect(await countOpenTasks(other)).toBe(0);
  });

  it('asked for by a slice above are there once, and settled in the order they were asked', async () => {
    await registerConsumers(world.ctx, [taskConsumer]);
    const { unitId } = await aHouse();
    const liaison = await liaisonOf(unitId);
    const [kept, over] = [0, 1].map(() => aTask({ role: 'unit_liaison', unitId, regionId: null }));
    if (!kept || !over) throw new Error('two tasks');
    await inTransaction(world.ctx, 'test', async (tx) => {
      await askForTasks(tx, liaison, [kept, over]);
      await askToSettle(tx, liaison, { kind: over.kind, keys: [over.key], outcome: 'withdrawn' });
    });
    await expect
      .poll(async () => {
        await drainConsumer(world.ctx, taskConsumer);
        return countOpenTasks(liaison);
      })
      .toBe(1);
    await drainConsumer(world.ctx, taskConsumer);
    expect(await countOpenTasks(liaison)).toBe(1);
  });

  it('of a series are settled whatever they are called, those asked for before, of this series and kind', async () => {
    await registerConsumers(world.ctx, [taskConsumer]);
    const { unitId } = await aHouse();
    const liaison = await liaisonOf(unitId);
    const [series, other] = [newId(), newId()];
    const ask = (key: string, change: Partial<NewTask> = {}) =>
      aTask({ role: 'unit_liaison', unitId, regionId: null }, { key, title: key.slice(-10), ...change });
    await inTransaction(world.ctx, 'test', async (tx) => {
      const days = ['2025-01-02', '2026-11-24'].map((day) => ask(`${series}:${day}`));
      const others = [ask(`${other}:2026-01-01`), ask(`${series}:2026-02-02`, { kind: 'campaign.answer' })];
      await askForTasks(tx, liaison, [...days, ...others]);
      await askToSettleSeries(tx, liaison, {
        ...{ kind: 'session.close', keyPrefix: `${series}:`, outcome: 'done' },
      });
      await askForTasks(tx, liaison, [ask(`${series}:2026-11-25`)]);
    });
    await expect
      .poll(async () => {
        await drainConsumer(world.ctx, taskConsumer);
        return (await titlesFor(liaison)).sort();
      })
      .toEqual(['2026-01-01', '2026-02-02', '2026-11-25']);
  });

  it('cannot be rewritten behind their history', async () => {
    await expect(world.ctx.pool.query('update task_event set kind = $1', ['done'])).rejects.toMatchObject({
      code: 'ZA001',
    });
  });
});
