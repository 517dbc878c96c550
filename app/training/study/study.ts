import type { Day } from '#app/platform/time/day.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import type { Interval } from '../ledger/interval.ts';
import { instantOf, splitByDay } from '../ledger/interval.ts';

/**
 * Study time by heartbeats (domain.md §4.4, behaviour.md 2.8). The browser only says "still here"; when that was, the
 * server says. All times here are whole epoch seconds of the server's clock. A beat verifies the stretch since the
 * beat before it, or nothing: beats that come too often, twice, late or with a forged number add nothing.
 */

/** Regional values, as plain numbers (organization/rules carries their sources). */
export interface StudyPolicy {
  readonly heartbeatSeconds: number;
  readonly presenceCheckSeconds: number;
  readonly presenceAnswerSeconds: number;
  readonly dailyStudyCapSeconds: number;
  readonly readingDwellPercent: number;
  readonly checkPassPercent: number;
}

/** A beat sooner than this after the last one changes nothing: the stretch stays open for the next. */
export const MIN_BEAT_GAP_SECONDS = 5;

/** An answer to the presence question is still in time this much after the limit: the question travels, too. */
export const ANSWER_GRACE_SECONDS = 5;

/** A page silent for longer is over: whoever comes back begins a new visit. */
export const MAX_SILENCE_SECONDS = 3600;

/** After two wrong answers the next question comes sooner: in this part of the usual interval. */
const SOONER_AFTER_WRONG = 3;

/** What the server keeps of an open lesson page. */
export interface Visit {
  /** False as soon as the person has opened a lesson elsewhere (or again): the newest page counts. */
  readonly isLive: boolean;
  /** Start of the stretch that the next beat may verify. */
  readonly lastBeat: number;
  readonly lastSeq: number;
  readonly promptDue: number;
  readonly promptOpened: number | null;
  /** Wrong answers to the open question so far: 0 or 1. */
  readonly promptTries: number;
}

/** What the browser says: each a statement about the time since the last beat the server has stored. */
export interface Beat {
  /** One more than the last stored one. */
  readonly seq: number;
  readonly isVisible: boolean;
  readonly isActive: boolean;
  /** The person has just answered the presence question. */
  readonly isPresent: boolean;
  /** The answer is the right one; also where there was nothing to choose. Compared on the server. */
  readonly isRight: boolean;
}

/** What may still be verified. */
export interface StudyRoom {
  /** A lesson counts once a year: at most this much in each (domain.md §4.2 case 10). */
  readonly nominalSeconds: number;
  /** Verified in this lesson in a calendar year; years left out have nothing yet. */
  readonly studiedSecondsByYear: ReadonlyMap<number, number>;
  /** Verified by this person on a day, over all lessons. */
  readonly usedSecondsByDay: ReadonlyMap<Day, number>;
}

/** Why a stretch counts or not. The same words stand in `study_beat.standing`. */
export const STANDINGS = [
  'opened',
  'verified',
  'hidden',
  'idle',
  'too_late',
  'unanswered',
  'asked_again',
  'wrong_answer',
  'over_nominal',
  'over_daily_cap',
] as const;
export type Standing = (typeof STANDINGS)[number];

/** Nothing is stored: the page is told why and with which number to go on. */
export type Ignored = 'replaced' | 'ended' | 'repeated' | 'out_of_order' | 'too_early' | 'prompt_open';

export interface StoredBeat {
  readonly kind: 'stored';
  readonly standing: Standing;
  readonly stretch: Interval | null;
  readonly visit: Visit;
}

export type BeatDecision = StoredBeat | { readonly kind: 'ignored'; readonly why: Ignored };

const ignored = (why: Ignored): BeatDecision => ({ kind: 'ignored', why });

/** @param now second in which the server received the beat */
export function decideBeat(
  visit: Visit,
  beat: Beat,
  room: StudyRoom,
  policy: StudyPolicy,
  now: number,
): BeatDecision {
  if (!visit.isLive) return ignored('replaced');
  if (beat.seq <= visit.lastSeq) return ignored('repeated');
  if (beat.seq !== visit.lastSeq + 1) return ignored('out_of_order');
  if (now - visit.lastBeat > MAX_SILENCE_SECONDS) return ignored('ended');
  if (visit.promptOpened !== null)
    return beat.isPresent
      ? afterPrompt(visit, visit.promptOpened, beat, room, policy, now)
      : ignored('prompt_open');
  if (now - visit.lastBeat < MIN_BEAT_GAP_SECONDS) return ignored('too_early');
  const longestGap = policy.heartbeatSeconds * 1.5;
  if (!beat.isVisible) return unverified(visit, beat, 'hidden', now);
  if (now - visit.lastBeat > longestGap) return unverified(visit, beat, 'too_late', now);
  if (!beat.isActive) return unverified(visit, beat, 'idle', now);
  const decision = verify(visit, beat, room, policy, now);
  if (decision.standing !== 'verified' || now < visit.promptDue) return decision;
  return { ...decision, visit: { ...decision.visit, promptOpened: now } };
}

