import { z } from 'zod';
import type { Day } from '#app/platform/time/day.ts';
import { parseDay } from '#app/platform/time/day.ts';
import type { Basis, RuleStanding } from './rule-basis.ts';
import { BASES } from './rule-basis.ts';

/** A value that differs between places, as data (design invariant 5). */
export interface RuleValue<T> {
  readonly value: T;
  readonly basis: Basis;
  /** The document, so that it can be found: title, number, article. */
  readonly source: string;
  /** Last day on which the document is in force, where it says one. */
  readonly until?: Day | undefined;
}

const wholeNumber = (least: number, most: number) => z.number().int().min(least).max(most);
const fieldCodes = z.array(z.string().regex(/^[A-Z_]{2,20}$/));

/** One value with what it rests on. Unknown parts and values out of range are refused: a mistyped rule must not pass. */
const ruleOf = <S extends z.ZodType>(value: S) =>
  z.strictObject({
    value,
    basis: z.enum(BASES),
    source: z.string().min(1).max(300),
    until: z
      .string()
      .refine((text) => parseDay(text) !== null, 'not a day')
      .optional(),
  });

/** What each key may hold; units in the name. The single list of keys. */
const RULE_SHAPES = {
  yearlyCreditSeconds: ruleOf(wholeNumber(0, 2700 * 400)),
  keyFieldCreditSeconds: ruleOf(wholeNumber(0, 2700 * 400)),
  keyFieldInsideYearly: ruleOf(z.boolean()),
  keyFields: ruleOf(fieldCodes),
  minutesPerCreditHour: ruleOf(wholeNumber(1, 120)),
  readingDwellPercent: ruleOf(wholeNumber(0, 100)),
  checkPassPercent: ruleOf(wholeNumber(0, 100)),
  heartbeatSeconds: ruleOf(wholeNumber(5, 300)),
  presenceCheckMinutes: ruleOf(wholeNumber(1, 120)),
  presenceAnswerSeconds: ruleOf(wholeNumber(10, 600)),
  dailyStudyCapSeconds: ruleOf(wholeNumber(0, 86_400)),
  attendanceMinimumPercent: ruleOf(wholeNumber(0, 100)),
  examPassHundredths: ruleOf(wholeNumber(0, 100_000)),
  examDurationMinutes: ruleOf(wholeNumber(1, 600)),
  examGraceSeconds: ruleOf(wholeNumber(0, 600)),
  qualificationClaimMonths: ruleOf(wholeNumber(1, 600)),
  certificateValidityMonths: ruleOf(wholeNumber(1, 600)),
  reapplyBarMonths: ruleOf(wholeNumber(0, 600)),
  suspensionMonthsMin: ruleOf(wholeNumber(0, 60)),
  suspensionMonthsMax: ruleOf(wholeNumber(0, 60)),
  recoverWorkdays: ruleOf(wholeNumber(0, 250)),
  objectionWorkdays: ruleOf(wholeNumber(0, 250)),
  examSubjectLabel: ruleOf(z.string().min(1).max(40)),
  issuingAuthority: ruleOf(z.string().min(1).max(60)),
  /** Template of a register number: `{region}` (6 digits), `{year}`, `{serial:N}` (N digits); see register-number.ts. */
  numberPattern: ruleOf(z.string().regex(/^(?:[0-9A-Z-]|\{region\}|\{year\}|\{serial:[1-9]\}){1,60}$/)),
} as const;

export type RuleKey = keyof typeof RULE_SHAPES;
export type RuleValueOf<K extends RuleKey> = z.infer<(typeof RULE_SHAPES)[K]>['value'];
export type RegionRules = { readonly [K in RuleKey]: RuleValue<RuleValueOf<K>> };
/** What one region states itself; the rest comes from the regions above and from the defaults. */
export type StatedRules = { readonly [K in RuleKey]?: RuleValue<RuleValueOf<K>> | undefined };

// `Object.keys` of a literal object has exactly its keys.
export const RULE_KEYS = Object.keys(RULE_SHAPES) as readonly RuleKey[];

/** The Json column of region_rules. */
export const statedRulesSchema = z.strictObject(RULE_SHAPES).partial() satisfies z.ZodType<StatedRules>;

/** Later ones win, value by value: a county that states one value keeps all others of its city. */
export function mergeRules(base: RegionRules, ...stated: readonly StatedRules[]): RegionRules {
  const given = stated.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)),
  );
  return Object.assign({}, base, ...given) as RegionRules;
}

/** A basis that ends within this many days is announced. */
export const LAPSING_DAYS = 90;

/** Whether the document behind a value still holds on `day`. A lapsed basis does not change the value: it warns, and
 *  the region decides what takes its place (domain.md §11.1: the three-year action plan ran to the end of 2025). */
export function standingOf(rule: RuleValue<unknown>, day: Day, dayOfWarning: Day): RuleStanding {
  if (rule.until === undefined) return 'in_force';
  if (rule.until < day) return 'lapsed';
  return rule.until <= dayOfWarning ? 'lapsing' : 'in_force';
}

/** Keys whose basis has ended before `day`, in the fixed order of keys. */
export function lapsedRules(rules: RegionRules, day: Day): RuleKey[] {
  return RULE_KEYS.filter((key) => standingOf(rules[key], day, day) === 'lapsed');
}
