import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { NoticeKind } from './notice-kinds.ts';
import { isNoticeKind } from './notice-kinds.ts';

const kind = z.string().refine(isNoticeKind);
const sentRow = z.object({
  id: z.string(),
  kind,
  title: z.string(),
  occurred_at: z.date(),
  addressed: z.number(),
  read: z.number(),
});

/** One notice with how many were addressed and how many have read it. */
export interface SentRow {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly occurredAt: Date;
  readonly addressed: number;
  readonly read: number;
}

const toSent = ({ occurred_at, ...row }: z.infer<typeof sentRow>): SentRow => ({
  ...row,
  occurredAt: occurred_at,
});

export async function countSent(pool: Pool, accountId: string): Promise<number> {
  const { rows } = await pool.query({
    name: 'office-sent-count',
    text: 'select count(*)::int as total from notice where actor_id = $1',
    values: [accountId],
  });
  return z.array(z.object({ total: z.number() })).parse(rows)[0]?.total ?? 0;
}

/** What an account has sent, the newest first. */
export async function listSent(
  pool: Pool,
  accountId: string,
  asked: { readonly limit: number; readonly offset: number },
): Promise<SentRow[]> {
  const { rows } = await pool.query({
    name: 'office-sent-list',
    text: `select n.id, n.kind, n.title, n.occurred_at, r.addressed, r.read
           from (select * from notice where actor_id = $1 order by occurred_at desc, id desc limit $2 offset $3) n,
             lateral (select count(*)::int as addressed, count(read_at)::int as read
                      from notice_receipt where notice_id = n.id) r
           order by n.occurred_at desc, n.id desc`,
    values: [accountId, asked.limit, asked.offset],
  });
  return z.array(sentRow).parse(rows).map(toSent);
}

export interface SentNotice extends SentRow {
  readonly body: string;
  readonly path: string | null;
}

/** A notice that this account sent; null for those of others. */
export async function findSent(pool: Pool, accountId: string, noticeId: string): Promise<SentNotice | null> {
  const { rows } = await pool.query({
    name: 'office-sent-notice',
    text: `select n.id, n.kind, n.title, n.occurred_at, n.body, n.path, r.addressed, r.read
           from notice n, lateral (select count(*)::int as addressed, count(read_at)::int as read
                                   from notice_receipt where notice_id = n.id) r
           where n.id = $2::uuid and n.actor_id = $1`,
    values: [accountId, noticeId],
  });
  const [row] = z.array(sentRow.extend({ body: z.string(), path: z.string().nullable() })).parse(rows);
  return row === undefined ? null : { ...toSent(row), body: row.body, path: row.path };
}

const unitRow = z.object({
  unit_id: z.string().nullable(),
  addressed: z.number(),
  read: z.number(),
  waiting: z.array(z.string()),
});

/** Readers of a notice by the unit they were addressed for. */
export interface UnitReading {
  /** null: persons addressed as such */
  readonly unitId: string | null;
  readonly addressed: number;
  readonly read: number;
  /** Names of those who have not read it, cut at `namesAtMost`. */
  readonly waiting: readonly string[];
}

/** By unit, those with the most unread first. @param namesAtMost names a unit, the rest is counted */
export async function listReadingByUnit(
  pool: Pool,
  noticeId: string,
  namesAtMost: number,
): Promise<UnitReading[]> {
  const { rows } = await pool.query({
    name: 'office-sent-units',
    text: `select r.unit_id, count(*)::int as addressed, count(r.read_at)::int as read,
             coalesce((array_agg(a.display_name order by a.display_name)
               filter (where r.read_at is null))[1:$2], '{}') as waiting
           from notice_receipt r join account a on a.id = r.account_id
           where r.notice_id = $1::uuid group by r.unit_id
           order by count(*) - count(r.read_at) desc, r.unit_id`,
    values: [noticeId, namesAtMost],
  });
  return z
    .array(unitRow)
    .parse(rows)
    .map(({ unit_id, ...row }) => ({ ...row, unitId: unit_id }));
}
