import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { EntryBasis } from '../ledger/entry.ts';
import { measuredCredit, splitByWeight } from '../ledger/hours.ts';
import { measureSeconds, secondsByDay } from '../ledger/interval.ts';
import { OFF_POST } from '../ledger/off-post.ts';
import type { Attendance, AttendanceState } from './attendance.ts';
import { attendanceState, presentStretches, unmarkedBlocks } from './attendance.ts';
import type { SessionStatus, TrainingSession } from './session.ts';
import { scheduledSeconds, sessionEnd } from './session.ts';

export interface CreditPolicy {
  /** Below this share of the scheduled time a class with stated hours credits nothing (domain.md §4.2 case 8). */
  readonly attendanceMinimumPercent: number;
  /** Minutes of a 学时 where hours are not stated (HY3: 45). */
  readonly minutesPerCreditHour: number;
}

/** What closing the class gives one person. */
export interface PersonCredit {
  readonly personId: string;
  readonly state: Exclude<AttendanceState, 'unmarked'>;
  readonly presentSeconds: number;
  readonly creditSeconds: number;
  /** The credit on each day attended; a class over New Year falls into both years (domain.md §4.1). */
  readonly days: readonly { readonly day: Day; readonly creditSeconds: number }[];
  /** True when there was attendance, but less than the minimum. */
  readonly isBelowMinimum: boolean;
  readonly basis: EntryBasis;
}

export type CloseRefusal =
  | 'SESSION_ALREADY_CLOSED'
  | 'SESSION_CANCELLED'
  | 'SESSION_NOT_OVER'
  | 'NOBODY_ENROLLED'
  | 'ATTENDANCE_INCOMPLETE';

/** Why a class cannot be closed now, whatever its attendance; null when it can. @param now epoch second */
export function closeRefusal(
  session: { readonly status: SessionStatus; readonly blocks: TrainingSession['blocks'] },
  now: number,
): 'SESSION_ALREADY_CLOSED' | 'SESSION_CANCELLED' | 'SESSION_NOT_OVER' | null {
  if (session.status === 'closed') return 'SESSION_ALREADY_CLOSED';
  if (session.status === 'cancelled') return 'SESSION_CANCELLED';
  return now < sessionEnd(session.blocks) ? 'SESSION_NOT_OVER' : null;
}

/**
 * What closing a class credits (design.md "Hours"): stated hours × attended share of the scheduled time, floored to
 * the second, nothing below the minimum; without stated hours the scheduled time attended, second for second (HY3).
 * Refused while anybody has a block without a mark: absence is a statement, not a gap.
 */
export function decideCredits(
  session: TrainingSession,
  attendances: readonly Attendance[],
  policy: CreditPolicy,
  now: number,
): Outcome<PersonCredit[], CloseRefusal> {
  const cannot = closeRefusal(session, now);
  if (cannot) return refused(cannot);
  if (attendances.length === 0) return refused('NOBODY_ENROLLED');
  const unmarked = attendances.filter((one) => unmarkedBlocks(one, session.blocks).length > 0).length;
  if (unmarked > 0) return refused('ATTENDANCE_INCOMPLETE', { count: unmarked });
  return done(attendances.map((attendance) => creditOf(session, attendance, policy)));
}

function creditOf(session: TrainingSession, attendance: Attendance, policy: CreditPolicy): PersonCredit {
  const scheduled = scheduledSeconds(session.blocks);
  const present = presentStretches(attendance, session.blocks);
  const presentSeconds = measureSeconds(present);
  const stated = session.statedCreditSeconds;
  const isBelowMinimum =
    stated !== null &&
    presentSeconds > 0 &&
    presentSeconds * 100 < scheduled * policy.attendanceMinimumPercent;
  const statedCredit = (whole: number): number =>
    isBelowMinimum ? 0 : Math.floor((whole * presentSeconds) / scheduled);
  const creditSeconds =
    stated === null ? measuredCredit(presentSeconds, policy.minutesPerCreditHour) : statedCredit(stated);
  invariant(presentSeconds <= scheduled, 'attendance lies inside the scheduled blocks');
  const most = stated ?? measuredCredit(scheduled, policy.minutesPerCreditHour);
  invariant(creditSeconds <= most, 'credit never exceeds stated hours or scheduled time');
  const byDay = [...secondsByDay(present)];
  const parts = splitByWeight(creditSeconds, creditSeconds === 0 ? [] : byDay.map(([, seconds]) => seconds));
  const state = attendanceState(attendance, session.blocks);
  invariant(state !== 'unmarked', 'every block is marked before credits are decided');
  return {
    personId: attendance.personId,
    state,
    presentSeconds,
    creditSeconds,
    days: byDay
      .map(([day], index) => ({ day, creditSeconds: parts[index] ?? 0 }))
      .filter((part) => part.creditSeconds > 0),
    isBelowMinimum,
    basis: {
      rule: stated === null ? 'attended_time' : 'stated_hours',
      scheduledSeconds: scheduled,
      presentSeconds,
      statedCreditSeconds: stated,
      minimumPercent: policy.attendanceMinimumPercent,
      ...(session.purpose === 'off_post' ? OFF_POST : {}),
    },
  };
}

/** Key of a class's entry: one a person, with the day added where the class runs over several days. */
export function creditKey(sessionId: string, credit: PersonCredit, day: Day, isSeveralDays: boolean): string {
  const key = `training_session:${sessionId}:${credit.personId}:credit`;
  return isSeveralDays ? `${key}:${day}` : key;
}