/**
 * Right and in time: the stretch since the question counts. Wrong: one more question and its own time to answer it; only
 * a second wrong answer or none lets the time drop (「逾时未答，其间时间不计」), and the clock goes on.
 */
function afterPrompt(
  visit: Visit,
  openedAt: number,
  beat: Beat,
  room: StudyRoom,
  policy: StudyPolicy,
  now: number,
): StoredBeat {
  const { presenceCheckSeconds: interval, presenceAnswerSeconds: limit } = policy;
  const next = { ...visit, promptOpened: null, promptTries: 0, promptDue: now + interval };
  const dropped = (standing: Standing, promptDue = next.promptDue): StoredBeat => ({
    kind: 'stored',
    standing,
    stretch: null,
    visit: { ...next, promptDue, lastBeat: now, lastSeq: beat.seq },
  });
  if (now - openedAt > limit + ANSWER_GRACE_SECONDS) return dropped('unanswered');
  if (!beat.isVisible) return dropped('hidden');
  if (beat.isRight) return verify(next, beat, room, policy, now);
  if (visit.promptTries > 0) return dropped('wrong_answer', now + Math.floor(interval / SOONER_AFTER_WRONG));
  const again = { ...visit, lastSeq: beat.seq, promptOpened: now, promptTries: visit.promptTries + 1 };
  return { kind: 'stored', standing: 'asked_again', stretch: null, visit: again };
}

/** Time that does not count does not bring the next question nearer either. */
function unverified(visit: Visit, beat: Beat, standing: Standing, now: number): StoredBeat {
  const shifted = visit.promptDue + (now - visit.lastBeat);
  return {
    kind: 'stored',
    standing,
    stretch: null,
    visit: { ...visit, lastBeat: now, lastSeq: beat.seq, promptDue: shifted },
  };
}

function verify(visit: Visit, beat: Beat, room: StudyRoom, policy: StudyPolicy, now: number): StoredBeat {
  const stretch = clipStretch({ from: visit.lastBeat, to: now }, room, policy.dailyStudyCapSeconds);
  if (stretch === null) {
    const year = yearOf(dayOf(instantOf(now)));
    const standing = nominalLeft(room, year) <= 0 ? 'over_nominal' : 'over_daily_cap';
    return unverified(visit, beat, standing, now);
  }
  const next = { ...visit, lastBeat: now, lastSeq: beat.seq };
  return { kind: 'stored', standing: 'verified', stretch, visit: next };
}

const nominalLeft = (room: StudyRoom, year: number): number =>
  Math.max(room.nominalSeconds - (room.studiedSecondsByYear.get(year) ?? 0), 0);

/**
 * The part of a stretch that the daily cap of each of its days and the lesson's nominal length in each of its years
 * leave; null if none. A stretch is shorter than a day, so it touches two days at most; what is left stays one piece
 * around midnight.
 */
export function clipStretch(stretch: Interval, room: StudyRoom, dailyCapSeconds: number): Interval | null {
  const [first, second] = splitByDay(stretch).map(({ day, part }) => {
    const year = yearOf(day);
    const dayLeft = Math.max(dailyCapSeconds - (room.usedSecondsByDay.get(day) ?? 0), 0);
    const allowed = Math.min(part.to - part.from, dayLeft, nominalLeft(room, year));
    return { year, part, allowed };
  });
  if (!first) return null;
  if (!second) return pieceOf(first.part.from, first.part.from + first.allowed);
  const from = first.part.to - first.allowed;
  const to = second.part.from + second.allowed;
  const isOneYear = first.year === second.year;
  return pieceOf(from, isOneYear ? Math.min(to, from + nominalLeft(room, first.year)) : to);
}

const pieceOf = (from: number, to: number): Interval | null => (to > from ? { from, to } : null);

/** The person's last page before this one. */
export interface EarlierVisit {
  readonly lastBeat: number;
  readonly promptDue: number;
  readonly promptOpened: number | null;
}

/**
 * A newly opened page. It starts no earlier than the last page stopped, so that stretches of one person never overlap;
 * reopening a lesson does not put the presence question off.
 */
export function openVisit(earlier: EarlierVisit | null, policy: StudyPolicy, now: number): Visit {
  const lastBeat = Math.max(now, earlier?.lastBeat ?? now);
  const fresh = policy.presenceCheckSeconds;
  const isBreak = earlier === null || now - earlier.lastBeat > policy.presenceCheckSeconds;
  const left = isBreak ? fresh : earlier.promptOpened !== null ? 0 : earlier.promptDue - earlier.lastBeat;
  return {
    isLive: true,
    lastBeat,
    lastSeq: 0,
    promptDue: lastBeat + Math.min(Math.max(left, 0), fresh),
    promptOpened: null,
    promptTries: 0,
  };
}
