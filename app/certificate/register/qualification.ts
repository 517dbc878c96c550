import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths } from '#app/platform/time/day.ts';

/** 执法资格: the exam passed, apart from the card (domain.md §0.1). */
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
}

/** Whether a card may be applied for and issued on this qualification on `day` (AJ1). */
export function isClaimable(qualification: QualificationOnDay, day: Day): boolean {
  return (
    qualification.status === 'valid' && qualification.obtainedDay <= day && day <= qualification.validUntilDay
  );
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
