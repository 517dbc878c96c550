import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { openTasks, settleTasks } from './open-tasks.server.ts';
import type { NewTask, SettledTasks } from './task.ts';

/**
 * A task is known by its key once for all. Where the ground of one may fall away and come back (a grade put right, then
 * put wrong again), each return is a round with a key of its own: `<key>`, `<key>#1`, `<key>#2` …
 */
const ROUND_SIGN = '#';

const roundRow = z.object({ base: z.string(), key: z.string(), state: z.string() });
type Round = z.infer<typeof roundRow>;

async function roundsOf(tx: Tx, kind: string, keys: readonly string[]): Promise<Map<string, Round[]>> {
  const rows = await tx.$queryRaw`
    select split_part(key, ${ROUND_SIGN}, 1) as base, key, state from task
    where kind = ${kind} and split_part(key, ${ROUND_SIGN}, 1) = any(${[...keys]}::text[])`;
  const byBase = new Map<string, Round[]>();
  for (const round of z.array(roundRow).parse(rows))
    byBase.set(round.base, [...(byBase.get(round.base) ?? []), round]);
  return byBase;
}

/**
 * Opens tasks of one kind; one that was withdrawn every time so far opens again, one that is open or was dealt with does
 * not. The caller holds a lock on what the tasks are about.
 */
export async function openTasksAnew(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId'>,
  kind: NewTask['kind'],
  tasks: readonly NewTask[],
): Promise<void> {
  if (tasks.length === 0) return;
  const rounds = await roundsOf(
    tx,
    kind,
    tasks.map((task) => task.key),
  );
  const due = tasks.flatMap((task): NewTask[] => {
    const known = rounds.get(task.key) ?? [];
    if (known.some((round) => round.state !== 'withdrawn')) return [];
    return [{ ...task, key: known.length === 0 ? task.key : `${task.key}${ROUND_SIGN}${known.length}` }];
  });
  await openTasks(tx, ctx, due);
}

/** Settles whichever round of these tasks is open. */
export async function settleTaskRounds(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId'>,
  settled: SettledTasks,
): Promise<void> {
  if (settled.keys.length === 0) return;
  const rounds = [...(await roundsOf(tx, settled.kind, settled.keys)).values()].flat();
  await settleTasks(tx, ctx, { ...settled, keys: rounds.map((round) => round.key) });
}
