import { deadlineAt } from './deadline.ts';
import type { SittingTimes } from './deadline.ts';
import type { RegistrationStatus } from './registration.ts';

export type AttemptState = 'in_progress' | 'handed_in' | 'expired' | 'finalised' | 'void';

export interface EntryAttempt {
  readonly id: string;
  readonly attemptNo: number;
  readonly state: AttemptState;
  readonly deadlineAt: Date;
  /** Of a void attempt; null for every other. */
  readonly voidGround: 'misconduct' | 'disturbance' | null;
}

/** What decides whether a registered person may sit now. */
export interface EntryFacts extends SittingTimes {
  readonly sittingStatus: 'draft' | 'published' | 'closed' | 'cancelled';
  readonly registrationStatus: RegistrationStatus;
  readonly attemptLimit: number;
  /** Ascending by number. */
  readonly attempts: readonly EntryAttempt[];
  /** True when the sitting asks for no course or the course is completed. */
  readonly isPreconditionMet: boolean;
  /** 入场 begins; null: with the opening. */
  readonly checkInFrom: Date | null;
  /** The paper of this try is sealed and its set released by two people: it may lie encrypted on the machine. */
  readonly mayLieAhead: boolean;
}

export type EntryRefusal =
  | 'SITTING_NOT_HELD'
  | 'REGISTRATION_NOT_APPROVED'
  | 'ATTEMPTS_USED_UP'
  | 'NOT_OPEN_YET'
  | 'ENTRY_CLOSED'
  | 'COURSE_NOT_COMPLETED';

/** What a candidate can do with a sitting now. The page and the start command ask the same function. */
export type Entry =
  | { readonly kind: 'running'; readonly attempt: EntryAttempt }
  | { readonly kind: 'may_start'; readonly attemptNo: number; readonly deadlineAt: Date }
  /** 候考: the attempt is made now and begins with the bell. */
  | {
      readonly kind: 'may_check_in';
      readonly attemptNo: number;
      readonly deadlineAt: Date;
      readonly bellAt: Date;
    }
  | { readonly kind: 'refused'; readonly code: EntryRefusal };

const refuse = (code: EntryRefusal): Entry => ({ kind: 'refused', code });

/** An attempt that is void for a disturbance does not use up a try; one for misconduct uses up all of them. */
function hasTriesLeft({ attempts, attemptLimit }: EntryFacts): boolean {
  if (attempts.some((attempt) => attempt.voidGround === 'misconduct')) return false;
  return attempts.filter((attempt) => attempt.state !== 'void').length < attemptLimit;
}

/** 候考 is for exams with a common bell whose papers lie ahead, from the check-in on (`ahead/`). */
const mayCheckIn = ({ startMode, mayLieAhead, checkInFrom }: EntryFacts, now: Date): boolean =>
  startMode === 'bell' && mayLieAhead && checkInFrom !== null && now.getTime() >= checkInFrom.getTime();

/** Order of the checks = order in which a person can do something about them. */
export function decideEntry(facts: EntryFacts, now: Date): Entry {
  const running = facts.attempts.find((attempt) => attempt.state === 'in_progress');
  if (running) return { kind: 'running', attempt: running };
  if (facts.sittingStatus !== 'published') return refuse('SITTING_NOT_HELD');
  if (facts.registrationStatus !== 'approved') return refuse('REGISTRATION_NOT_APPROVED');
  if (!hasTriesLeft(facts)) return refuse('ATTEMPTS_USED_UP');
  if (now.getTime() > facts.latestEntryAt.getTime()) return refuse('ENTRY_CLOSED');
  const deadline = deadlineAt(facts, now);
  // An entry at the very end of a bell sitting would leave no time at all.
  if (deadline.getTime() <= now.getTime()) return refuse('ENTRY_CLOSED');
  if (!facts.isPreconditionMet) return refuse('COURSE_NOT_COMPLETED');
  const last = facts.attempts[facts.attempts.length - 1];
  const attemptNo = (last?.attemptNo ?? 0) + 1;
  if (now.getTime() >= facts.opensAt.getTime()) return { kind: 'may_start', attemptNo, deadlineAt: deadline };
  return mayCheckIn(facts, now)
    ? { kind: 'may_check_in', attemptNo, deadlineAt: deadline, bellAt: facts.opensAt }
    : refuse('NOT_OPEN_YET');
}
