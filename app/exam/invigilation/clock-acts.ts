/** The clock of a running attempt. Instants are whole milliseconds, so time taken and given back adds up exactly. */
export interface AttemptClock {
  readonly deadlineAt: Date;
  /** deadlineAt + grace, always. */
  readonly closeAt: Date;
  /** Since when answering rests; null while it runs. */
  readonly pausedAt: Date | null;
}

export type ClockRefusal = 'ALREADY_PAUSED' | 'NOT_PAUSED' | 'TIME_IS_OVER' | 'BEYOND_HARD_END';
export type ClockDecision =
  | { readonly ok: true; readonly clock: AttemptClock; readonly addedMs: number }
  | { readonly ok: false; readonly code: ClockRefusal; readonly until?: Date | undefined };

/** How far an act may move the end of an attempt. */
export interface HardEnd {
  readonly hardEndAt: Date;
  /** The person who acts has said, with the reason, that this attempt may end after the sitting's hard end. */
  readonly mayPass: boolean;
}

const plus = (instant: Date, ms: number): Date => new Date(instant.getTime() + ms);

/** Shortest and longest extension of one act, minutes. */
export const EXTENSION_MINUTES = { least: 1, most: 180 } as const;

/** Both ends move by the same time. An end that lies beyond the hard end already is not moved further without `mayPass`. */
function moved(clock: AttemptClock, addedMs: number, end: HardEnd): ClockDecision {
  const deadlineAt = plus(clock.deadlineAt, addedMs);
  if (addedMs > 0 && deadlineAt.getTime() > end.hardEndAt.getTime() && !end.mayPass)
    return { ok: false, code: 'BEYOND_HARD_END', until: deadlineAt };
  return { ok: true, clock: { ...clock, deadlineAt, closeAt: plus(clock.closeAt, addedMs) }, addedMs };
}

/** 暂停: answering rests from now on. Refuses ALREADY_PAUSED, and TIME_IS_OVER once no answering time is left. */
export function decidePause(clock: AttemptClock, now: Date): ClockDecision {
  if (clock.pausedAt !== null) return { ok: false, code: 'ALREADY_PAUSED' };
  if (now.getTime() >= clock.deadlineAt.getTime()) return { ok: false, code: 'TIME_IS_OVER' };
  return { ok: true, clock: { ...clock, pausedAt: now }, addedMs: 0 };
}

/**
 * 恢复: gives exactly the paused time back (domain.md §5.5; behaviour.md 2.1). Refuses NOT_PAUSED, and BEYOND_HARD_END
 * with the end it would come to, unless `mayPass`: then the attempt stays paused until a person decides.
 */
export function decideResume(clock: AttemptClock, now: Date, end: HardEnd): ClockDecision {
  if (clock.pausedAt === null) return { ok: false, code: 'NOT_PAUSED' };
  const pausedMs = Math.max(0, now.getTime() - clock.pausedAt.getTime());
  return moved({ ...clock, pausedAt: null }, pausedMs, end);
}

/**
 * 延时: more answering time, also while the exam rests. Refuses TIME_IS_OVER once receiving has ended, and
 * BEYOND_HARD_END as for resuming.
 * @param minutes whole, within `EXTENSION_MINUTES` (checked where the form is read)
 */
export function decideExtension(
  clock: AttemptClock,
  now: Date,
  minutes: number,
  end: HardEnd,
): ClockDecision {
  if (clock.pausedAt === null && now.getTime() > clock.closeAt.getTime())
    return { ok: false, code: 'TIME_IS_OVER' };
  return moved(clock, minutes * 60_000, end);
}

/** Answering time left in milliseconds, 0 when it is over; it stands still during a pause. */
export function remainingMs(clock: Pick<AttemptClock, 'deadlineAt' | 'pausedAt'>, now: Date): number {
  return Math.max(0, clock.deadlineAt.getTime() - (clock.pausedAt ?? now).getTime());
}
