import type { PaperKind } from '../../document/paper.ts';

/** One fact of an exception as a reviewer compares it. */
export interface ComparedFact {
  readonly label: string;
  /** What the register says; null where there is nothing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** What differs from the preset in an answer: all a reviewer needs to look at. */
export interface ExceptionLine {
  readonly key: string;
  /** 变更 · 新增 · 撤销 · 退休 … */
  readonly verdict: string;
  readonly title: string;
  readonly facts: readonly ComparedFact[];
}

export interface AnswerDigest {
  readonly exceptions: readonly ExceptionLine[];
  /** By the kind's figure keys; summed over units for the summary. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface FigureLabel {
  readonly key: string;
  readonly label: string;
  readonly unit: string;
}

/**
 * What one kind of campaign is: plain data and pure functions. The mechanism (deadline, states, reminders, review, board)
 * knows nothing else about it; what it reads and writes stands in its `CampaignWork`.
 */
export interface CampaignKind {
  /** snake_case; never renamed, campaigns carry it. */
  readonly code: string;
  readonly label: string;
  /** What a unit says with one click when nothing is different. */
  readonly sameLabel: string;
  /** What must be uploaded before an answer is handed in; null for nothing. */
  readonly stampedForm: string | null;
  readonly defaultWorkdays: number;
  readonly title: (year: number) => string;
  readonly body: (year: number) => string;
  readonly figures: readonly FigureLabel[];
  /** What approval does, in a sentence; stands above the button. */
  readonly approvalEffect: string;
  readonly announcement: { readonly paper: PaperKind; readonly label: string };
  /** Whether single units may change their standing during the year by a small campaign of their own. */
  readonly supplementLabel: string | null;
  /** Reads stored content: throws for content that the kind's schema does not know. */
  readonly digest: (content: unknown) => AnswerDigest;
}
