import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, parseDay, startOfDay } from '#app/platform/time/day.ts';
import type { ChannelName } from './delivery.store.server.ts';

export const DELIVERY_EVENTS = ['delivered', 'tried', 'failed', 'resent'] as const;

const logRow = z.object({
  id: z.string(),
  delivery_id: z.string(),
  kind: z.enum(DELIVERY_EVENTS),
  tries: z.number(),
  status: z.string().nullable(),
  actor_name: z.string().nullable(),
  occurred_at: z.date(),
});

/** One line of a delivery's log: a try and its answer, or who sent it again. */
export interface DeliveryLogLine {
  readonly id: string;
  readonly kind: (typeof DELIVERY_EVENTS)[number];
  readonly tries: number;
  readonly status: string | null;
  readonly actorName: string | null;
  readonly at: Date;
}

/** Logs of these deliveries, each in order. */
export async function listDeliveryLogs(
  pool: Pool,
  deliveryIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DeliveryLogLine[]>> {
  const { rows } = await pool.query({
    name: 'office-delivery-logs',
    text: `select e.id, e.delivery_id, e.kind, e.tries, e.status, a.display_name as actor_name, e.occurred_at
           from delivery_event e left join account a on a.id = e.actor_id
           where e.delivery_id = any($1::uuid[]) order by e.occurred_at, e.recorded_tx, e.id`,
    values: [deliveryIds],
  });
  const logs = new Map<string, DeliveryLogLine[]>();
  for (const row of z.array(logRow).parse(rows)) {
    const { id, kind, tries, status } = row;
    const line = { id, kind, tries, status, actorName: row.actor_name, at: row.occurred_at };
    logs.set(row.delivery_id, [...(logs.get(row.delivery_id) ?? []), line]);
  }
  return logs;
}

const dayRow = z.object({
  day: z.string().transform((text, ctx) => {
    const day = parseDay(text);
    if (day !== null) return day;
    ctx.addIssue('not a day');
    return z.NEVER;
  }),
  count: z.number(),
});

/** Days of Shanghai on which what failed was made, the newest first, at most a month of them. */
export async function listFailedDays(pool: Pool): Promise<{ readonly day: Day; readonly count: number }[]> {
  const { rows } = await pool.query({
    name: 'office-delivery-failed-days',
    text: `select (created_at at time zone 'Asia/Shanghai')::date::text as day, count(*)::int as count
           from notice_delivery where state = 'failed' group by 1 order by 1 desc limit 31`,
  });
  return z.array(dayRow).parse(rows);
}

/** What is to be sent again: one delivery, or all that failed of those made on a day. */
export type ResendChoice = { readonly deliveryId: string } | { readonly day: Day };

/**
 * Lets failed deliveries of these channels wait again from now on, their tries counted anew, with a line in their logs.
 * Of two people at once one finds them. @returns how many
 */
export async function requeueFailed(
  tx: Tx,
  choice: ResendChoice,
  by: { readonly actorId: string; readonly at: Date; readonly channels: readonly ChannelName[] },
): Promise<number> {
  const deliveryId = 'deliveryId' in choice ? choice.deliveryId : null;
  const from = 'day' in choice ? startOfDay(choice.day) : null;
  const until = 'day' in choice ? startOfDay(addDays(choice.day, 1)) : null;
  return tx.$executeRaw`
    with again as (
      update notice_delivery set state = 'waiting', tries = 0, next_try_at = ${by.at}
      where state = 'failed' and channel = any(${[...by.channels]}::text[])
        and (id = ${deliveryId}::uuid
          or (created_at >= ${from}::timestamptz and created_at < ${until}::timestamptz))
      returning *)
    insert into delivery_event (id, delivery_id, notice_id, channel, account_id, kind, tries, actor_id, occurred_at)
    select gen_random_uuid(), id, notice_id, channel, account_id, 'resent', 0, ${by.actorId}::uuid, ${by.at} from again`;
}

/** Removes what arrived before a moment; its log stays. @returns how many */
export async function deleteDelivered(pool: Pool, before: Date, limit: number): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'office-delivery-purge',
    text: `delete from notice_delivery where id in (
             select id from notice_delivery where state = 'delivered' and delivered_at < $1 limit $2)`,
    values: [before, limit],
  });
  return rowCount ?? 0;
}
