import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';

/** Long work somebody has set going: found again beside the tasks, whether it still runs or has its result (ui.md). */
export interface BackgroundWork {
  readonly id: string;
  readonly title: string;
  /** Where it stands, in words: 「正在出具 12/48 份」. */
  readonly state: string;
  readonly isRunning: boolean;
  readonly path: string;
  readonly startedAt: Date;
}

/** Whoever runs long work lists what the actor has started, the newest first, results of the last week included. */
export type WorkSource = (ctx: ActorCtx) => Promise<readonly BackgroundWork[]>;

const desks = new WeakMap<Pool, readonly WorkSource[]>();

/** Set once by the composition root (and by tests). */
export function provideWorkSources(pool: Pool, sources: readonly WorkSource[]): void {
  desks.set(pool, sources);
}

/** What the actor has running or got back lately, of all sources; the newest first. */
export async function listOwnWork(ctx: ActorCtx): Promise<readonly BackgroundWork[]> {
  const lists = await Promise.all((desks.get(ctx.pool) ?? []).map((source) => source(ctx)));
  return lists.flat().sort((a, b) => b.startedAt.getTime() - a.startedAt.getTime());
}
