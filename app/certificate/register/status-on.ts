import type { Day } from '#app/platform/time/day.ts';
import type { CertificateState, ShownStanding } from './certificate.ts';
import { expiredSince, shownStanding } from './certificate.ts';
import type { EventKind } from './transition-table.ts';

/** What the fold needs of one event. Bitemporal: true from `effectiveFromDay`, known since `recordedAt`. */
export interface StatusEvent {
  readonly seq: number;
  readonly kind: EventKind;
  readonly toState: CertificateState;
  readonly effectiveFromDay: Day;
  /** Last day of a suspension. */
  readonly effectiveToDay: Day | null;
  readonly recordedAt: Date;
}

export interface Status {
  readonly state: CertificateState;
  readonly isLost: boolean;
  /** Day from which this state holds. */
  readonly stateSinceDay: Day;
  /** While suspended: first day of the hold and the last day ordered so far. */
  readonly suspendedFromDay: Day | null;
  readonly suspendedUntilDay: Day | null;
  /** Loss, expiry and state put together, as people are told, and since when. */
  readonly shown: ShownStanding;
  readonly shownSinceDay: Day;
  /** Effect day of the last event that was taken in. */
  readonly lastEffectiveDay: Day;
}

/** Papers on their way and who keeps the card meanwhile change nothing; everything else may. */
const CHANGES_NOTHING: readonly EventKind[] = [
  'decision_proposed',
  'decision_declined',
  'expiry_recorded',
  'custody_began',
  'custody_ended',
];
const changesNothing = (kind: EventKind): boolean => CHANGES_NOTHING.includes(kind);

interface Folded {
  readonly state: CertificateState;
  readonly stateSinceDay: Day;
  readonly lostSinceDay: Day | null;
  readonly suspendedFromDay: Day | null;
  readonly suspendedUntilDay: Day | null;
  readonly lastEffectiveDay: Day;
}

function take(before: Folded | null, event: StatusEvent): Folded {
  const isNewState = before === null || before.state !== event.toState;
  const isOut = event.toState === 'active' || event.toState === 'suspended';
  const lostBefore = isOut && event.kind !== 'corrected' ? (before?.lostSinceDay ?? null) : null;
  const isSuspended = event.toState === 'suspended';
  return {
    state: event.toState,
    stateSinceDay: isNewState ? event.effectiveFromDay : before.stateSinceDay,
    lostSinceDay: event.kind === 'loss_reported' ? event.effectiveFromDay : lostBefore,
    suspendedFromDay: isSuspended ? (before?.suspendedFromDay ?? event.effectiveFromDay) : null,
    suspendedUntilDay: isSuspended ? (event.effectiveToDay ?? before?.suspendedUntilDay ?? null) : null,
    lastEffectiveDay: event.effectiveFromDay,
  };
}

/**
 * The card on `day`, as known at `knownAt` (null = everything known by now): the fold of the events recorded by then
 * that had taken effect, in the order (effect day, seq). A correction takes effect on the day it puts right, so it
 * replaces what was wrong from that day on, and is unknown to whoever asks for an earlier `knownAt`.
 * @returns null when the card did not exist on that day, or nothing was known of it
 */
export function statusOn(
  events: readonly StatusEvent[],
  validToDay: Day,
  day: Day,
  knownAt: Date | null = null,
): Status | null {
  const counting = events
    .filter((event) => !changesNothing(event.kind) && event.effectiveFromDay <= day)
    .filter((event) => knownAt === null || event.recordedAt <= knownAt)
    .sort((a, b) =>
      a.effectiveFromDay === b.effectiveFromDay
        ? a.seq - b.seq
        : a.effectiveFromDay < b.effectiveFromDay
          ? -1
          : 1,
    );
  const folded = counting.reduce<Folded | null>(take, null);
  if (folded === null) return null;
  const isLost = folded.lostSinceDay !== null;
  const shown = shownStanding(folded.state, isLost, validToDay, day);
  return {
    state: folded.state,
    isLost,
    stateSinceDay: folded.stateSinceDay,
    suspendedFromDay: folded.suspendedFromDay,
    suspendedUntilDay: folded.suspendedUntilDay,
    shown,
    shownSinceDay:
      shown === 'expired'
        ? expiredSince(validToDay)
        : shown === 'lost'
          ? (folded.lostSinceDay ?? folded.stateSinceDay)
          : folded.stateSinceDay,
    lastEffectiveDay: folded.lastEffectiveDay,
  };
}
