import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { listUnsettled } from './progress.store.server.ts';
import { settleLesson } from './settle-lesson.server.ts';

/** Study of a completed lesson is put into the ledger when it has lain still this long: the page was left. */
const QUIET_SECONDS = 90;
const MAX_PER_SWEEP = 200;

/**
 * Settles what was studied after a lesson had been completed. Several processes may sweep at once: each lesson is
 * locked while it is settled, and settling twice adds nothing.
 * @returns how many lessons were settled
 */
export async function sweepUnsettled(ctx: Ctx): Promise<number> {
  const quietSince = new Date(ctx.clock.now().getTime() - QUIET_SECONDS * 1000);
  const keys = await listUnsettled(ctx.pool, quietSince, MAX_PER_SWEEP);
  for (const key of keys) await settleLesson(ctx, key);
  return keys.length;
}
