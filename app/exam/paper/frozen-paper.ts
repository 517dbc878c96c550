import { createHash } from 'node:crypto';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import type { Option, QuestionType, Section } from '../bank/question.ts';
import type { MultipleRule } from './blueprint.ts';

/** An option as printed: its letter on this paper, and the letter it has in the bank (for item analysis). */
export interface FrozenOption extends Option {
  readonly source: string;
}

/** One item as it is shown and marked; later edits of the question do not reach it. */
export interface FrozenItem {
  /** From 1, over the whole paper. */
  readonly position: number;
  readonly questionVersionId: string;
  readonly type: QuestionType;
  readonly section: Section;
  readonly stem: string;
  /** Empty for true/false. */
  readonly options: readonly FrozenOption[];
  /** Letters of this paper, ascending; `T` or `F`. */
  readonly key: readonly string[];
  readonly markHundredths: number;
}

/** The `content` of a paper: everything marking needs, and nothing that changes afterwards. */
export interface FrozenPaper {
  readonly blueprint: string;
  readonly multipleRule: MultipleRule;
  readonly items: readonly FrozenItem[];
}

/** What marking needs of a paper: neither texts nor where they came from. */
export interface MarkedPaper {
  readonly multipleRule: MultipleRule;
  readonly items: readonly Pick<FrozenItem, 'position' | 'section' | 'key' | 'markHundredths'>[];
}

/** An item as the candidate gets it: no key, no hint where an option came from. */
export interface CandidateItem {
  readonly position: number;
  readonly type: QuestionType;
  readonly stem: string;
  readonly options: readonly Option[];
  readonly markHundredths: number;
}

/** Hash of the paper's content, hexadecimal SHA-256; printed on the paper and in the result. */
export function paperHash(paper: FrozenPaper): string {
  return createHash('sha256').update(canonicalJson(paper)).digest('hex');
}

export function candidateItems(paper: FrozenPaper): CandidateItem[] {
  return paper.items.map(({ position, type, stem, options, markHundredths }) => ({
    position,
    type,
    stem,
    options: options.map(({ letter, text }) => ({ letter, text })),
    markHundredths,
  }));
}
