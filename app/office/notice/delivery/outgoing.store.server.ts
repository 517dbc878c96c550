import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import type { NoticeKind } from '../notice-kinds.ts';
import { isNoticeKind } from '../notice-kinds.ts';

const kind = z.string().refine(isNoticeKind);
const bytes = z.instanceof(Uint8Array);

/**
 * Readers of a notice who want its kind by mail: with an account in use, an address they confirmed, and no word against
 * it. @param byDefault whether the kind goes out while a reader has said nothing
 */
export async function listMailReaders(tx: Tx, noticeId: string, byDefault: boolean): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select r.account_id::text as id from notice_receipt r join notice n on n.id = r.notice_id
      join account a on a.id = r.account_id and a.status = 'active'
      join account_contact c on c.account_id = r.account_id and c.mail_confirmed_at is not null
      left join notice_preference p on p.account_id = r.account_id and p.kind = n.kind
    where r.notice_id = ${noticeId}::uuid and coalesce(p.by_mail, ${byDefault})
    order by r.account_id`;
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(({ id }) => id);
}

export async function findKind(tx: Tx, noticeId: string): Promise<NoticeKind | null> {
  const notice = await tx.notice.findUnique({ where: { id: noticeId }, select: { kind: true } });
  return notice === null ? null : kind.parse(notice.kind);
}

const noticeRow = z.object({
  id: z.string(),
  kind,
  title: z.string(),
  body: z.string(),
  path: z.string().nullable(),
  occurred_at: z.date(),
});

export interface OutgoingNotice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  readonly path: string | null;
  readonly occurredAt: Date;
}

export async function findOutgoing(pool: Pool, noticeId: string): Promise<OutgoingNotice | null> {
  const { rows } = await pool.query({
    name: 'office-outgoing-notice',
    text: 'select id, kind, title, body, path, occurred_at from notice where id = $1::uuid',
    values: [noticeId],
  });
  const [row] = z.array(noticeRow).parse(rows);
  if (row === undefined) return null;
  const { occurred_at, ...rest } = row;
  return { ...rest, occurredAt: occurred_at };
}

/** Confirmed address of an account in use, as ciphertext; null when there is none any more. */
export async function findMailCipher(pool: Pool, accountId: string): Promise<Uint8Array | null> {
  const { rows } = await pool.query({
    name: 'office-outgoing-mail',
    text: `select c.mail_cipher from account_contact c join account a on a.id = c.account_id and a.status = 'active'
           where c.account_id = $1 and c.mail_confirmed_at is not null`,
    values: [accountId],
  });
  return z.array(z.object({ mail_cipher: bytes })).parse(rows)[0]?.mail_cipher ?? null;
}

const readerRow = z.object({
  login: z.string(),
  person_id: z.string().nullable(),
  phone_cipher: bytes.nullable(),
});

export interface GatewayReader {
  readonly login: string;
  readonly personId: string | null;
  readonly phoneCipher: Uint8Array | null;
}

/** Everybody a notice was sent to whose account is in use, with the phone the register holds as ciphertext. */
export async function listGatewayReaders(pool: Pool, noticeId: string): Promise<GatewayReader[]> {
  const { rows } = await pool.query({
    name: 'office-outgoing-readers',
    text: `select a.login, a.person_id, s.phone_cipher from notice_receipt r
             join account a on a.id = r.account_id and a.status = 'active'
             left join person_secret s on s.person_id = a.person_id
           where r.notice_id = $1::uuid order by a.login`,
    values: [noticeId],
  });
  return z
    .array(readerRow)
    .parse(rows)
    .map((row) => ({ login: row.login, personId: row.person_id, phoneCipher: row.phone_cipher }));
}
