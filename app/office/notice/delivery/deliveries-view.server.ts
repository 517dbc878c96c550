import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { Day } from '#app/platform/time/day.ts';
import { noticeDesk } from '../desk.server.ts';
import { NOTICE_KINDS } from '../notice-kinds.ts';
import type { DeliveryFilter, DeliveryRow, DeliveryState } from './delivery.store.server.ts';
import { CHANNELS, DELIVERY_STATES, countDeliveries, listDeliveries } from './delivery.store.server.ts';
import type { DeliveryLogLine } from './delivery-log.store.server.ts';
import { listDeliveryLogs, listFailedDays } from './delivery-log.store.server.ts';

export interface DeliveryLine extends DeliveryRow {
  readonly kindLabel: string;
  /** What its tries came to, in order; also those before it was sent again. */
  readonly log: readonly DeliveryLogLine[];
}

export interface ChannelState {
  readonly channel: DeliveryRow['channel'];
  /** Where it goes; null when it is not configured. */
  readonly target: string | null;
  readonly counts: Readonly<Record<DeliveryState, number>>;
}

export interface DeliveriesPage {
  readonly rows: readonly DeliveryLine[];
  readonly total: number;
  readonly page: number;
  readonly channels: readonly ChannelState[];
  /** Days with failed deliveries, the newest first: what may be sent again at once. */
  readonly failedDays: readonly { readonly day: Day; readonly count: number }[];
  readonly mayResend: boolean;
}

/** The filter of an address; what it does not know narrows nothing. */
export const filterOf = (asked: { channel?: string; state?: string }): DeliveryFilter => ({
  channel: CHANNELS.find((channel) => channel === asked.channel) ?? null,
  state: DELIVERY_STATES.find((state) => state === asked.state) ?? null,
});

/** The delivery log for who operates the platform: states, tries and answers, never a title or a text. Refusal: FORBIDDEN. */
export async function viewDeliveries(
  ctx: ActorCtx,
  filter: DeliveryFilter,
  query: { readonly page: number; readonly size: number },
): Promise<Outcome<DeliveriesPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'delivery.read')) return refused('FORBIDDEN');
  const found = await countDeliveries(ctx.pool);
  const countOf = (match: Partial<DeliveryFilter>): number =>
    found
      .filter(
        (one) => (match.channel ?? one.channel) === one.channel && (match.state ?? one.state) === one.state,
      )
      .reduce((sum, one) => sum + one.count, 0);
  const total = countOf(filter);
  const { page, offset } = pageBounds(total, query.page, query.size);
  const rows = await listDeliveries(ctx.pool, filter, { limit: query.size, offset });
  const { mailer, gateway } = noticeDesk(ctx);
  const targets = { mail: mailer?.from ?? null, webhook: gateway?.host ?? null };
  const countsOf = (channel: DeliveryRow['channel']): ChannelState['counts'] => {
    const [waiting, delivered, failed] = DELIVERY_STATES.map((state) => countOf({ channel, state }));
    return { waiting: waiting ?? 0, delivered: delivered ?? 0, failed: failed ?? 0 };
  };
  const [logs, failedDays] = await Promise.all([
    listDeliveryLogs(
      ctx.pool,
      rows.map((row) => row.id),
    ),
    listFailedDays(ctx.pool),
  ]);
  return done({
    failedDays,
    mayResend: mayDo(ctx, 'delivery.resend'),
    rows: rows.map((row) => ({
      ...row,
      kindLabel: NOTICE_KINDS[row.kind].label,
      log: logs.get(row.id) ?? [],
    })),
    total,
    page,
    channels: CHANNELS.map((channel) => ({ channel, target: targets[channel], counts: countsOf(channel) })),
  });
}
