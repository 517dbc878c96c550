import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { askForTasks, askToSettle } from '#app/office/task/ask-task.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { ApplicationState } from './application.ts';
import { settledByLeaving, tasksOfState } from './application-tasks.ts';

interface Moved {
  readonly application: {
    readonly id: string;
    readonly personId: string;
    readonly unitId: string;
    readonly regionId: string;
  };
  readonly from: ApplicationState | null;
  readonly to: ApplicationState;
  /** Number of the event that moved it. */
  readonly seq: number;
}

/** Tells the desks: what waited is done, what waits now is on the next one. In the transaction of the step. */
export async function tellTasks(tx: Tx, ctx: ActorCtx, { application, from, to, seq }: Moved): Promise<void> {
  const settled = from === null ? null : settledByLeaving(application.id, from, seq - 1);
  if (settled !== null) await askToSettle(tx, ctx, settled);
  const [person, tree] = await Promise.all([
    tx.person.findUniqueOrThrow({ where: { id: application.personId }, select: { name: true } }),
    currentTree(ctx),
  ]);
  const isTownship = tree.regions.get(application.regionId)?.level === 'township';
  await askForTasks(tx, ctx, tasksOfState({ ...application, personName: person.name, isTownship }, to, seq));
}
