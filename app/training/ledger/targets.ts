/** Regional values of a year's target, as plain numbers (organization/rules carries sources and dates). */
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

/** How far somebody is. What a person owes is decided in `target/year-target.ts`. @param doneSeconds ≥ 0 */
export function targetOf(kind: Target['kind'], targetSeconds: number, doneSeconds: number): Target {
  const owedSeconds = Math.max(targetSeconds - doneSeconds, 0);
  return { kind, targetSeconds, doneSeconds, owedSeconds, isMet: owedSeconds === 0 };
}
