import type { AbsenceKind } from '#app/organization/change/absence.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths, daysBetween, yearOf } from '#app/platform/time/day.ts';

/** 免训 takes a person out of the year's figures; 核减 takes months off the target (domain.md §4.2 case 6). */
export const EXEMPTION_EFFECTS = ['exempt', 'reduce'] as const;
export type ExemptionEffect = (typeof EXEMPTION_EFFECTS)[number];
export const EFFECT_LABELS: Readonly<Record<ExemptionEffect, string>> = { exempt: '免训', reduce: '核减' };

export const EXEMPTION_REASONS = [
  'maternity',
  'long_illness',
  'secondment',
  'temporary_post',
  'village_post',
  'full_time_study',
  'other',
] as const;
export type ExemptionReason = (typeof EXEMPTION_REASONS)[number];
export const REASON_LABELS: Readonly<Record<ExemptionReason, string>> = {
  maternity: '产假',
  long_illness: '长病假',
  secondment: '借调',
  temporary_post: '挂职',
  village_post: '驻村',
  full_time_study: '脱产学习',
  other: '其他',
};

/** Every kind of absence is a reason of the same name. */
export const reasonOfAbsence = (kind: AbsenceKind): ExemptionReason => kind;

export const EXEMPTION_STATES = ['filed', 'approved', 'declined', 'withdrawn', 'ended'] as const;
export type ExemptionState = (typeof EXEMPTION_STATES)[number];
export const STATE_LABELS: Readonly<Record<ExemptionState, string>> = {
  filed: '待批准',
  approved: '已批准',
  declined: '未批准',
  withdrawn: '已撤回',
  ended: '已撤销',
};

/** From so many days of a month on, the month counts as away. */
const AWAY_DAYS = 15;
const MONTHS = 12;

/** Days of `[from, to]` inside the calendar month that begins on `first`. */
function daysInMonth(first: Day, from: Day, to: Day): number {
  const last = addDays(addMonths(first, 1), -1);
  const begin = from > first ? from : first;
  const end = to < last ? to : last;
  return begin > end ? 0 : daysBetween(begin, end) + 1;
}

/**
 * Months of a year in which somebody is away for 15 days or more; a shorter stay away takes nothing off (proposal: no
 * document says how a part of a year is counted). Proposed to the unit, confirmed by whoever approves.
 */
export function monthsAway(year: number, from: Day, to: Day): number {
  const firsts = Array.from(
    { length: MONTHS },
    (_, index): Day => `${year}-${String(index + 1).padStart(2, '0')}-01`,
  );
  return firsts.filter((first) => daysInMonth(first, from, to) >= AWAY_DAYS).length;
}

export interface AskedExemption {
  readonly year: number;
  readonly effect: ExemptionEffect;
  readonly reason: ExemptionReason;
  readonly fromDay: Day;
  readonly toDay: Day;
  /** Only read with the effect `reduce`. */
  readonly months: number;
}

export type AskExemptionRefusal = 'EXEMPTION_DAYS' | 'EXEMPTION_MONTHS' | 'EXEMPTION_OVERLAPS';

/** What is in the way besides it: another one of the year that waits or stands, over the same days. */
export interface KnownExemption {
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly effect: ExemptionEffect;
}

/**
 * Whether it may be asked for. Refusals: EXEMPTION_DAYS (the days are not in order or not inside the year: an absence
 * over New Year is asked for once per year), EXEMPTION_MONTHS (more months than the days hold, or none),
 * EXEMPTION_OVERLAPS (days that another one covers already, or an 免训 of the same year).
 */
export function decideExemption(
  asked: AskedExemption,
  known: readonly KnownExemption[],
): Outcome<{ readonly months: number }, AskExemptionRefusal> {
  const { year, fromDay, toDay, effect } = asked;
  if (fromDay > toDay || yearOf(fromDay) !== year || yearOf(toDay) !== year) return refused('EXEMPTION_DAYS');
  const overlaps = known.some(
    (one) => one.effect === 'exempt' || effect === 'exempt' || (one.fromDay <= toDay && fromDay <= one.toDay),
  );
  if (overlaps) return refused('EXEMPTION_OVERLAPS');
  if (effect === 'exempt') return done({ months: MONTHS });
  const touched = Number(toDay.slice(5, 7)) - Number(fromDay.slice(5, 7)) + 1;
  if (!Number.isInteger(asked.months) || asked.months < 1 || asked.months > touched)
    return refused('EXEMPTION_MONTHS', { most: touched });
  return done({ months: asked.months });
}

export const EXEMPTION_ACTS = ['approve', 'decline', 'withdraw', 'end'] as const;
export type ExemptionAct = (typeof EXEMPTION_ACTS)[number];

export type AnswerExemptionRefusal =
  'EXEMPTION_ANSWERED' | 'MAKER_IS_CHECKER' | 'PERSON_IS_CHECKER' | 'NOTE_REQUIRED';

interface Answering {
  readonly state: ExemptionState;
  /** The natural person behind the account that asked. */
  readonly filedByKey: string;
  /** The natural person who would be exempt. */
  readonly personId: string;
}

/**
 * Whether this person may take this step. Maker ≠ checker by natural person, and nobody approves the own exemption.
 * Refusals: EXEMPTION_ANSWERED (the step does not fit the state), MAKER_IS_CHECKER, PERSON_IS_CHECKER, NOTE_REQUIRED (to
 * decline and to end takes a reason).
 */
export function decideAnswer(
  request: Answering,
  answer: {
    readonly act: ExemptionAct;
    readonly byKey: string;
    readonly byPersonId: string | null;
    readonly note: string | null;
  },
): Outcome<ExemptionState, AnswerExemptionRefusal> {
  const wanted: ExemptionState = answer.act === 'end' ? 'approved' : 'filed';
  if (request.state !== wanted) return refused('EXEMPTION_ANSWERED');
  if (answer.act === 'withdraw') return done('withdrawn');
  if (request.filedByKey === answer.byKey) return refused('MAKER_IS_CHECKER');
  if (request.personId === answer.byPersonId) return refused('PERSON_IS_CHECKER');
  if (answer.act === 'approve') return done('approved');
  if ((answer.note ?? '').trim() === '') return refused('NOTE_REQUIRED');
  return done(answer.act === 'decline' ? 'declined' : 'ended');
}
