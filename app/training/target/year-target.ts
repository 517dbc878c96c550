import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';
import type { TargetPolicy } from '../ledger/targets.ts';
import type { ExemptionEffect, ExemptionReason } from './exemption.ts';

/**
 * What one person owes in one calendar year (domain.md §4.2 cases 1–7), from where the person belonged and which
 * exemptions stand. The one rule: pages, closing, warnings and the set-based figures of reporting are checked against it.
 */

/** Regional values of the person's home on the day. */
export interface TargetRules extends TargetPolicy {
  readonly keyFields: readonly string[];
  /** Newcomers owe the part of the year from the month they came (case 1); off: the whole year. */
  readonly isProRata: boolean;
  /** Who comes into a key field owes its hours from that month on (case 3); off: the whole figure. */
  readonly isKeyFieldProRata: boolean;
}

/** One stretch `[validFrom, validTo)` of a person's home, as known. */
export interface HomeFact {
  readonly validFrom: Day;
  readonly validTo: Day | null;
  readonly fieldCode: string | null;
  /** True when the first day is merely the day of an imported roster: since when the person is there, nobody said. */
  readonly isBeginUnknown: boolean;
}

/** An approved exemption of the year. */
export interface ExemptionFact {
  readonly requestId: string;
  readonly effect: ExemptionEffect;
  readonly reason: ExemptionReason;
  readonly fromDay: Day;
  readonly toDay: Day;
  /** Months taken off the year, 1–12; 12 with the effect `exempt`. */
  readonly months: number;
  readonly documentNo: string | null;
}

export interface YearFacts {
  readonly year: number;
  /** D, inside the year: the home and the field of this day decide; on 31 December for the whole year. */
  readonly day: Day;
  readonly homes: readonly HomeFact[];
  /** Holds an ACTIVE or SUSPENDED card on the day (M1). */
  readonly holdsCard: boolean;
  readonly exemptions: readonly ExemptionFact[];
}

/** Why a target is what it is; worded by `reason-text.ts`. */
export type TargetReason =
  | {
      readonly kind: 'newcomer';
      readonly enteredDay: Day;
      readonly months: number;
      /** False: the region counts the whole year; the figure is told beside it. */
      readonly isApplied: boolean;
      readonly proRataSeconds: number;
      readonly fullSeconds: number;
    }
  | { readonly kind: 'exemption'; readonly exemption: ExemptionFact }
  | {
      readonly kind: 'key_field';
      readonly fieldCode: string;
      /** First day in a key field, where it lies inside the year. */
      readonly sinceDay: Day | null;
      readonly months: number;
      readonly isApplied: boolean;
    };

/** `due`: counted. `exempt`: nothing left to owe. `not_counted`: no home or no card on the day. */
export type TargetStanding = 'due' | 'exempt' | 'not_counted';

export interface OwnTarget {
  readonly standing: TargetStanding;
  /** Credit seconds for the year, with the key-field hours on top where the region puts them there. */
  readonly yearlySeconds: number;
  /** The same without any reduction. */
  readonly fullYearlySeconds: number;
  /** Specialised law; null outside key fields. */
  readonly keyFieldSeconds: number | null;
  readonly fullKeyFieldSeconds: number | null;
  readonly yearlyReasons: readonly TargetReason[];
  readonly keyFieldReasons: readonly TargetReason[];
}

const MONTHS = 12;

/** Months from the one `day` lies in to December, that month included. */
export function monthsFrom(day: Day): number {
  return MONTHS + 1 - Number(day.slice(5, 7));
}

/** Part of a year's target for so many months, cut to whole credit seconds. @param months ≤ 12; below 0 counts as 0 */
export function partOfYearFloor(targetSeconds: number, months: number): number {
  return Math.floor((targetSeconds * Math.max(months, 0)) / MONTHS);
}

const covers = (home: HomeFact, day: Day): boolean =>
  home.validFrom <= day && (home.validTo === null || home.validTo > day);

/**
 * The day a person came into the service of a unit for the first time, in whatever post: counted is who holds a card,
 * whatever the post (domain.md §7 M1, M3). Null when it lies before the year or nobody said.
 */
export function enteredWithin(year: number, homes: readonly HomeFact[]): Day | null {
  const [first] = [...homes].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  if (first === undefined || first.isBeginUnknown || yearOf(first.validFrom) !== year) return null;
  return first.validFrom;
}

