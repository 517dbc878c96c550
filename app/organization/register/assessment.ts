import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Establishment } from '../person/person.ts';

/** 年度考核等次 (公务员法 §38; domain.md §6.6), best first. */
export const GRADES = ['excellent', 'competent', 'basically_competent', 'incompetent'] as const;
export type Grade = (typeof GRADES)[number];

const CIVIL_SERVANT: Readonly<Record<Grade, string>> = {
  excellent: '优秀',
  competent: '称职',
  basically_competent: '基本称职',
  incompetent: '不称职',
};
const PUBLIC_INSTITUTION: Readonly<Record<Grade, string>> = {
  excellent: '优秀',
  competent: '合格',
  basically_competent: '基本合格',
  incompetent: '不合格',
};

/** Civil servants and those managed alike have 称职, everybody else 合格; the grades are the same four. */
export function gradeLabel(grade: Grade, establishment: Establishment | null): string {
  const words =
    establishment === null || establishment === 'admin' || establishment === 'civil_like'
      ? CIVIL_SERVANT
      : PUBLIC_INSTITUTION;
  return words[grade];
}

/** Both words, for lists that hold people of every 编制: 称职（合格）. */
export function gradeOption(grade: Grade): string {
  const [one, other] = [CIVIL_SERVANT[grade], PUBLIC_INSTITUTION[grade]];
  return one === other ? one : `${one}（${other}）`;
}

/** What the rule of two years calls 不合格. 基本称职 is not among it: the source says 不合格 and no more. */
export function isBadGrade(grade: Grade): boolean {
  return grade === 'incompetent';
}

export interface YearGrade {
  readonly year: number;
  readonly grade: Grade;
}

/**
 * Two bad years in a row (domain.md §6.6: 「连续2年不合格取消执法资格或调离」 in one province's rules): the last such pair, or
 * null. A year without a grade, or with a better one, breaks the row. It flags; nobody loses anything by it.
 */
export function twoBadYears(
  grades: readonly YearGrade[],
): { readonly earlier: number; readonly later: number } | null {
  const bad = new Set(grades.filter(({ grade }) => isBadGrade(grade)).map(({ year }) => year));
  const later = [...bad].filter((year) => bad.has(year - 1)).sort((a, b) => b - a)[0];
  return later === undefined ? null : { earlier: later - 1, later };
}

export type AssessmentRefusal = 'YEAR_NOT_OVER' | 'YEAR_TOO_EARLY' | 'REASON_REQUIRED';

/** The yearly assessment as we know it begins with 《国家公务员考核暂行规定》 (1994). */
const FIRST_YEAR = 1994;

/** A grade belongs to a year that is over, or to the running one in its last month (many units close in December). */
export function checkYear(year: number, today: string): Outcome<null, 'YEAR_NOT_OVER' | 'YEAR_TOO_EARLY'> {
  const thisYear = Number(today.slice(0, 4));
  if (year < FIRST_YEAR) return refused('YEAR_TOO_EARLY', { year: FIRST_YEAR });
  const isOver = year < thisYear || (year === thisYear && today.slice(5, 7) === '12');
  return isOver ? done(null) : refused('YEAR_NOT_OVER', { year });
}

export interface StandingAssessment extends YearGrade {
  readonly id: string;
  readonly personId: string;
  readonly state: 'stands' | 'withdrawn';
}

export type AssessmentStep =
  | { readonly is: 'same' }
  | { readonly is: 'first' }
  | { readonly is: 'correction'; readonly correctsId: string; readonly reason: string };

/** What entering a grade comes to. Another grade than the one that stands is a correction and says why. */
export function decideGrade(
  standing: StandingAssessment | null,
  grade: Grade,
  reason: string | null,
): Outcome<AssessmentStep, 'REASON_REQUIRED'> {
  if (standing === null) return done({ is: 'first' });
  if (standing.state === 'stands' && standing.grade === grade) return done({ is: 'same' });
  // After a withdrawal the next grade is entered as if it were the first; its reason says so by itself.
  const why = reason?.trim() ?? '';
  if (standing.state === 'withdrawn')
    return done({ is: 'correction', correctsId: standing.id, reason: why === '' ? '撤销后重新登记' : why });
  return why === ''
    ? refused('REASON_REQUIRED')
    : done({ is: 'correction', correctsId: standing.id, reason: why });
}
