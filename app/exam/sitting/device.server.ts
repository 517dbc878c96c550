import type { Secrets } from '#app/platform/secret/keys.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';

/** The device's proof that it is the one on which the attempt goes on. Cookies of this path reach the exam room only. */
const COOKIE_PATH = '/attempts';
const COOKIE_SECONDS = 24 * 3600;

/** One cookie per attempt, so that two attempts in one browser do not overwrite each other. */
function cookieName(attemptId: string): string {
  return `zhifa_device_${attemptId.slice(-12)}`;
}

/**
 * The device's key for a start or a takeover. Derived from the command's id, so that the same form sent twice gives the
 * same key and neither answer locks the browser out.
 * @param scope the registration (start) or the attempt (takeover)
 */
export function deviceKey(secrets: Secrets, scope: string, commandId: string): string {
  return secrets.lookupHash('device_token', `${scope}\n${commandId}`).toString('base64url');
}

/** What the attempt stores of the key. */
export function hashDeviceKey(key: string): Buffer {
  return sha256(`device:${key}`);
}

/** The key a request shows for this attempt; the empty text when it shows none. */
export function readDeviceKey(cookieHeader: string | null | undefined, attemptId: string): string {
  const wanted = `${cookieName(attemptId)}=`;
  const found = (cookieHeader ?? '').split('; ').find((part) => part.startsWith(wanted));
  return found?.slice(wanted.length) ?? '';
}

/** @param isSecure people reach the server over TLS */
export function deviceCookie(attemptId: string, key: string, isSecure: boolean): string {
  const parts = [
    `${cookieName(attemptId)}=${key}`,
    `Path=${COOKIE_PATH}`,
    `Max-Age=${COOKIE_SECONDS}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ');
}
