/** What one try to deliver came to. `status` is a code, never a text of the other side: that may name an address. */
export type Attempt =
  | { readonly kind: 'delivered'; readonly status: string }
  /** The other side will never take it. */
  | { readonly kind: 'refused'; readonly status: string }
  /** Not now. `isAway`: the other side was not reached, so nothing else would reach it either. */
  | { readonly kind: 'failed'; readonly status: string; readonly isAway: boolean };

/** Seconds to wait after the first, second, … failed try: 1 min, 5 min, 15 min, 1 h, 3 h, 6 h, 12 h. */
const RETRY_SECONDS = [60, 300, 900, 3_600, 10_800, 21_600, 43_200] as const;

/** The first try and one after each wait. */
export const MAX_TRIES = RETRY_SECONDS.length + 1;

export interface Settled {
  readonly state: 'waiting' | 'delivered' | 'failed';
  readonly nextTryAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly lastStatus: string;
}

/** Where a delivery stands after a try. @param tries tries made so far, this one included, from 1 */
export function settle(attempt: Attempt, tries: number, now: Date): Settled {
  const { status: lastStatus } = attempt;
  if (attempt.kind === 'delivered')
    return { state: 'delivered', nextTryAt: null, deliveredAt: now, lastStatus };
  const waitSeconds = attempt.kind === 'failed' ? RETRY_SECONDS[tries - 1] : undefined;
  if (waitSeconds === undefined) return { state: 'failed', nextTryAt: null, deliveredAt: null, lastStatus };
  const nextTryAt = new Date(now.getTime() + waitSeconds * 1_000);
  return { state: 'waiting', nextTryAt, deliveredAt: null, lastStatus };
}
