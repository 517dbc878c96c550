import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, daysBetween, makeDay, yearOf } from '#app/platform/time/day.ts';
import { MAX_ENTRY_SECONDS } from '../ledger/entry.ts';
import type { EntryKind } from '../ledger/entry.ts';
import type { Category } from '../ledger/hours.ts';
import { OFF_POST_LABEL } from '../ledger/off-post.ts';
import { measuredCredit, splitByWeight, statedHoursToSeconds } from '../ledger/hours.ts';

/** What may be claimed (domain.md §4.2 cases 5, 9, 11, 12): training elsewhere, own teaching, and what states its hours. */
export const CLAIM_KINDS = [
  'external',
  'lecture',
  'exam',
  'contest',
  'drill',
  'shadowing',
  'off_post',
] as const;
export type ClaimKind = (typeof CLAIM_KINDS)[number];
export const CLAIM_KIND_LABELS: Readonly<Record<ClaimKind, string>> = {
  external: '外出培训',
  lecture: '授课',
  exam: '考试、测试',
  contest: '竞赛、比武',
  drill: '演练',
  shadowing: '跟班学习、观摩',
  off_post: OFF_POST_LABEL,
};

export const CLAIM_FORMS = [
  'class',
  'lecture',
  'online',
  'live_class',
  'group_study',
  'on_site',
  'simulation',
  'exam',
  'contest',
  'shadowing',
] as const;
export type ClaimForm = (typeof CLAIM_FORMS)[number];
export const CLAIM_FORM_LABELS: Readonly<Record<ClaimForm, string>> = {
  class: '集中脱产培训',
  lecture: '专题讲座',
  online: '网络培训',
  live_class: '直播授课',
  group_study: '集中学习',
  on_site: '现场教学',
  simulation: '模拟执法、演练',
  exam: '考试',
  contest: '竞赛',
  shadowing: '跟班、观摩',
};

export const CLAIM_STATES = ['filed', 'returned', 'approved', 'withdrawn'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];
export const CLAIM_STATE_LABELS: Readonly<Record<ClaimState, string>> = {
  filed: '待认定',
  returned: '已退回，待补正',
  approved: '已认定',
  withdrawn: '已撤回',
};

/** Hours as the paper states them (hundredths), or the minutes it states. */
export interface StatedLength {
  readonly kind: 'hours' | 'minutes';
  /** Hundredths of a 学时, or whole minutes; > 0 */
  readonly amount: number;
}

/** What is said about one training. */
export interface ClaimStatement {
  readonly kind: ClaimKind;
  readonly title: string;
  readonly organiser: string;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly form: ClaimForm;
  readonly category: Category;
  readonly place: string | null;
  readonly stated: StatedLength;
  readonly result: string | null;
}

export interface ClaimPolicy {
  readonly minutesPerCreditHour: number;
  /** Teaching counts for so many hundredths of its own length. */
  readonly lecturePercent: number;
  readonly lectureYearCapSeconds: number;
}

/** A training lasts at most so many days in one claim. */
export const MAX_CLAIM_DAYS = 366;
/** Claims reach back at most so many years: older hours come by import. */
export const MAX_YEARS_BACK = 5;
/** Most 学时 a calendar day can hold: 24 hours of 45 minutes. */
const DAY_SECONDS = 86_400;

export type StatementRefusal =
  'CLAIM_DAYS_REVERSED' | 'CLAIM_IN_FUTURE' | 'CLAIM_TOO_LONG' | 'CLAIM_TOO_OLD' | 'CLAIM_TOO_MANY_HOURS';

/** Whether a statement can be true at all: days in order, over, not too long ago; no more time than its days have. */
export function checkStatement(
  statement: Pick<ClaimStatement, 'fromDay' | 'toDay' | 'stated'>,
  today: Day,
  policy: Pick<ClaimPolicy, 'minutesPerCreditHour'>,
): Outcome<null, StatementRefusal> {
  const { fromDay, toDay, stated } = statement;
  const days = daysBetween(fromDay, toDay) + 1;
  if (days < 1) return refused('CLAIM_DAYS_REVERSED');
  if (toDay > today) return refused('CLAIM_IN_FUTURE');
  if (days > MAX_CLAIM_DAYS) return refused('CLAIM_TOO_LONG', { most: MAX_CLAIM_DAYS });
  if (yearOf(fromDay) < yearOf(today) - MAX_YEARS_BACK)
    return refused('CLAIM_TOO_OLD', { years: MAX_YEARS_BACK });
  const seconds = lengthSeconds(stated, policy.minutesPerCreditHour);
  if (seconds < 1 || seconds > days * DAY_SECONDS || seconds > MAX_ENTRY_SECONDS)
    return refused('CLAIM_TOO_MANY_HOURS', { days });
  return done(null);
}

/** Stated hours win; minutes are converted once (HY3: 45 minutes = 1 学时). @returns credit seconds */
export function lengthSeconds(stated: StatedLength, minutesPerCreditHour: number): number {
  return stated.kind === 'hours'
    ? statedHoursToSeconds(stated.amount)
    : measuredCredit(stated.amount * 60, minutesPerCreditHour);
}

