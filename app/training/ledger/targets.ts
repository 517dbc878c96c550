import type { CategorySeconds } from './hours.ts';
import { totalSeconds } from './hours.ts';

/** Regional values for one person and year, as plain numbers (organization/rules carries sources and dates). */
export interface TargetPolicy {
  /** ZY1, HY2: ≥ 60 学时 a year. */
  readonly yearlyCreditSeconds: number;
  /** ZY2: ≥ 30 学时 of 专业法律知识 in key fields. */
  readonly keyFieldCreditSeconds: number;
  /** ZY2 does not say whether the 30 lie inside the 60; default inside. */
  readonly isKeyFieldInsideYearly: boolean;
}

export interface Target {
  readonly kind: 'yearly' | 'key_field';
  readonly targetSeconds: number;
  readonly doneSeconds: number;
  /** What is still missing, never negative. */
  readonly owedSeconds: number;
  readonly isMet: boolean;
}

function target(kind: Target['kind'], targetSeconds: number, doneSeconds: number): Target {
  const owedSeconds = Math.max(targetSeconds - doneSeconds, 0);
  return { kind, targetSeconds, doneSeconds, owedSeconds, isMet: owedSeconds === 0 };
}

/**
 * What a person must reach in a year and how far they are (ZY1, ZY2, HY2).
 * Outside the yearly figure, the key-field hours come on top of it: the sum must reach both together.
 */
export function yearTargets(sums: CategorySeconds, isKeyField: boolean, policy: TargetPolicy): Target[] {
  const onTop = isKeyField && !policy.isKeyFieldInsideYearly ? policy.keyFieldCreditSeconds : 0;
  const yearly = target('yearly', policy.yearlyCreditSeconds + onTop, Math.max(totalSeconds(sums), 0));
  if (!isKeyField) return [yearly];
  const specialised = Math.max(sums.specialised_law, 0);
  return [yearly, target('key_field', policy.keyFieldCreditSeconds, specialised)];
}
