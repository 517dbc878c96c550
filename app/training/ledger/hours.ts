import { invariant } from '#app/platform/result/invariant.ts';

/** 1 学时 = 45 minutes (HY3: 「未注明学时的，45 分钟折算 1 学时」). Time credited is kept in seconds, always whole. */
export const CREDIT_HOUR_SECONDS = 2700;

/** 0.01 学时, the finest figure that is shown or stated. */
export const CREDIT_HUNDREDTH_SECONDS = CREDIT_HOUR_SECONDS / 100;

/** Kinds of training by content (domain.md §4.1). Three-column forms count `specialised_law` under 业务知识. */
export const CATEGORIES = ['public_law', 'specialised_law', 'business', 'skill'] as const;
export type Category = (typeof CATEGORIES)[number];

export const CATEGORY_LABELS: Readonly<Record<Category, string>> = {
  public_law: '公共法律知识',
  specialised_law: '专业法律知识',
  business: '业务知识',
  skill: '行政执法技能',
};

/**
 * Measured time as credit seconds where the region takes other than 45 minutes for a 学时; floored to the second.
 * @param minutesPerCreditHour regional value, 45 by default: then nothing changes
 */
export function measuredCredit(seconds: number, minutesPerCreditHour: number): number {
  return Math.floor((seconds * CREDIT_HOUR_SECONDS) / (minutesPerCreditHour * 60));
}

/** Stated 学时, in hundredths, as credit seconds: 600 (= 6 学时) → 16,200. Exact. @param hundredths integer ≥ 0 */
export function statedHoursToSeconds(hundredths: number): number {
  invariant(Number.isInteger(hundredths) && hundredths >= 0, 'stated hours are whole hundredths');
  return hundredths * CREDIT_HUNDREDTH_SECONDS;
}

/** Reads stated 学时 as people write them (`6`, `1.5`, `0.25`): hundredths, or null when it is no such figure. */
export function parseStatedHours(text: string): number | null {
  const match = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!match) return null;
  return Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
}

/**
 * 学时 in hundredths, floored. The only conversion from seconds; done once, on the sum, never on a single entry:
 * 45 × 60 minutes are exactly 60.00, while 45 single floors of 1.33 would make 59.85 (domain.md §4.1).
 * @param creditSeconds integer ≥ 0
 */
export function floorToHundredths(creditSeconds: number): number {
  invariant(Number.isInteger(creditSeconds) && creditSeconds >= 0, 'credit is whole seconds');
  return Math.floor(creditSeconds / CREDIT_HUNDREDTH_SECONDS);
}

/**
 * Splits a whole into parts by weight so that the parts are whole and add up exactly: each boundary is floored.
 * @param total integer ≥ 0  @param weights integers ≥ 0 with a positive sum (or a total of 0)
 */
export function splitByWeight(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (total === 0) return weights.map(() => 0);
  invariant(sum > 0, 'a total can only be split over positive weights');
  let before = 0;
  let given = 0;
  return weights.map((weight) => {
    before += weight;
    const upTo = Math.floor((total * before) / sum);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

export type CategorySeconds = Readonly<Record<Category, number>>;

export const NO_SECONDS: CategorySeconds = { public_law: 0, specialised_law: 0, business: 0, skill: 0 };

interface Counted {
  readonly category: Category;
  readonly creditSeconds: number;
}

/** Balance of the ledger by category: plain sums of signed entries. */
export function sumByCategory(entries: readonly Counted[]): CategorySeconds {
  const sums: Record<Category, number> = { ...NO_SECONDS };
  for (const entry of entries) sums[entry.category] += entry.creditSeconds;
  return sums;
}

export function totalSeconds(sums: CategorySeconds): number {
  return CATEGORIES.reduce((total, category) => total + sums[category], 0);
}
