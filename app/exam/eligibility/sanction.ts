import type { Day } from '#app/platform/time/day.ts';
import { addMonths } from '#app/platform/time/day.ts';

/** 政务处分 that leave a person in office, in the order of 公职人员政务处分法 §7; who is dismissed has no post any more. */
export const SANCTIONS = ['warning', 'demerit', 'major_demerit', 'demotion', 'removal'] as const;
export type Sanction = (typeof SANCTIONS)[number];

export const SANCTION_LABELS: Readonly<Record<Sanction, string>> = {
  warning: '警告',
  demerit: '记过',
  major_demerit: '记大过',
  demotion: '降级',
  removal: '撤职',
};

/** Months a sanction lasts, counted from the day it takes effect (公职人员政务处分法 §8). */
export const SANCTION_MONTHS: Readonly<Record<Sanction, number>> = {
  warning: 6,
  demerit: 12,
  major_demerit: 18,
  demotion: 24,
  removal: 24,
};

/** A sanction as the unit declares it. `fromDay`: the day the decision was made, on which it takes effect (§8). */
export interface DeclaredSanction {
  readonly kind: Sanction;
  readonly fromDay: Day;
}

/** First day on which the sanction no longer holds. */
export function sanctionEnd({ kind, fromDay }: DeclaredSanction): Day {
  return addMonths(fromDay, SANCTION_MONTHS[kind]);
}

export function isSanctionInForce(sanction: DeclaredSanction, day: Day): boolean {
  return sanction.fromDay <= day && day < sanctionEnd(sanction);
}

/** 记过 or heavier keeps a person from registering (domain.md §5.5, §6.5). */
export const isBarringSanction = (kind: Sanction): boolean => kind !== 'warning';
