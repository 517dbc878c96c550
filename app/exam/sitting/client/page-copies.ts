/** Names and rules of the paper's copy on the device; known to the page, to the service worker and to signing out. */
const PREFIX = 'zhifa-exam-';
export const WORKER_URL = '/exam-worker.js';
/** The service worker answers for the exam room and for nothing else of the platform. */
export const WORKER_SCOPE = '/attempts/';
/** A page says it to a worker that has not taken it. */
export const TAKE_PAGES = 'take-pages';
/** Every answer of the server below `/attempts` has it; those of something in between have not. */
export const OWN_HEADER = 'X-Exam-Server';
/** The server marks with it the two kinds of page that may be kept: the room with its paper, and the page on which the
 *  bell is waited for, with the paper in its envelope. */
export const PAGE_HEADER = 'X-Exam-Page';
export const ROOM_PAGE = 'room';
export const WAITING_PAGE = 'waiting';
const KEPT_PAGES: readonly (string | null)[] = [ROOM_PAGE, WAITING_PAGE];
/** The device's own clock when the copy was made: it may be years off, but it is the same clock that looks later. */
const KEPT_HEADER = 'X-Kept-At';
/** After this long a copy is nobody's running attempt any more. Far longer than an attempt, because clocks jump. */
const COPY_LIFE_MS = 3 * 24 * 3_600_000;

export const copyName = (attemptId: string): string => `${PREFIX}${attemptId}`;
export const isCopyName = (name: string): boolean => name.startsWith(PREFIX);
export const attemptOfCopy = (name: string): string => name.slice(PREFIX.length);
export const pagePath = (attemptId: string): string => `${WORKER_SCOPE}${attemptId}`;

/** Attempt of an exam page's path, rehearsals among them; null for every other page, results and forms included. */
export function attemptOfPath(path: string): string | null {
  return /^\/attempts\/((?:rehearsal\/)?[0-9a-f]{8}-[0-9a-f-]{27})\/?$/.exec(path)?.[1] ?? null;
}

/** What the worker does with the network's answer to a load of the exam page. */
export type PageVerdict =
  /** The room, or the page before it: shown, and the copy renewed. */
  | 'renew'
  /** Whoever answered says nothing about the attempt: the copy is shown when there is one. */
  | 'use_copy'
  /** Anything else the server says (moved to another device, not this account's): the copy goes. */
  | 'drop';

/**
 * Only what the server itself says counts: a gateway's page, whatever its status, says nothing about the attempt.
 * @param headers of the answer
 */
export function judgePage(status: number, headers: Headers): PageVerdict {
  if (status >= 500 || !headers.has(OWN_HEADER)) return 'use_copy';
  return status === 200 && KEPT_PAGES.includes(headers.get(PAGE_HEADER)) ? 'renew' : 'drop';
}

/**
 * Where a load is led elsewhere: by the server to sign in or to the result, or by a gateway to a page of its own.
 * @param end address at the end of the way; null when it lies on another origin and was not followed
 */
export function judgeRedirect(end: string | null, origin: string): PageVerdict {
  return end !== null && new URL(end).origin === origin ? 'drop' : 'use_copy';
}

/**
 * What is put into a copy: whole, so that nobody holds the copy while a body still comes over the network. The browser has
 * unpacked it already.
 */
export async function stamped(response: Response, nowMs: number): Promise<Response> {
  const headers = new Headers(response.headers);
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  headers.set(KEPT_HEADER, String(nowMs));
  return new Response(await response.arrayBuffer(), { status: response.status, headers });
}

export function isTooOld(kept: Response, nowMs: number): boolean {
  return !(Math.abs(nowMs - Number(kept.headers.get(KEPT_HEADER))) <= COPY_LIFE_MS);
}
