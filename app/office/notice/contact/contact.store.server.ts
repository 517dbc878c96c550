import { z } from 'zod';
import type { Db, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { NoticeKind } from '../notice-kinds.ts';
import { isNoticeKind } from '../notice-kinds.ts';

export interface StoredContact {
  readonly mailCipher: Uint8Array;
  /** Counts changes of the address. */
  readonly version: number;
  readonly mailConfirmedAt: Date | null;
  /** Last answer of the mail server to the confirming mail; null before there was one. */
  readonly lastStatus: string | null;
}

/** One after the other for one person: two tabs do not send twice as many mails. */
export async function lockContactOf(tx: Tx, accountId: string): Promise<void> {
  await tx.$queryRaw`select id from account where id = ${accountId}::uuid for update`;
}

export async function findContact(db: Db | Tx, accountId: string): Promise<StoredContact | null> {
  return db.accountContact.findUnique({
    where: { accountId },
    select: { mailCipher: true, version: true, mailConfirmedAt: true, lastStatus: true },
  });
}

/** Writes another address, unconfirmed. @returns its version */
export async function replaceMail(
  tx: Tx,
  accountId: string,
  mail: { readonly cipher: Uint8Array; readonly keyId: string; readonly at: Date },
): Promise<number> {
  const changed = {
    mailCipher: new Uint8Array(mail.cipher),
    keyId: mail.keyId,
    mailConfirmedAt: null,
    lastStatus: null,
    updatedAt: mail.at,
  };
  const { version } = await tx.accountContact.upsert({
    where: { accountId },
    create: { accountId, ...changed },
    update: { ...changed, version: { increment: 1 } },
    select: { version: true },
  });
  return version;
}

/** Forgets the address and what was asked about it: versions begin anew with the next one. @returns whether there was one */
export async function deleteContact(tx: Tx, accountId: string, now: Date): Promise<boolean> {
  await tx.mailConfirmation.updateMany({ where: { accountId, usedAt: null }, data: { usedAt: now } });
  const { count } = await tx.accountContact.deleteMany({ where: { accountId } });
  return count === 1;
}

/** When the confirming mails since `since` were asked for, the earliest first. */
export async function listConfirmationTimes(tx: Tx, accountId: string, since: Date): Promise<Date[]> {
  const rows = await tx.mailConfirmation.findMany({
    where: { accountId, createdAt: { gt: since } },
    orderBy: { createdAt: 'asc' },
    select: { createdAt: true },
  });
  return rows.map(({ createdAt }) => createdAt);
}

export async function insertConfirmation(
  tx: Tx,
  confirmation: {
    readonly accountId: string;
    readonly version: number;
    readonly at: Date;
    readonly expiresAt: Date;
  },
): Promise<string> {
  const { at, ...rest } = confirmation;
  const id = newId<'MailConfirmation'>();
  await tx.mailConfirmation.create({ data: { id, ...rest, createdAt: at } });
  return id;
}

export interface OpenConfirmation {
  readonly accountId: string;
  readonly version: number;
}

/** A confirmation that was neither used nor has expired. */
export async function findOpenConfirmation(
  db: Db | Tx,
  id: string,
  now: Date,
): Promise<OpenConfirmation | null> {
  return db.mailConfirmation.findFirst({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    select: { accountId: true, version: true },
  });
}

/** @returns whether this use was the first */
export async function takeConfirmation(tx: Tx, id: string, now: Date): Promise<boolean> {
  const { count } = await tx.mailConfirmation.updateMany({
    where: { id, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  return count === 1;
}

/** Notes the address as confirmed if it is still the one that was asked about. @returns whether it is */
export async function noteConfirmed(
  tx: Tx,
  { accountId, version }: OpenConfirmation,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.accountContact.updateMany({
    where: { accountId, version },
    data: { mailConfirmedAt: now, updatedAt: now },
  });
  return count === 1;
}

export async function noteMailStatus(db: Db, asked: OpenConfirmation, status: string): Promise<void> {
  await db.accountContact.updateMany({ where: { ...asked }, data: { lastStatus: status } });
}

/** What the account has said about kinds; those left out follow the default. */
export async function listPreferences(db: Db, accountId: string): Promise<ReadonlyMap<NoticeKind, boolean>> {
  const rows = await db.noticePreference.findMany({
    where: { accountId },
    select: { kind: true, byMail: true },
  });
  const known = z.array(z.object({ kind: z.string(), byMail: z.boolean() })).parse(rows);
  return new Map(known.flatMap(({ kind, byMail }) => (isNoticeKind(kind) ? [[kind, byMail] as const] : [])));
}

export async function savePreferences(
  tx: Tx,
  accountId: string,
  choices: ReadonlyMap<NoticeKind, boolean>,
  at: Date,
): Promise<void> {
  for (const [kind, byMail] of choices)
    await tx.noticePreference.upsert({
      where: { accountId_kind: { accountId, kind } },
      create: { accountId, kind, byMail, updatedAt: at },
      update: { byMail, updatedAt: at },
    });
}
