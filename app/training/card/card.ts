import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDays } from '#app/platform/time/day.ts';
import type { EntryKind } from '../ledger/entry.ts';
import type { Category, CategorySeconds } from '../ledger/hours.ts';
import { CATEGORIES, sumByCategory, totalSeconds } from '../ledger/hours.ts';
import type { Conclusion } from '../target/year-standing.ts';

/** One line of the 业务培训登记卡 (domain.md §4.3): an entry of the ledger with what its source knows of the training. */
export interface CardRow {
  readonly entryId: string;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly title: string;
  readonly organiser: string;
  readonly form: string;
  readonly category: Category;
  readonly content: string;
  readonly place: string;
  /** 规定学时 or minutes, in words; empty where nothing states them. */
  readonly stated: string;
  /** Signed: a correction shows the entry it takes back and the one in its place. */
  readonly creditSeconds: number;
  readonly result: string;
  readonly proof: string;
  readonly recordedBy: string;
  readonly approvedBy: string;
  readonly kind: EntryKind;
  /** Came into the ledger after the year was closed: stands beside the sealed figure. */
  readonly isAdjustment: boolean;
}

export interface CardPerson {
  readonly id: string;
  readonly name: string;
  readonly sex: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly position: string;
  readonly fieldName: string;
  readonly certificateNo: string;
}

/** What was sealed when the year was closed. */
export interface CardSeal {
  readonly sealNo: string;
  readonly closedDay: Day;
  readonly sums: CategorySeconds;
  readonly totalSeconds: number;
  readonly conclusion: Conclusion;
}

export interface Card {
  readonly person: CardPerson;
  readonly year: number;
  /** Day the figures are as of: the last of the year, or today. */
  readonly asOfDay: Day;
  readonly rows: readonly CardRow[];
  /** Balance of the ledger: the sum of the rows. */
  readonly sums: CategorySeconds;
  readonly totalSeconds: number;
  readonly targetSeconds: number;
  readonly required: readonly {
    readonly title: string;
    readonly isComplete: boolean;
    readonly isLapsed: boolean;
  }[];
  readonly conclusion: Conclusion;
  /** Null while the year is open. */
  readonly seal: CardSeal | null;
}

/**
 * The sums of the card, asserted against the balance of the ledger, and of a closed year against the sealed figure: what
 * was sealed and what came after it make up the whole.
 */
export function checkedSums(
  rows: readonly CardRow[],
  balance: CategorySeconds,
  seal: Pick<CardSeal, 'sums'> | null,
): CategorySeconds {
  const sums = sumByCategory(rows);
  const isEqual = (a: CategorySeconds, b: CategorySeconds) =>
    CATEGORIES.every((category) => a[category] === b[category]);
  invariant(isEqual(sums, balance), 'the rows of a card add up to the balance');
  if (seal !== null) {
    const sealed = sumByCategory(rows.filter((row) => !row.isAdjustment));
    invariant(isEqual(sealed, seal.sums), 'the rows before the closing add up to the sealed figure');
  }
  return sums;
}

/** Three-column forms count specialised law under 业务知识, and say how much of it that is (domain.md §4.1). */
export function threeColumns(sums: CategorySeconds) {
  return {
    publicLaw: sums.public_law,
    business: sums.business + sums.specialised_law,
    specialisedLaw: sums.specialised_law,
    skill: sums.skill,
    total: totalSeconds(sums),
  };
}

/** `2026年3月2日`, or `2026年3月2日至4日`. */
export function daysText({ fromDay, toDay }: Pick<CardRow, 'fromDay' | 'toDay'>): string {
  return formatDays(fromDay, toDay);
}

/** What came after closing, signed. */
export const adjustedSecondsOf = (rows: readonly CardRow[]): number =>
  rows.reduce((sum, row) => sum + (row.isAdjustment ? row.creditSeconds : 0), 0);
