import type { FrozenPaper } from '../../paper/frozen-paper.ts';
import { foldAnswers } from '../../sitting/fold.ts';
import { gradePaper } from '../grading.ts';

/** One answer as the journal has it: epoch, seq, position, choice. */
type Answer = readonly [number, number, number, string];

export interface LatePreview {
  readonly scoreHundredths: number;
  readonly passed: boolean;
  /** Positions whose graded answer would be another one. */
  readonly changed: readonly { readonly position: number; readonly from: string; readonly to: string }[];
}

const fold = (answers: readonly Answer[]): Map<number, string> =>
  foldAnswers(
    answers.map(([epoch, seq, position, choice]) => ({ epoch, seq, position, choice, standing: 'counted' })),
  );

/**
 * What a result would be if the late answers counted as well: the same fold and the same marking as for every result, so
 * the decision writes what was shown. A late answer that a later one of the same position follows changes nothing.
 */
export function previewLate(input: {
  readonly content: FrozenPaper;
  readonly passMarkHundredths: number;
  readonly counted: readonly Answer[];
  readonly late: readonly Answer[];
}): LatePreview {
  const before = fold(input.counted);
  const after = fold([...input.counted, ...input.late]);
  const { scoreHundredths } = gradePaper(input.content, after);
  const changed = input.content.items
    .map(({ position }) => ({
      position,
      from: before.get(position) ?? '',
      to: after.get(position) ?? '',
    }))
    .filter(({ from, to }) => from !== to);
  return { scoreHundredths, passed: scoreHundredths >= input.passMarkHundredths, changed };
}
