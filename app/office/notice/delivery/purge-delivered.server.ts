import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { deleteDelivered } from './delivery-log.store.server.ts';

/**
 * How long an arrived message stands in the list. An operational period of this platform, not a regional one: the row
 * says nothing a law wants kept. Its tries stay in `delivery_event`, the notice and its receipts for good.
 */
export const DELIVERED_KEPT_DAYS = 90;
const DAY_MS = 86_400_000;
const ROWS_AT_ONCE = 5_000;

/** Removes arrived messages after their period, in portions. What waits or failed stays until somebody has dealt with it. */
export async function purgeDelivered(ctx: Pick<Ctx, 'pool' | 'clock'>): Promise<number> {
  const before = new Date(ctx.clock.now().getTime() - DELIVERED_KEPT_DAYS * DAY_MS);
  let purged = 0;
  for (;;) {
    const count = await deleteDelivered(ctx.pool, before, ROWS_AT_ONCE);
    purged += count;
    if (count < ROWS_AT_ONCE) return purged;
  }
}
