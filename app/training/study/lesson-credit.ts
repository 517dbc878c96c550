import type { Day } from '#app/platform/time/day.ts';
import type { CorrectionReason, HourEntry, NewEntry } from '../ledger/entry.ts';
import { replacementOf, reversalOf } from '../ledger/entry.ts';
import type { StudyPolicy } from './study.ts';

/** Dwell and questions, both needed (domain.md §4.4): 60 % of the nominal length and 80 % right by default. */
export function isDwellEnough(
  verifiedSeconds: number,
  nominalSeconds: number,
  policy: Pick<StudyPolicy, 'readingDwellPercent'>,
): boolean {
  return verifiedSeconds * 100 >= nominalSeconds * policy.readingDwellPercent;
}

/** Study a lesson needs to be complete, in whole seconds. */
export function dwellSeconds(
  nominalSeconds: number,
  policy: Pick<StudyPolicy, 'readingDwellPercent'>,
): number {
  return Math.ceil((nominalSeconds * policy.readingDwellPercent) / 100);
}

/** Seconds still to be studied before the lesson can be complete; 0 when none. */
export function dwellLeftSeconds(
  verifiedSeconds: number,
  nominalSeconds: number,
  policy: Pick<StudyPolicy, 'readingDwellPercent'>,
): number {
  return Math.max(dwellSeconds(nominalSeconds, policy) - verifiedSeconds, 0);
}

export function isCheckPassed(
  correctCount: number,
  itemCount: number,
  policy: Pick<StudyPolicy, 'checkPassPercent'>,
): boolean {
  return itemCount > 0 && correctCount * 100 >= itemCount * policy.checkPassPercent;
}

export interface Settlement {
  /** Days with more to credit than the ledger holds. */
  readonly additions: readonly { readonly day: Day; readonly seconds: number; readonly ordinal: number }[];
  /** Reversals and their replacements, where a class turned out to have occupied credited time. */
  readonly corrections: readonly NewEntry[];
}

export const OVERLAP_REASON: CorrectionReason = {
  reasonCode: 'class_overlap',
  text: '该时段已参加培训班，网络学习时间不重复计算',
  recordedBy: null,
  approvedBy: null,
};

const sumOf = (entries: readonly HourEntry[]): number =>
  entries.reduce((sum, entry) => sum + entry.creditSeconds, 0);

/**
 * What brings the ledger of one lesson and person into line with the study that counts, day by day. Doing it again
 * yields nothing. A day on which a person has corrected an entry is left as that person decided.
 * @param wanted credit seconds of each day on which study counts
 * @param posted every entry of this lesson and person so far
 */
export function decideSettlement(wanted: ReadonlyMap<Day, number>, posted: readonly HourEntry[]): Settlement {
  const days = [...new Set([...wanted.keys(), ...posted.map((entry) => entry.occurredDay)])].sort();
  const additions: { day: Day; seconds: number; ordinal: number }[] = [];
  const corrections: NewEntry[] = [];
  for (const day of days) {
    const ofDay = posted.filter((entry) => entry.occurredDay === day);
    if (ofDay.some((entry) => entry.recordedBy !== null)) continue;
    const missing = (wanted.get(day) ?? 0) - sumOf(ofDay);
    if (missing > 0) {
      const ordinal = ofDay.filter((entry) => entry.kind === 'lesson').length;
      additions.push({ day, seconds: missing, ordinal });
    } else if (missing < 0) corrections.push(...takeBack(ofDay, -missing));
  }
  return { additions, corrections };
}

/** Reverses the newest entries until `excess` is gone; what was reversed too much comes back as a correction. */
function takeBack(ofDay: readonly HourEntry[], excess: number): NewEntry[] {
  const standing = ofDay.filter((entry) => entry.creditSeconds > 0 && entry.reversedById === null).reverse();
  const made: NewEntry[] = [];
  let left = excess;
  for (const entry of standing) {
    if (left <= 0) break;
    made.push(reversalOf(entry, OVERLAP_REASON));
    left -= entry.creditSeconds;
    if (left < 0) made.push(replacementOf(entry, -left, OVERLAP_REASON));
  }
  return made;
}
