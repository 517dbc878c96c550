import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { NoticeKind } from './notice-kinds.ts';
import { isNoticeKind } from './notice-kinds.ts';

/** Characters of the text that a line of the inbox shows. */
const SNIPPET_LENGTH = 80;

const kind = z.string().refine(isNoticeKind);
const lineRow = z.object({
  id: z.string(),
  kind,
  title: z.string(),
  snippet: z.string(),
  path: z.string().nullable(),
  sent_at: z.date(),
  read_at: z.date().nullable(),
});

export interface InboxRow {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly snippet: string;
  readonly path: string | null;
  readonly sentAt: Date;
  readonly readAt: Date | null;
}

export interface InboxAsked {
  readonly kind: NoticeKind | null;
  readonly unreadOnly: boolean;
  readonly limit: number;
  readonly offset: number;
}

/** The newest first. */
export async function listInbox(pool: Pool, accountId: string, asked: InboxAsked): Promise<InboxRow[]> {
  const { rows } = await pool.query({
    name: 'office-inbox-list',
    text: `select n.id, n.kind, n.title, left(split_part(n.body, E'\\n', 1), ${SNIPPET_LENGTH}) as snippet, n.path,
             r.sent_at, r.read_at
           from notice_receipt r join notice n on n.id = r.notice_id
           where r.account_id = $1 and ($2::text is null or n.kind = $2) and (not $3 or r.read_at is null)
           order by r.sent_at desc, n.id desc limit $4 offset $5`,
    values: [accountId, asked.kind, asked.unreadOnly, asked.limit, asked.offset],
  });
  return z
    .array(lineRow)
    .parse(rows)
    .map(({ sent_at, read_at, ...row }) => ({ ...row, sentAt: sent_at, readAt: read_at }));
}

export interface KindCount {
  readonly kind: NoticeKind;
  readonly total: number;
  readonly unread: number;
}

export async function countInbox(pool: Pool, accountId: string): Promise<KindCount[]> {
  const { rows } = await pool.query({
    name: 'office-inbox-counts',
    text: `select n.kind, count(*)::int as total, count(*) filter (where r.read_at is null)::int as unread
           from notice_receipt r join notice n on n.id = r.notice_id where r.account_id = $1 group by n.kind`,
    values: [accountId],
  });
  return z.array(z.object({ kind, total: z.number(), unread: z.number() })).parse(rows);
}

/** How many unread notices of these kinds; asked for with every page. */
export async function countUnread(
  pool: Pool,
  accountId: string,
  kinds: readonly NoticeKind[],
): Promise<number> {
  const { rows } = await pool.query({
    name: 'office-inbox-unread',
    text: `select count(*)::int as unread from notice_receipt r join notice n on n.id = r.notice_id
           where r.account_id = $1 and r.read_at is null and n.kind = any($2::text[])`,
    values: [accountId, kinds],
  });
  return z.array(z.object({ unread: z.number() })).parse(rows)[0]?.unread ?? 0;
}

const receivedRow = lineRow.omit({ snippet: true }).extend({
  body: z.string(),
  sender: z.string().nullable(),
});

export interface ReceivedNotice extends Omit<InboxRow, 'snippet'> {
  readonly body: string;
  /** Name of the account that sent it; null for the system. */
  readonly sender: string | null;
}

/** A notice as its reader got it; null when it was not addressed to this account. */
export async function findReceived(
  pool: Pool,
  accountId: string,
  noticeId: string,
): Promise<ReceivedNotice | null> {
  const { rows } = await pool.query({
    name: 'office-inbox-notice',
    text: `select n.id, n.kind, n.title, n.body, n.path, r.sent_at, r.read_at, a.display_name as sender
           from notice_receipt r join notice n on n.id = r.notice_id left join account a on a.id = n.actor_id
           where r.account_id = $1 and r.notice_id = $2::uuid`,
    values: [accountId, noticeId],
  });
  const [row] = z.array(receivedRow).parse(rows);
  if (row === undefined) return null;
  const { sent_at, read_at, ...rest } = row;
  return { ...rest, sentAt: sent_at, readAt: read_at };
}

/** Notes the reading of one notice; a second reading changes nothing. @returns its path, null for one not addressed */
export async function noteRead(
  pool: Pool,
  accountId: string,
  noticeId: string,
  at: Date,
): Promise<{ path: string | null } | null> {
  const { rows } = await pool.query({
    name: 'office-inbox-read',
    text: `with noted as (update notice_receipt set read_at = $3
             where account_id = $1 and notice_id = $2::uuid and read_at is null)
           select n.path from notice_receipt r join notice n on n.id = r.notice_id
           where r.account_id = $1 and r.notice_id = $2::uuid`,
    values: [accountId, noticeId, at],
  });
  return z.array(z.object({ path: z.string().nullable() })).parse(rows)[0] ?? null;
}

/** Notes the reading of all that had come when the page was made. @returns how many were unread */
export async function noteAllRead(
  pool: Pool,
  accountId: string,
  asked: { readonly kind: NoticeKind | null; readonly upTo: Date; readonly at: Date },
): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'office-inbox-read-all',
    text: `update notice_receipt r set read_at = $4 from notice n
           where n.id = r.notice_id and r.account_id = $1 and r.read_at is null and r.sent_at <= $3
             and ($2::text is null or n.kind = $2)`,
    values: [accountId, asked.kind, asked.upTo, asked.at],
  });
  return rowCount ?? 0;
}
