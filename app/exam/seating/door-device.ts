/** Tells one browser at the exam door from another; nothing hangs on it but the limit of tries. */
const COOKIE = 'zhifa_door';
const COOKIE_SECONDS = 12 * 3600;
const KNOWN = /(?:^|;\s*)zhifa_door=([0-9a-f-]{36})(?:;|$)/;

export function readDoorDevice(cookieHeader: string | null): string | null {
  return KNOWN.exec(cookieHeader ?? '')?.[1] ?? null;
}

/** @param id fresh, of this browser  @param isSecure people reach the server over TLS */
export function doorDeviceCookie(id: string, isSecure: boolean): string {
  const parts = [
    `${COOKIE}=${id}`,
    'Path=/exam-door',
    `Max-Age=${COOKIE_SECONDS}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  return [...parts, ...(isSecure ? ['Secure'] : [])].join('; ');
}
