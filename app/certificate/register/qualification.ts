import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths } from '#app/platform/time/day.ts';

/** 执法资格: the exam passed, or spared by a 免考 (domain.md §5.5), apart from the card (domain.md §0.1). */
export const QUALIFICATION_SUBJECTS = ['public_law', 'specialised_law'] as const;
export type QualificationSubject = (typeof QUALIFICATION_SUBJECTS)[number];

export type QualificationStatus = 'valid' | 'disqualified' | 'void';

export const SUBJECT_LABELS: Readonly<Record<QualificationSubject, string>> = {
  public_law: '公共法律知识',
  specialised_law: '专业法律知识',
};

/** Last day on which a card may be claimed on it; 24 months from 2026-11-23 end on 2028-11-22. */
export function qualificationLastDay(obtainedDay: Day, claimMonths: number): Day {
  return addDays(addMonths(obtainedDay, claimMonths), -1);
}

export interface QualificationOnDay {
  readonly status: QualificationStatus;
  readonly obtainedDay: Day;
  readonly validUntilDay: Day;
  /** Where it rests on a 免考: the reason of it. */
  readonly exemptedFor?: string | null | undefined;
  /** First day without it, where a 免考 was taken back; before that day it stood. */
  readonly endedDay?: Day | null | undefined;
}

/**
 * Whether somebody had the qualification on `day`. A result that is corrected never was a pass; a 免考 that is taken back
 * was one until then.
 */
export function isHeldOn(qualification: QualificationOnDay, day: Day): boolean {
  const { status, obtainedDay, endedDay = null } = qualification;
  if (day < obtainedDay) return false;
  return status === 'valid' || (status === 'void' && endedDay !== null && day < endedDay);
}

/** Whether a card may be applied for and issued on this qualification on `day` (AJ1). */
export function isClaimable(qualification: QualificationOnDay, day: Day): boolean {
  return isHeldOn(qualification, day) && day <= qualification.validUntilDay;
}

/** What the register knows of the qualification that an attempt has made. */
export interface KnownQualification {
  readonly status: QualificationStatus;
  /** Result version of the attempt that was last taken in. */
  readonly resultVersion: number;
}

export type QualificationStep = 'grant' | 'void' | 'restore' | 'none';

/**
 * A qualification rests on the result of its attempt and follows that result's newest version: a pass makes it, a
 * later version without a pass makes it void (AJ1: no pass, no qualification), a pass restores it. A version that is
 * already known changes nothing. A disqualified person is not restored by a mark. The card is never moved from here:
 * that takes two persons.
 */
export function stepAfterResult(
  known: KnownQualification | null,
  result: { readonly passed: boolean; readonly resultVersion: number },
): QualificationStep {
  if (known === null) return result.passed ? 'grant' : 'none';
  if (result.resultVersion <= known.resultVersion) return 'none';
  if (known.status === 'valid' && !result.passed) return 'void';
  if (known.status === 'void' && result.passed) return 'restore';
  return 'none';
}
