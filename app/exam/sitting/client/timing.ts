/** An answer leaves the device at most this long after it was given. */
export const DEBOUNCE_MS = 400;
/** One tab of an attempt sends for all; another one helps itself when nothing was confirmed by then. A leading tab in
 *  the background may be slowed down by the browser to one timer a minute. */
export const FOLLOWER_MS = 1_000;
/** What the other tabs have is left to them and the leading one this long. */
export const OTHER_TAB_MS = 10_000;
/** How often an idle page asks for the time and the state: a pause or a message takes at most 19 s to arrive. */
const HEARTBEAT_MS = 15_000;
/** While the exam rests, how often it asks whether it goes on. */
const PAUSED_MS = 5_000;
/** The others hear it from the leading tab, and ask themselves only when that has fallen silent. */
const FOLLOWER_HEARTBEAT_MS = 75_000;
/** After the deadline the page waits to hear that the attempt was closed. */
const CLOSING_MS = 3_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
const SIGNED_OUT_RETRY_MS = 15_000;
/** A wall clock that moves this much against the running one was set, or the device slept. */
const CLOCK_JUMP_MS = 2_000;

/** Pause before try `failures + 1`: doubles from 1 s to 30 s, with the upper half spread at random. */
export function backoffMs(failures: number, random: number): number {
  const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full / 2 + (full / 2) * random);
}

export function heartbeatMs(random: number, isLeading: boolean): number {
  return Math.round((isLeading ? HEARTBEAT_MS : FOLLOWER_HEARTBEAT_MS) * (0.75 + random / 2));
}

export function pausedMs(random: number): number {
  return Math.round(PAUSED_MS * (0.75 + random / 2));
}

export function closingMs(random: number): number {
  return Math.round(CLOSING_MS * (1 + random));
}

export function signedOutRetryMs(random: number): number {
  return Math.round(SIGNED_OUT_RETRY_MS * (1 + random / 2));
}

/** The server's time as last heard, carried on by the device's running clock. */
export interface ServerTime {
  readonly serverMs: number;
  readonly monotonicMs: number;
  readonly wallMs: number;
  /** Heard from the server by this very page. Otherwise a guess from the device's clock, good for showing only. */
  readonly isSure: boolean;
}

/** @param sentMs @param receivedMs running clock around the request; the answer is taken to be from the middle */
export function serverTimeFrom(
  serverNowMs: number,
  clock: { sentMs: number; receivedMs: number; wallMs: number },
): ServerTime {
  const halfTrip = Math.max(0, clock.receivedMs - clock.sentMs) / 2;
  return {
    serverMs: serverNowMs + halfTrip,
    monotonicMs: clock.receivedMs,
    wallMs: clock.wallMs,
    isSure: true,
  };
}

/** A guess after a load without network: the last time heard, carried on by the wall clock, never backwards. */
export function guessedTime(
  last: { readonly serverMs: number; readonly wallMs: number },
  clock: { monotonicMs: number; wallMs: number },
): ServerTime {
  const gone = Math.max(0, clock.wallMs - last.wallMs);
  return { serverMs: last.serverMs + gone, ...clock, isSure: false };
}

/**
 * What is left of a known time once the device's clocks disagree and nobody answers: a guess. The larger of both spans has
 * gone, as by far the most such devices have slept, and nobody should plan with time that is over.
 */
export function doubtedTime(time: ServerTime, clock: { monotonicMs: number; wallMs: number }): ServerTime {
  const gone = Math.max(clock.monotonicMs - time.monotonicMs, clock.wallMs - time.wallMs);
  return { serverMs: time.serverMs + gone, ...clock, isSure: false };
}

const LAST_WALL_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** The device's wall clock as an answer carries it; one that is off beyond the years 1970 to 9999 says the nearest. */
export function clientTimeOf(wallMs: number): string {
  return new Date(Math.min(Math.max(0, wallMs), LAST_WALL_MS)).toISOString();
}

export function serverNowMs(time: ServerTime, monotonicMs: number): number {
  return time.serverMs + (monotonicMs - time.monotonicMs);
}

/** True when the device's clocks disagree about how much time has passed: then the server has to be asked again. */
export function hasClockJumped(time: ServerTime, monotonicMs: number, wallMs: number): boolean {
  const running = monotonicMs - time.monotonicMs;
  return Math.abs(wallMs - time.wallMs - running) > CLOCK_JUMP_MS;
}

/** Minutes left at which the remaining time is announced (ui.md, Exam room). */
export const ANNOUNCED_MINUTES = [30, 10, 5, 1] as const;

/** Which marks of the remaining time are still to be announced, and for which deadline. */
export interface Announcements {
  readonly deadlineAtMs: number;
  readonly dueMinutes: readonly number[];
}

/** Marks already behind are not made up for: who opens the page with nine minutes left hears of five next. */
export function openAnnouncements(deadlineAtMs: number, remainingMs: number): Announcements {
  return { deadlineAtMs, dueMinutes: ANNOUNCED_MINUTES.filter((minutes) => minutes * 60_000 < remainingMs) };
}

/** A mark that was missed for longer (the device slept) is not told any more: what it says would be wrong. */
const MARK_LATE_MS = 60_000;

/**
 * The mark that became due at this look, or null. Each is announced once for a deadline, also when a correction of the
 * clock makes the remaining time grow again by a moment; a deadline that was moved gives back the marks ahead of it.
 */
export function nextAnnouncement(
  before: Announcements,
  deadlineAtMs: number,
  remainingMs: number,
): { readonly next: Announcements; readonly minutes: number | null } {
  const known = before.deadlineAtMs === deadlineAtMs ? before : openAnnouncements(deadlineAtMs, remainingMs);
  const due = known.dueMinutes.filter((minutes) => remainingMs <= minutes * 60_000);
  const dueMinutes = known.dueMinutes.filter((minutes) => !due.includes(minutes));
  const last = due[due.length - 1];
  const isFresh = last !== undefined && remainingMs > last * 60_000 - MARK_LATE_MS;
  return { next: { deadlineAtMs, dueMinutes }, minutes: isFresh ? last : null };
}

/** `1:05:09`, `05:09`; nothing below zero. Rounded up, so that 00:00 is only shown when it is over. */
export function remainingText(remainingMs: number): string {
  const total = Math.max(0, Math.ceil(remainingMs / 1000));
  const pad = (value: number): string => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${pad(minutes)}:${pad(seconds)}`;
}
