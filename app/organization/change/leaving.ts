import type { Day } from '#app/platform/time/day.ts';
import type { EndReason } from '../person/home-timeline.ts';
import type { Establishment, Sex } from '../person/person.ts';

/** Ways of leaving that a unit reports (domain.md §6.3 T9). 机构撤并 is not among them: it is an act of its own. */
export const LEAVING_REASONS = [
  'retired',
  'transferred',
  'dismissed',
  'resigned',
  'expelled',
  'deceased',
  'post_changed',
  'other',
] as const satisfies readonly EndReason[];
export type LeavingReason = (typeof LEAVING_REASONS)[number];

export const LEAVING_LABELS: Readonly<Record<LeavingReason, string>> = {
  retired: '退休',
  transferred: '调出本系统',
  dismissed: '辞退',
  resigned: '辞职',
  expelled: '开除',
  deceased: '死亡',
  post_changed: '调整到非执法岗位',
  other: '其他',
};

/** YYYY-MM */
export type Month = string;

const monthNumber = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
const monthOf = (number: number): Month =>
  `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;

interface AgeRule {
  readonly baseYears: number;
  /** One month more for every so many months after 2025-01. */
  readonly monthsPerStep: number;
  readonly mostMonths: number;
}

/** 渐进式延迟法定退休年龄 from 2025-01: men 60 → 63 and women 55 → 58 by a month every four, women 50 → 55 by one every two. */
const MEN: AgeRule = { baseYears: 60, monthsPerStep: 4, mostMonths: 36 };
const WOMEN_55: AgeRule = { baseYears: 55, monthsPerStep: 4, mostMonths: 36 };
const WOMEN_50: AgeRule = { baseYears: 50, monthsPerStep: 2, mostMonths: 60 };
const FIRST_MONTH: Month = '2025-01';

function ruleFor(sex: Sex, establishment: Establishment): AgeRule {
  if (sex === 'male') return MEN;
  return establishment === 'worker' ? WOMEN_50 : WOMEN_55;
}

/**
 * The month in which a person probably reaches the statutory age: a hint for the list 「疑似到龄」, never a decision. Posts
 * with another age, early and flexible retirement are known to the personnel office only, which confirms.
 */
export function suspectedRetirementMonth(birth: Month, sex: Sex, establishment: Establishment): Month {
  const rule = ruleFor(sex, establishment);
  const plain = monthNumber(birth) + rule.baseYears * 12;
  const since = plain - monthNumber(FIRST_MONTH);
  if (since < 0) return monthOf(plain);
  const later = Math.min(Math.floor(since / rule.monthsPerStep) + 1, rule.mostMonths);
  return monthOf(plain + later);
}

/** True when the month has come. */
export function isSuspectedOfAge(retirement: Month, today: Day): boolean {
  return retirement <= today.slice(0, 7);
}
