import { timingSafeEqual } from 'node:crypto';
import { isId, newId } from '#app/platform/ids/id.ts';
import type { Secrets } from '#app/platform/secret/keys.server.ts';

/**
 * Tells that a browser has signed in with a ticket before. It opens nothing: only wrong numbers typed elsewhere do not
 * count against it.
 */
const COOKIE = 'zhifa_door';
const COOKIE_SECONDS = 12 * 3600;
const KNOWN = /(?:^|;\s*)zhifa_door=([0-9a-f-]{36})\.([\w-]{43})(?:;|$)/;

const proofOf = (secrets: Secrets, id: string, ticketNo: string): string =>
  secrets.lookupHash('device_token', `door\n${id}\n${ticketNo}`).toString('base64url');

/** Id of this browser, where it has signed in with this ticket; null for every other. */
export function knownDoorDevice(
  secrets: Secrets,
  cookieHeader: string | null,
  ticketNo: string,
): string | null {
  const [, id, given] = KNOWN.exec(cookieHeader ?? '') ?? [];
  if (!isId(id) || given === undefined) return null;
  return timingSafeEqual(Buffer.from(given), Buffer.from(proofOf(secrets, id, ticketNo))) ? id : null;
}

/** @param isSecure people reach the server over TLS */
export function doorDeviceCookie(secrets: Secrets, ticketNo: string, isSecure: boolean): string {
  const id = newId();
  const parts = [
    `${COOKIE}=${id}.${proofOf(secrets, id, ticketNo)}`,
    'Path=/exam-door',
    `Max-Age=${COOKIE_SECONDS}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ');
}
