import { beforeAll, describe, expect, it } from 'vitest';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { CLOSE_TASK, askToCloseDue } from '#app/training/session/due-sessions.server.ts';
import { useWorld } from '#test/support/database.ts';
import { MORNING_START, classSteps, value } from '#test/support/office.ts';

const world = useWorld(MORNING_START);
const { anOffice, aClass, enrol, allPresent, close } = classSteps(world);

beforeAll(async () => {
  await registerConsumers(world.ctx, [taskConsumer]);
});

const stateOf = async (sessionId: string): Promise<string | undefined> => {
  await drainConsumer(world.ctx, taskConsumer);
  const task = await world.ctx.db.task.findUnique({
    where: { kind_key: { kind: CLOSE_TASK, key: sessionId } },
  });
  return task?.state;
};

describe('a class that is over', () => {
  it('waits for its liaison once, however often and from how many processes it is noticed, until it is closed', async () => {
    const office = await anOffice();
    const sessionId = await aClass(office);
    await askToCloseDue(world.ctx);
    expect(await stateOf(sessionId)).toBeUndefined();
    value(await enrol(office, sessionId));
    await allPresent(office, sessionId);
    world.clock.set('2026-11-30T12:00:00.000Z');
    await Promise.all([askToCloseDue(world.ctx), askToCloseDue(world.ctx)]);
    await askToCloseDue(world.ctx);
    await expect.poll(() => stateOf(sessionId)).toBe('open');
    expect(await world.ctx.db.outboxEvent.count({ where: { topic: 'office.tasks_asked' } })).toBe(1);
    value(await close(office.liaison, sessionId));
    await expect.poll(() => stateOf(sessionId)).toBe('done');
  });
});
