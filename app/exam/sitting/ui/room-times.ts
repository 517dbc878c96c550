import { formatTime } from '#app/platform/time/day.ts';
import type { RoomView } from '../attempt-view.server.ts';
import type { AttemptSnapshot } from '../client/state.ts';

const SECOND_MS = 1_000;
/** The page's idea of the server's time may be ahead by half a request: it asks for the hand-in this much later. */
const HAND_IN_MARGIN_MS = SECOND_MS;

/** `10:30`, and `10:30:27` where the clock of an attempt does not end on the minute. */
export const clockText = (atMs: number): string => formatTime(new Date(atMs)).replace(/:00$/, '');

/**
 * From when this attempt may be handed in, rounded up to the second; null once it may (or always could).
 * @param remainingMs until the deadline, by the server's time
 */
export function handInWaitsUntil(
  {
    handInFromMs,
    start,
  }: Pick<RoomView, 'handInFromMs'> & { readonly start: Pick<RoomView['start'], 'serverNowMs'> },
  deadlineAtMs: number,
  remainingMs: number,
): number | null {
  const nowMs = deadlineAtMs - remainingMs;
  // What was open when the page was rendered stays open; the margin is for who sees it open.
  if (start.serverNowMs >= handInFromMs || nowMs >= handInFromMs + HAND_IN_MARGIN_MS) return null;
  return Math.ceil(handInFromMs / SECOND_MS) * SECOND_MS;
}

/** Stands beside the name: `10:30 结束，09:30 起可以交卷`. While the exam rests nobody knows its end. */
export function timesText(
  { deadlineAtMs, pausedAtMs }: Pick<AttemptSnapshot, 'deadlineAtMs' | 'pausedAtMs'>,
  handInWaitMs: number | null,
): string {
  const end = pausedAtMs === null ? `${clockText(deadlineAtMs)} 结束` : '结束时间顺延';
  return handInWaitMs === null ? end : `${end}，${clockText(handInWaitMs)} 起可以交卷`;
}
