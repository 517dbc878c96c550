import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { settle } from './attempt.ts';
import type { Channel } from './channels.server.ts';
import { claimDelivery, failAbandoned, settleDelivery } from './delivery.store.server.ts';

/** Messages of one channel on their way at once, in one process. */
const LANES = 4;

type Worker = Pick<Ctx, 'pool' | 'clock' | 'log'>;

/** Sends what is due, one after the other, until nothing is or the other side is away. @returns how many were tried */
async function runLane(ctx: Worker, channel: Channel, signal: AbortSignal): Promise<number> {
  let tried = 0;
  while (!signal.aborted) {
    const delivery = await claimDelivery(ctx.pool, channel.name, ctx.clock.now());
    if (delivery === null) return tried;
    tried += 1;
    const attempt = await channel.send(delivery);
    const at = ctx.clock.now();
    const settled = settle(attempt, delivery.tries, at);
    await settleDelivery(ctx.pool, delivery, { ...settled, at });
    if (attempt.kind !== 'delivered')
      ctx.log.warn(
        { delivery: delivery.id, channel: channel.name, tries: delivery.tries, status: attempt.status },
        settled.state === 'failed' ? 'delivery failed' : 'delivery will be tried again',
      );
    // The rest would meet the same closed door and only use up its tries; the next run knocks again.
    if (attempt.kind === 'failed' && attempt.isAway) return tried;
  }
  return tried;
}

/**
 * Works off what is due on one channel. Safe with several processes: each delivery is leased to one of them. What a
 * killed process was sending is sent again after its lease, hence the stable Message-ID and Idempotency-Key.
 * @returns how many tries were made
 */
export async function workOffDeliveries(
  ctx: Worker,
  channel: Channel,
  signal: AbortSignal = new AbortController().signal,
): Promise<number> {
  await failAbandoned(ctx.pool, ctx.clock.now());
  const lanes = Array.from({ length: LANES }, () => runLane(ctx, channel, signal));
  const tried = await Promise.all(lanes);
  return tried.reduce((sum, count) => sum + count, 0);
}
