import { assertNever } from '#app/platform/result/invariant.ts';
import type { Act, LeftCode } from './act.ts';
import type { AttemptClock, ClockDecision } from './clock-acts.ts';
import { decideExtension, decidePause, decideResume } from './clock-acts.ts';

/** A running or ended attempt as the act finds it, under its lock. */
export interface ActAttempt extends AttemptClock {
  readonly state: string;
  /** Ahead of now for who still waits for the bell. */
  readonly startedAt: Date;
  readonly deviceReleasedAt: Date | null;
}

/** One candidate as the act finds them. */
export interface ActCandidate {
  /** The candidate is the person who acts, under whatever account. */
  readonly isOwn: boolean;
  readonly admittedAt: Date | null;
  /** Null before the start. */
  readonly attempt: ActAttempt | null;
}

export interface ActSitting {
  readonly hardEndAt: Date;
  readonly needsDeviceRelease: boolean;
}

/** What an act makes of one candidate. `end` is closed and graded by the command. */
export type ActDecision =
  | { readonly kind: 'admission'; readonly admittedAt: Date | null }
  | { readonly kind: 'clock'; readonly clock: AttemptClock; readonly addedMs: number }
  | { readonly kind: 'release'; readonly at: Date }
  | { readonly kind: 'note' }
  | { readonly kind: 'end' }
  | { readonly kind: 'left'; readonly code: LeftCode };

/** Waiting for the bell costs no time, so a pause that begins before it gives back only what comes after. */
const restsFrom = ({ startedAt }: ActAttempt, now: Date): Date =>
  startedAt.getTime() > now.getTime() ? startedAt : now;

const left = (code: LeftCode): ActDecision => ({ kind: 'left', code });
const ofClock = (decision: ClockDecision): ActDecision =>
  decision.ok ? { kind: 'clock', clock: decision.clock, addedMs: decision.addedMs } : left(decision.code);

function decideAdmission(candidate: ActCandidate, isGiven: boolean, now: Date): ActDecision {
  if (isGiven)
    return candidate.admittedAt ? left('ALREADY_ADMITTED') : { kind: 'admission', admittedAt: now };
  if (candidate.attempt) return left('ALREADY_STARTED');
  return candidate.admittedAt ? { kind: 'admission', admittedAt: null } : left('NOT_ADMITTED');
}

/**
 * What an act means for one candidate now. Nobody acts on the own exam (OWN_ATTEMPT); only a message to the room is told
 * to everybody in it. Everything but admission needs a running attempt: who has ended stays ended
 * (ATTEMPT_CLOSED), whoever was first. Messages and marks change no time and no answer.
 */
export function decideAct(act: Act, candidate: ActCandidate, sitting: ActSitting, now: Date): ActDecision {
  if (candidate.isOwn && act.kind !== 'message') return left('OWN_ATTEMPT');
  if (act.kind === 'admit' || act.kind === 'withdraw_admission')
    return decideAdmission(candidate, act.kind === 'admit', now);
  const { attempt } = candidate;
  if (!attempt) return left('NOT_STARTED');
  // What was noticed may be written down after the end, too.
  if (act.kind === 'mark_irregular') return { kind: 'note' };
  if (attempt.state !== 'in_progress') return left('ATTEMPT_CLOSED');
  switch (act.kind) {
    case 'pause':
      return ofClock(decidePause(attempt, restsFrom(attempt, now)));
    case 'resume':
      return ofClock(decideResume(attempt, now, { ...sitting, mayPass: act.mayPassHardEnd }));
    case 'extend':
      return ofClock(decideExtension(attempt, now, act.minutes, { ...sitting, mayPass: act.mayPassHardEnd }));
    case 'message':
      return { kind: 'note' };
    case 'release_device':
      if (!sitting.needsDeviceRelease) return left('RELEASE_NOT_NEEDED');
      return attempt.deviceReleasedAt ? left('ALREADY_RELEASED') : { kind: 'release', at: now };
    case 'end':
      return { kind: 'end' };
    default:
      return assertNever(act);
  }
}