/** Since when a person who is in a key field on the day has been in one; null when since before the year. */
function inKeyFieldSince(facts: YearFacts, isKey: (home: HomeFact) => boolean): Day | null {
  const others = facts.homes
    .filter((home) => !isKey(home))
    .map((home) => home.validTo)
    .filter((end): end is Day => end !== null && end <= facts.day && yearOf(end) === facts.year)
    .sort();
  return others.at(-1) ?? null;
}

interface Months {
  readonly entered: Day | null;
  /** Months of presence that count, before exemptions. */
  readonly base: number;
  readonly exempted: number;
}

function monthsOf(facts: YearFacts, rules: TargetRules): Months {
  const entered = enteredWithin(facts.year, facts.homes);
  const base = entered !== null && rules.isProRata ? monthsFrom(entered) : MONTHS;
  const taken = facts.exemptions.reduce((sum, one) => sum + one.months, 0);
  return { entered, base, exempted: Math.min(taken, MONTHS) };
}

function newcomerReason(entered: Day | null, fullSeconds: number, isApplied: boolean): TargetReason[] {
  if (entered === null || monthsFrom(entered) === MONTHS) return [];
  const months = monthsFrom(entered);
  const proRataSeconds = partOfYearFloor(fullSeconds, months);
  return [{ kind: 'newcomer', enteredDay: entered, months, isApplied, proRataSeconds, fullSeconds }];
}

interface KeyPart {
  readonly seconds: number;
  readonly reasons: readonly TargetReason[];
}

function keyPart(
  facts: YearFacts,
  rules: TargetRules,
  home: HomeFact | undefined,
  months: Months,
): KeyPart | null {
  const isKey = (one: HomeFact): boolean => one.fieldCode !== null && rules.keyFields.includes(one.fieldCode);
  if (home === undefined || home.fieldCode === null || !isKey(home)) return null;
  const sinceDay = inKeyFieldSince(facts, isKey);
  const inField = sinceDay !== null ? monthsFrom(sinceDay) : MONTHS;
  const base = rules.isKeyFieldProRata ? Math.min(months.base, inField) : months.base;
  return {
    seconds: partOfYearFloor(rules.keyFieldCreditSeconds, base - months.exempted),
    reasons: [
      {
        kind: 'key_field',
        fieldCode: home.fieldCode,
        sinceDay,
        months: inField,
        isApplied: rules.isKeyFieldProRata,
      },
    ],
  };
}

function standingOf(facts: YearFacts, home: HomeFact | undefined, months: Months): TargetStanding {
  if (home === undefined || !facts.holdsCard) return 'not_counted';
  const isExempt = facts.exemptions.some((one) => one.effect === 'exempt');
  return isExempt || months.base - months.exempted <= 0 ? 'exempt' : 'due';
}

/**
 * The year's target of one person. Newcomers by months with the month of coming (case 1, switch `isProRata`), the home
 * and the field of the day (cases 2, 3, 4, 7), exemptions by months (case 6). Counted is who holds a card (M3 counts M1);
 * a suspended one changes nothing (case 5). What would be owed is told also to whom is not counted.
 */
export function ownTarget(facts: YearFacts, rules: TargetRules): OwnTarget {
  const home = facts.homes.find((one) => covers(one, facts.day));
  const months = monthsOf(facts, rules);
  const left = months.base - months.exempted;
  const key = keyPart(facts, rules, home, months);
  const isOnTop = key !== null && !rules.isKeyFieldInsideYearly;
  const exemptions = facts.exemptions.map((exemption): TargetReason => ({ kind: 'exemption', exemption }));
  const full = rules.yearlyCreditSeconds;
  return {
    standing: standingOf(facts, home, months),
    yearlySeconds: partOfYearFloor(full, left) + (isOnTop ? key.seconds : 0),
    fullYearlySeconds: full + (isOnTop ? rules.keyFieldCreditSeconds : 0),
    keyFieldSeconds: key === null ? null : key.seconds,
    fullKeyFieldSeconds: key === null ? null : rules.keyFieldCreditSeconds,
    yearlyReasons: [...newcomerReason(months.entered, full, rules.isProRata), ...exemptions],
    keyFieldReasons:
      key === null
        ? []
        : [
            ...key.reasons,
            ...newcomerReason(months.entered, rules.keyFieldCreditSeconds, rules.isProRata),
            ...exemptions,
          ],
  };
}
