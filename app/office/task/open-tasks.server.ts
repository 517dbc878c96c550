import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { NewTask, SettledTasks } from './task.ts';
import { newTaskSchema, settledTasksSchema } from './task.schema.ts';
import { insertTasks, settleOpenTasks } from './task.store.server.ts';

type Deed = Pick<Ctx, 'clock' | 'actorId'>;

/**
 * Opens tasks in the transaction of the caller, who has authorised what they wait for. A task known by kind and key is
 * left as it is, open or settled. For the rooms of this slice; slices above ask through the outbox (`askForTasks`).
 */
export async function openTasks(tx: Tx, ctx: Deed, tasks: readonly NewTask[]): Promise<void> {
  if (tasks.length === 0) return;
  const checked = tasks.map((task) => newTaskSchema.parse(task));
  await insertTasks(tx, checked, { actorId: ctx.actorId, at: ctx.clock.now() });
}

/** Settles tasks in the transaction of what settles them. Those that are not open are left as they are. */
export async function settleTasks(tx: Tx, ctx: Deed, settled: SettledTasks): Promise<void> {
  if (settled.keys.length === 0) return;
  await settleOpenTasks(tx, settledTasksSchema.parse(settled), {
    actorId: ctx.actorId,
    at: ctx.clock.now(),
  });
}
