/** 场次的时间规则. Instants come from the server's clock; the candidate's device has no say (design.md §3, Exam time). */
export interface SittingTimes {
  readonly opensAt: Date;
  /** Last instant at which an attempt may start. */
  readonly latestEntryAt: Date;
  /** No attempt goes on after this instant, whenever it started. */
  readonly hardEndAt: Date;
  readonly durationSeconds: number;
  /** Time for what is under way when answering ends. */
  readonly graceSeconds: number;
  /** Counted from the attempt's own start. */
  readonly earliestHandInSeconds: number;
  /** `own`: the clock starts with the candidate; `bell`: for everybody at `opensAt`. */
  readonly startMode: 'own' | 'bell';
}

const plusSeconds = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000);
const earlier = (a: Date, b: Date): Date => (a.getTime() <= b.getTime() ? a : b);

/** When answering ends for an attempt that starts at `startedAt`: its full duration, but never beyond the hard end. */
export function deadlineAt(times: SittingTimes, startedAt: Date): Date {
  const from = times.startMode === 'bell' ? times.opensAt : startedAt;
  return earlier(plusSeconds(from, times.durationSeconds), times.hardEndAt);
}

/** When receiving ends. Exactly the answers received by this instant are graded, the instant itself included. */
export function closeAt(deadline: Date, graceSeconds: number): Date {
  return plusSeconds(deadline, graceSeconds);
}

/** True once nothing more is received for counting. While the exam rests nothing ends: the time is given back.
 *  @param pausedAt since when it rests by an act of the invigilator; null while it runs */
export function isClosed(now: Date, close: Date, pausedAt: Date | null = null): boolean {
  return pausedAt === null && now.getTime() > close.getTime();
}

/** First instant at which this attempt may be handed in. */
export function handInFrom(startedAt: Date, earliestHandInSeconds: number): Date {
  return plusSeconds(startedAt, earliestHandInSeconds);
}
