import { timingSafeEqual } from 'node:crypto';
import { isId } from '#app/platform/ids/id.ts';
import type { Secrets } from '#app/platform/secret/keys.server.ts';

/** Binds a ciphertext to its row: it cannot be moved to another account. */
const mailContext = (accountId: string): string => `account:${accountId}:mail`;

export function sealMail(secrets: Secrets, accountId: string, mail: string): Buffer {
  return secrets.encrypt('field_encryption', Buffer.from(mail, 'utf8'), mailContext(accountId));
}

export function openMail(secrets: Secrets, accountId: string, sealed: Uint8Array): string {
  return secrets.decrypt('field_encryption', Buffer.from(sealed), mailContext(accountId)).toString('utf8');
}

const macOf = (secrets: Secrets, confirmationId: string): string =>
  secrets.lookupHash('mail_confirmation', confirmationId).toString('hex');

/**
 * What a confirming link carries: the confirmation's id and its keyed hash. Nothing secret is stored, and a mail that
 * is tried again carries the same link.
 */
export function confirmationToken(secrets: Secrets, confirmationId: string): string {
  return `${confirmationId}.${macOf(secrets, confirmationId)}`;
}

/** Id of the confirmation a token was made for; null for anything we did not make. */
export function readConfirmationToken(secrets: Secrets, token: string): string | null {
  const [id = '', mac = ''] = token.split('.');
  if (!isId(id)) return null;
  const expected = Buffer.from(macOf(secrets, id));
  const given = Buffer.from(mac);
  return given.length === expected.length && timingSafeEqual(given, expected) ? id : null;
}
