import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Category } from './hours.ts';
import { isOffPost, OFF_POST } from './off-post.ts';

/** Largest single entry: 1,000 学时 (constraint `hour_entry_within_a_day_of_hours`). */
export const MAX_ENTRY_SECONDS = 2_700_000;

export type EntryKind =
  'lesson' | 'course' | 'session' | 'external' | 'exam' | 'lecture' | 'correction' | 'reversal';

/** What an entry comes from; `sourceId` names the thing. `history` are figures brought along from before. */
export type SourceKind =
  'lesson_version' | 'course_version' | 'training_session' | 'claim' | 'import' | 'history';

/** How the figure was reached, in plain values: shown with the entry, kept with it for ever. */
export type EntryBasis = Readonly<Record<string, string | number | boolean | null>>;

/** One signed, non-zero fact to append. `entryKey` is unique: the same fact is never written twice. */
export interface NewEntry {
  readonly entryKey: string;
  readonly personId: string;
  /** The person's unit on that day: history stays with the unit of the time (domain.md §4.2 case 2). */
  readonly unitId: string;
  readonly creditSeconds: number;
  readonly category: Category;
  /** The day of the training decides the year; never the day of recording. */
  readonly occurredDay: Day;
  readonly kind: EntryKind;
  readonly sourceKind: SourceKind;
  readonly sourceId: string;
  readonly title: string;
  readonly basis: EntryBasis;
  readonly reversesEntryId: string | null;
  readonly reasonCode: string | null;
  /** Account that entered it; null when a rule of the platform did. */
  readonly recordedBy: string | null;
  readonly approvedBy: string | null;
}

/** An entry as it stands in the ledger. */
export interface HourEntry extends Omit<NewEntry, 'entryKey' | 'sourceKind'> {
  readonly id: string;
  readonly sourceKind: string;
  /** The entry that takes this one back, if any. */
  readonly reversedById: string | null;
}

export interface CorrectionReason {
  readonly reasonCode: string;
  /** Said to the person, beside the entry. */
  readonly text: string;
  readonly recordedBy: string | null;
  readonly approvedBy: string | null;
}

const tagOf = ({ basis }: HourEntry) => (isOffPost(basis) ? OFF_POST : {});

/** Takes an entry back in full. It stays; the reversal stands beside it. */
export function reversalOf(entry: HourEntry, why: CorrectionReason): NewEntry {
  return {
    entryKey: `reversal:${entry.id}`,
    personId: entry.personId,
    unitId: entry.unitId,
    creditSeconds: -entry.creditSeconds,
    category: entry.category,
    occurredDay: entry.occurredDay,
    kind: 'reversal',
    sourceKind: entry.sourceKind as SourceKind,
    sourceId: entry.sourceId,
    title: entry.title,
    basis: { reverses: entry.id, reason: why.text, ...tagOf(entry) },
    reversesEntryId: entry.id,
    reasonCode: why.reasonCode,
    recordedBy: why.recordedBy,
    approvedBy: why.approvedBy,
  };
}

/** What stands in place of a reversed entry. @param creditSeconds integer > 0 */
export function replacementOf(entry: HourEntry, creditSeconds: number, why: CorrectionReason): NewEntry {
  return {
    ...reversalOf(entry, why),
    entryKey: `correction:${entry.id}`,
    creditSeconds,
    kind: 'correction',
    basis: { corrects: entry.id, reason: why.text, ...tagOf(entry) },
    reversesEntryId: null,
  };
}

export type CorrectionRefusal =
  | 'ENTRY_IS_REVERSAL'
  | 'ENTRY_ALREADY_CORRECTED'
  | 'CREDIT_UNCHANGED'
  | 'CREDIT_OUT_OF_RANGE'
  | 'REASON_REQUIRED';

/**
 * A correction: the entry is reversed and, unless it is struck out altogether, a new one stands in its place; both
 * name the entry, the reason and the two persons (domain.md §4.2 case 13). Nothing is ever overwritten.
 * @param creditSeconds what is right, integer 0 … 2,700,000; 0 strikes the entry out
 */
export function decideCorrection(
  entry: HourEntry,
  creditSeconds: number,
  why: CorrectionReason,
): Outcome<NewEntry[], CorrectionRefusal> {
  if (entry.kind === 'reversal') return refused('ENTRY_IS_REVERSAL');
  if (entry.reversedById !== null) return refused('ENTRY_ALREADY_CORRECTED');
  if (why.text.trim() === '') return refused('REASON_REQUIRED');
  if (!Number.isInteger(creditSeconds) || creditSeconds < 0 || creditSeconds > MAX_ENTRY_SECONDS)
    return refused('CREDIT_OUT_OF_RANGE');
  if (creditSeconds === entry.creditSeconds) return refused('CREDIT_UNCHANGED');
  const reversal = reversalOf(entry, why);
  return done(creditSeconds === 0 ? [reversal] : [reversal, replacementOf(entry, creditSeconds, why)]);
}
