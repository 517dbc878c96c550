import type { Ctx } from '#app/platform/context/ctx.server.ts';

const ROWS_AT_ONCE = 5_000;

/**
 * Removes counters whose window is over, in portions: they count nothing any more, and their keys may tell who tried what.
 * Safe with several processes. @returns how many were removed
 */
export async function purgeLimits(ctx: Pick<Ctx, 'pool' | 'clock'>): Promise<number> {
  let purged = 0;
  for (;;) {
    const { rowCount } = await ctx.pool.query(
      `delete from rate_limit where key in (select key from rate_limit where expire < $1
         limit ${ROWS_AT_ONCE} for update skip locked)`,
      [ctx.clock.now().getTime()],
    );
    const count = rowCount ?? 0;
    purged += count;
    if (count < ROWS_AT_ONCE) return purged;
  }
}
