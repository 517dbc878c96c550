import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { SheetChoices, SheetItem } from './sheet.ts';
import { differences } from './sheet.ts';

/** One reading of a sheet as stored. */
export interface StoredReading {
  readonly entryNo: number;
  /** The natural person: two accounts of one person are one. */
  readonly personKey: string;
  readonly choices: SheetChoices;
}

export type ReadingRefusal = 'ENTERED_ALREADY' | 'ENTRIES_AGREE' | 'THIRD_LOOK_NEEDED' | 'NOTHING_TO_SETTLE';

export interface ReadingStep {
  readonly entryNo: 1 | 2 | 3;
  /** The answers that are marked, once two readings agree or a third has settled them; null: wait for another. */
  readonly landed: SheetChoices | null;
}

/**
 * What a further reading of a sheet does (idea 17 of behaviour.md part 4; two-person entry): the first waits, the second
 * lands when it agrees with the first, and where it does not, a third look at the sheet settles it. Three different people.
 * Refuses ENTERED_ALREADY (the same person), THIRD_LOOK_NEEDED (two readings differ: another blind one settles nothing),
 * NOTHING_TO_SETTLE (a third look without two readings), ENTRIES_AGREE (landed already).
 */
export function decideReading(
  items: readonly SheetItem[],
  earlier: readonly StoredReading[],
  given: { readonly personKey: string; readonly choices: SheetChoices; readonly isThirdLook: boolean },
): Outcome<ReadingStep, ReadingRefusal> {
  const [first, second] = earlier;
  if (earlier.length > 2) return refused('ENTRIES_AGREE');
  if (first && second && differences(items, first.choices, second.choices).length === 0)
    return refused('ENTRIES_AGREE');
  if (earlier.some((one) => one.personKey === given.personKey)) return refused('ENTERED_ALREADY');
  if (!first || !second) {
    if (given.isThirdLook) return refused('NOTHING_TO_SETTLE');
    if (!first) return done({ entryNo: 1, landed: null });
    const agree = differences(items, first.choices, given.choices).length === 0;
    return done({ entryNo: 2, landed: agree ? given.choices : null });
  }
  if (!given.isThirdLook) return refused('THIRD_LOOK_NEEDED');
  return done({ entryNo: 3, landed: given.choices });
}
