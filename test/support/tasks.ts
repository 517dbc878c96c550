import type { Ctx } from '#app/platform/context/ctx.server.ts';

/** States of the tasks of one kind and key: `open`, `done`, `withdrawn`. */
export async function listTasks(ctx: Ctx, kind: string, key: string): Promise<string[]> {
  const tasks = await ctx.db.task.findMany({ where: { kind, key } });
  return tasks.map((task) => task.state);
}
