import { useEffect, useRef } from 'react';
import type { AttemptSnapshot } from '../client/state.ts';
import { nextAnnouncement, openAnnouncements } from '../client/timing.ts';
import { clockText } from './room-times.ts';
import type { Notice, Notices } from './use-notices.ts';

const TIME_NEWS = 'time';
/** Nobody is to lose seconds with putting it away: it goes by itself, and the timer stays. */
const SHOWN_MS = 15_000;

/** What is told at a mark of the remaining time. */
export const timeNotice = (minutes: number, deadlineAtMs: number): Notice => ({
  id: TIME_NEWS,
  title: `距离考试结束还有 ${minutes} 分钟`,
  text: `${clockText(deadlineAtMs)} 到时自动交卷。`,
});

/**
 * Says at 30, 10, 5 and 1 minutes how much is left, shown and read out, also to who has hidden the timer.
 * @param isTimeSure a guess of the device's own clock uses up no mark
 */
export function useTimeNews(
  { deadlineAtMs, isTimeSure }: Pick<AttemptSnapshot, 'deadlineAtMs' | 'isTimeSure'>,
  remainingMs: number,
  { say, withdraw }: Pick<Notices, 'say' | 'withdraw'>,
): void {
  const marks = useRef(openAnnouncements(deadlineAtMs, remainingMs));
  const saidAtMs = useRef<number | null>(null);
  useEffect(() => {
    if (!isTimeSure) return;
    const { next, minutes } = nextAnnouncement(marks.current, deadlineAtMs, remainingMs);
    marks.current = next;
    const nowMs = deadlineAtMs - remainingMs;
    if (minutes !== null) {
      saidAtMs.current = nowMs;
      say(timeNotice(minutes, deadlineAtMs));
    } else if (saidAtMs.current !== null && nowMs - saidAtMs.current >= SHOWN_MS) {
      saidAtMs.current = null;
      withdraw(TIME_NEWS);
    }
  }, [deadlineAtMs, isTimeSure, remainingMs, say, withdraw]);
}
