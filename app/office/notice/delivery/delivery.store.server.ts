import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { NoticeKind } from '../notice-kinds.ts';
import { isNoticeKind } from '../notice-kinds.ts';
import type { Settled } from './attempt.ts';
import { MAX_TRIES } from './attempt.ts';

export const CHANNELS = ['mail', 'webhook'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Longest time one try may take; a process that died in the middle is taken for dead after it. */
const LEASE_SECONDS = 300;
const ROWS_AT_ONCE = 5_000;

/** Queues one message a reader, or one for all (`null`), unless it is there already. */
export async function queueDeliveries(
  tx: Tx,
  message: { readonly noticeId: string; readonly channel: ChannelName; readonly at: Date },
  to: readonly (string | null)[],
): Promise<void> {
  const { noticeId, channel, at } = message;
  for (let from = 0; from < to.length; from += ROWS_AT_ONCE) {
    await tx.noticeDelivery.createMany({
      data: to.slice(from, from + ROWS_AT_ONCE).map((accountId) => ({
        id: newId<'NoticeDelivery'>(),
        noticeId,
        channel,
        accountId,
        nextTryAt: at,
        createdAt: at,
      })),
      skipDuplicates: true,
    });
  }
}

const claimedRow = z.object({
  id: z.string(),
  notice_id: z.string(),
  account_id: z.string().nullable(),
  tries: z.number(),
});

export interface ClaimedDelivery {
  readonly id: string;
  readonly noticeId: string;
  readonly accountId: string | null;
  /** Tries so far, the one now beginning included. */
  readonly tries: number;
}

/**
 * Takes the delivery that is due longest for one try: nobody else takes it before the lease is over. The try is counted
 * before it is made, so that a message that kills its process is not tried for ever.
 */
export async function claimDelivery(
  pool: Pool,
  channel: ChannelName,
  now: Date,
): Promise<ClaimedDelivery | null> {
  const { rows } = await pool.query({
    name: 'office-delivery-claim',
    text: `update notice_delivery set tries = tries + 1, next_try_at = $2::timestamptz + interval '${LEASE_SECONDS} seconds'
           where id = (select id from notice_delivery
                       where channel = $1 and state = 'waiting' and next_try_at <= $2 and tries < ${MAX_TRIES}
                       order by next_try_at, id limit 1 for update skip locked)
           returning id, notice_id, account_id, tries`,
    values: [channel, now],
  });
  const [row] = z.array(claimedRow).parse(rows);
  if (row === undefined) return null;
  return { id: row.id, noticeId: row.notice_id, accountId: row.account_id, tries: row.tries };
}

/** Writes what a try came to, and its line in the log, unless another process has taken the delivery over meanwhile. */
export async function settleDelivery(
  pool: Pool,
  { id, tries }: Pick<ClaimedDelivery, 'id' | 'tries'>,
  settled: Settled & { readonly at: Date },
): Promise<void> {
  await pool.query({
    name: 'office-delivery-settle',
    text: `with settled as (
             update notice_delivery set state = $3, next_try_at = $4, delivered_at = $5, last_status = $6
             where id = $1 and tries = $2 and state = 'waiting' returning *)
           insert into delivery_event (id, delivery_id, notice_id, channel, account_id, kind, tries, status, occurred_at)
           select $7, id, notice_id, channel, account_id,
             case state when 'waiting' then 'tried' else state end, tries, last_status, $8 from settled`,
    values: [
      ...[id, tries, settled.state, settled.nextTryAt, settled.deliveredAt, settled.lastStatus],
      ...[newId<'DeliveryEvent'>(), settled.at],
    ],
  });
}

/** Gives up what was tried often enough and never came back from its last try. */
export async function failAbandoned(pool: Pool, now: Date): Promise<void> {
  await pool.query({
    name: 'office-delivery-abandoned',
    text: `with given_up as (
             update notice_delivery set state = 'failed', next_try_at = null, last_status = 'interrupted'
             where state = 'waiting' and next_try_at <= $1 and tries >= ${MAX_TRIES} returning *)
           insert into delivery_event (id, delivery_id, notice_id, channel, account_id, kind, tries, status, occurred_at)
           select gen_random_uuid(), id, notice_id, channel, account_id, 'failed', tries, last_status, $1 from given_up`,
    values: [now],
  });
}

const logRow = z.object({
  id: z.string(),
  kind: z.string().refine(isNoticeKind),
  channel: z.enum(CHANNELS),
  login: z.string().nullable(),
  state: z.enum(DELIVERY_STATES),
  tries: z.number(),
  last_status: z.string().nullable(),
  created_at: z.date(),
  next_try_at: z.date().nullable(),
  delivered_at: z.date().nullable(),
});

export interface DeliveryRow {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly channel: ChannelName;
  readonly login: string | null;
  readonly state: DeliveryState;
  readonly tries: number;
  readonly lastStatus: string | null;
  readonly createdAt: Date;
  readonly nextTryAt: Date | null;
  readonly deliveredAt: Date | null;
}

export interface DeliveryFilter {
  readonly channel: ChannelName | null;
  readonly state: DeliveryState | null;
}

/** The log, the newest first. No title and no text: who operates the platform has no business with them. */
export async function listDeliveries(
  pool: Pool,
  filter: DeliveryFilter,
  asked: { readonly limit: number; readonly offset: number },
): Promise<DeliveryRow[]> {
  const { rows } = await pool.query({
    name: 'office-delivery-list',
    text: `select d.id, n.kind, d.channel, a.login, d.state, d.tries, d.last_status, d.created_at, d.next_try_at,
             d.delivered_at
           from notice_delivery d join notice n on n.id = d.notice_id left join account a on a.id = d.account_id
           where ($1::text is null or d.channel = $1) and ($2::text is null or d.state = $2)
           order by d.created_at desc, d.id desc limit $3 offset $4`,
    values: [filter.channel, filter.state, asked.limit, asked.offset],
  });
  return z
    .array(logRow)
    .parse(rows)
    .map(({ last_status, created_at, next_try_at, delivered_at, ...row }) => ({
      ...row,
      lastStatus: last_status,
      createdAt: created_at,
      nextTryAt: next_try_at,
      deliveredAt: delivered_at,
    }));
}

const countRow = z.object({ channel: z.enum(CHANNELS), state: z.enum(DELIVERY_STATES), count: z.number() });

export async function countDeliveries(pool: Pool): Promise<z.infer<typeof countRow>[]> {
  const { rows } = await pool.query({
    name: 'office-delivery-counts',
    text: 'select channel, state, count(*)::int as count from notice_delivery group by channel, state',
  });
  return z.array(countRow).parse(rows);
}