/** What a claim asks for: teaching counts double by default (case 9), at most a year's cap; all else as stated. */
export function askedSeconds(
  statement: Pick<ClaimStatement, 'kind' | 'stated'>,
  policy: ClaimPolicy,
): number {
  const length = lengthSeconds(statement.stated, policy.minutesPerCreditHour);
  if (statement.kind !== 'lecture') return length;
  const counted = Math.floor((length * policy.lecturePercent) / 100);
  return Math.min(counted, policy.lectureYearCapSeconds, MAX_ENTRY_SECONDS);
}

export interface YearPart {
  readonly year: number;
  /** The day on which this part is credited: the last day of the training in that year. */
  readonly day: Day;
  readonly creditSeconds: number;
}

/** Credit of a training by calendar year, in the proportion of its days: the day decides the year (domain.md §4.1). */
export function splitOverYears(fromDay: Day, toDay: Day, creditSeconds: number): YearPart[] {
  const parts: { year: number; day: Day; days: number }[] = [];
  for (let first = fromDay; first <= toDay;) {
    const year = yearOf(first);
    const end = makeDay(year, 12, 31);
    invariant(end !== null, 'every year ends');
    const day = end < toDay ? end : toDay;
    parts.push({ year, day, days: daysBetween(first, day) + 1 });
    first = addDays(day, 1);
  }
  const shares = splitByWeight(
    creditSeconds,
    parts.map(({ days }) => days),
  );
  return parts
    .map(({ year, day }, at) => ({ year, day, creditSeconds: shares[at] ?? 0 }))
    .filter((part) => part.creditSeconds > 0);
}

/** Teaching is credited up to the year's cap, what was credited before included (case 9). */
export function capLectures(
  parts: readonly YearPart[],
  creditedByYear: ReadonlyMap<number, number>,
  capSeconds: number,
): YearPart[] {
  return parts
    .map((part) => {
      const left = Math.max(capSeconds - (creditedByYear.get(part.year) ?? 0), 0);
      return { ...part, creditSeconds: Math.min(part.creditSeconds, left) };
    })
    .filter((part) => part.creditSeconds > 0);
}

/** The ledger tells teaching and examinations apart; everything else done elsewhere is external training. */
export function entryKindOf(kind: ClaimKind): EntryKind {
  if (kind === 'lecture') return 'lecture';
  return kind === 'exam' || kind === 'contest' ? 'exam' : 'external';
}

/** `claim:<id>`; a training over New Year has one entry for each year. */
export function claimEntryKey(claimId: string, year: number, isSeveralYears: boolean): string {
  return isSeveralYears ? `claim:${claimId}:${year}` : `claim:${claimId}`;
}

export interface Verifier {
  /** The natural person behind the account, so that two accounts of one person are one. */
  readonly key: string;
  readonly mayVerify: boolean;
  /** Also what a liaison has filed: a leader's or the bureau's. */
  readonly mayVerifyFiled: boolean;
}

export type VerifierRefusal = 'MAKER_IS_CHECKER' | 'CLAIM_OF_ONESELF' | 'NEEDS_LEADER';

/**
 * Who may decide a claim (domain.md §4.2 case 11, design invariant 11): never whoever filed or completed it, never the
 * person it is for; what a liaison filed is decided above the liaison.
 */
export function checkVerifier(
  claim: {
    readonly personId: string;
    readonly filedAs: 'self' | 'liaison';
    readonly makerKeys: readonly string[];
  },
  verifier: Verifier,
): Outcome<null, VerifierRefusal | 'FORBIDDEN'> {
  if (verifier.key === claim.personId) return refused('CLAIM_OF_ONESELF');
  if (claim.makerKeys.includes(verifier.key)) return refused('MAKER_IS_CHECKER');
  if (claim.filedAs === 'liaison' && !verifier.mayVerifyFiled)
    return refused(verifier.mayVerify ? 'NEEDS_LEADER' : 'FORBIDDEN');
  return verifier.mayVerify ? done(null) : refused('FORBIDDEN');
}

export type ClaimAct = 'approve' | 'return' | 'withdraw' | 'resubmit';
export type StepRefusal = 'CLAIM_DECIDED' | 'CLAIM_NOT_RETURNED';

/** States in which an act is possible: a claim is decided once, and completed only after it came back. */
export function decideStep(state: ClaimState, act: ClaimAct): Outcome<ClaimState, StepRefusal> {
  if (act === 'resubmit') return state === 'returned' ? done('filed') : refused('CLAIM_NOT_RETURNED');
  if (act === 'withdraw')
    return state === 'filed' || state === 'returned' ? done('withdrawn') : refused('CLAIM_DECIDED');
  if (state !== 'filed') return refused('CLAIM_DECIDED');
  return done(act === 'approve' ? 'approved' : 'returned');
}
