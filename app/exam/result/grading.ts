import { assertNever } from '#app/platform/result/invariant.ts';
import type { Section } from '../bank/question.ts';
import type { MarkedPaper } from '../paper/frozen-paper.ts';
import { choiceOf } from '../sitting/choice.ts';

export interface ItemResult {
  readonly position: number;
  /** The answer as graded; empty when there is none. */
  readonly choice: string;
  readonly isCorrect: boolean;
  readonly earnedHundredths: number;
}

export interface SectionResult {
  readonly section: Section;
  readonly itemCount: number;
  readonly correctCount: number;
  readonly earnedHundredths: number;
  readonly fullHundredths: number;
}

export interface GradedPaper {
  readonly items: readonly ItemResult[];
  /** In the order in which the sections first appear on the paper. */
  readonly sections: readonly SectionResult[];
  readonly scoreHundredths: number;
  readonly fullMarkHundredths: number;
}

/**
 * Marks of one item in hundredths (domain.md §5.4, Scoring): the whole mark when exactly the key was chosen, else
 * nothing. Single and true/false have a key of one; multiple choice is all or nothing by the paper's rule.
 */
export function markItem(
  item: Pick<MarkedPaper['items'][number], 'key' | 'markHundredths'>,
  choice: string,
  rule: MarkedPaper['multipleRule'],
): number {
  switch (rule) {
    case 'all_or_nothing':
      return choice !== '' && choice === choiceOf(item.key) ? item.markHundredths : 0;
    default:
      return assertNever(rule);
  }
}

function bySection(paper: MarkedPaper, items: readonly ItemResult[]): SectionResult[] {
  const sections = new Map<Section, SectionResult>();
  for (const [index, item] of paper.items.entries()) {
    const result = items[index];
    const sum = sections.get(item.section);
    sections.set(item.section, {
      section: item.section,
      itemCount: (sum?.itemCount ?? 0) + 1,
      correctCount: (sum?.correctCount ?? 0) + (result?.isCorrect ? 1 : 0),
      earnedHundredths: (sum?.earnedHundredths ?? 0) + (result?.earnedHundredths ?? 0),
      fullHundredths: (sum?.fullHundredths ?? 0) + item.markHundredths,
    });
  }
  return [...sections.values()];
}

/** Grades a frozen paper. Integers throughout: the same paper and answers always give the same marks. */
export function gradePaper(paper: MarkedPaper, answers: ReadonlyMap<number, string>): GradedPaper {
  const items = paper.items.map((item): ItemResult => {
    const choice = answers.get(item.position) ?? '';
    const earnedHundredths = markItem(item, choice, paper.multipleRule);
    return { position: item.position, choice, isCorrect: earnedHundredths > 0, earnedHundredths };
  });
  return {
    items,
    sections: bySection(paper, items),
    scoreHundredths: items.reduce((sum, item) => sum + item.earnedHundredths, 0),
    fullMarkHundredths: paper.items.reduce((sum, item) => sum + item.markHundredths, 0),
  };
}
