import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import type { NewTask, SettledSeries, SettledTasks } from './task.ts';
import { newTaskSchema, settledSeriesSchema, settledTasksSchema } from './task.schema.ts';
import { insertTasks, settleOpenTasks } from './task.store.server.ts';

const OPENED = 'office.tasks_asked';
const SETTLED = 'office.tasks_settled';

const byWhom = { actorId: z.uuid().nullable() };
const opened = z.object({ ...byWhom, tasks: z.array(newTaskSchema) });
const settled = z.object({ ...byWhom, settled: z.union([settledTasksSchema, settledSeriesSchema]) });

type Asker = Pick<Ctx, 'clock' | 'actorId'>;

async function tell(tx: Tx, ctx: Asker, topic: string, payload: JsonInput): Promise<void> {
  await appendOutbox(tx, [{ topic, key: newId<'TaskRequest'>(), payload, occurredAt: ctx.clock.now() }]);
}

/**
 * How training, exam and certificate open tasks: a fact in the caller's own transaction, turned into tasks by this slice
 * a second later, exactly once. Throws when a task is not well formed, before anything is written.
 */
export async function askForTasks(tx: Tx, ctx: Asker, tasks: readonly NewTask[]): Promise<void> {
  if (tasks.length === 0) return;
  await tell(tx, ctx, OPENED, {
    actorId: ctx.actorId,
    tasks: tasks.map((task) => newTaskSchema.parse(task)),
  });
}

/** The same way for what has been done. A task asked for before is there by then: facts are handled in their order. */
export async function askToSettle(tx: Tx, ctx: Asker, done: SettledTasks): Promise<void> {
  if (done.keys.length === 0) return;
  await tell(tx, ctx, SETTLED, { actorId: ctx.actorId, settled: settledTasksSchema.parse(done) });
}

/** The same for a series, whatever of it was asked for before: the caller need not know the keys. */
export async function askToSettleSeries(tx: Tx, ctx: Asker, done: SettledSeries): Promise<void> {
  await tell(tx, ctx, SETTLED, { actorId: ctx.actorId, settled: settledSeriesSchema.parse(done) });
}

/** Turns what the slices above have asked for into tasks. */
export const taskConsumer: OutboxConsumer = {
  name: 'office.task',
  topics: [OPENED, SETTLED],
  handle: async (tx, { topic, payload, occurredAt }) => {
    if (topic === OPENED) {
      const { tasks, actorId } = opened.parse(payload);
      await insertTasks(tx, tasks, { actorId, at: occurredAt });
      return;
    }
    const { settled: done, actorId } = settled.parse(payload);
    await settleOpenTasks(tx, done, { actorId, at: occurredAt });
  },
};
