import type { Day } from '#app/platform/time/day.ts';
import type { PaperData, PaperKind } from '../../document/paper.ts';

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

/** An answer that counts, as the announcement lists it. */
export interface CountedAnswer {
  readonly unitName: string;
  readonly content: unknown;
}

/** What an announcement says about the whole campaign. */
export interface AnnouncementFacts {
  readonly year: number;
  readonly regionName: string;
  readonly title: string;
  /** Who approved: 某市人民政府; null before the approval is entered. */
  readonly approvingOrgan: string | null;
  readonly documentNo: string | null;
  readonly effectiveDay: Day | null;
  readonly isSupplement: boolean;
}

export interface Announcement {
  readonly title: string;
  /** Plain text to copy, paragraphs by line feeds. */
  readonly text: string;
  readonly data: PaperData;
  readonly rows: number;
}

/** Something an answer reported that could no longer be done at the approval, and why. */
export interface LeftUndone {
  readonly key: string;
  readonly what: string;
  readonly unitId: string;
  readonly why: string;
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
  readonly announcement: {
    readonly paper: PaperKind;
    readonly label: string;
    readonly draft: (answers: readonly CountedAnswer[], facts: AnnouncementFacts) => Announcement;
  };
  /** Whether single units may change their standing during the year by a small campaign of their own. */
  readonly supplementLabel: string | null;
  /** Pages of its own, for kinds of slices above; the office's pages when left out. */
  readonly pages?: {
    readonly answer: (campaignId: string, unitId: string) => string;
    readonly review: (campaignId: string, unitId: string) => string;
  };
  /** Reads the stored effect of an approval; left out where nothing can remain undone. */
  readonly leftUndone?: ((effect: unknown) => readonly LeftUndone[]) | undefined;
  /** Reads stored content: throws for content that the kind's schema does not know. */
  readonly digest: (content: unknown) => AnswerDigest;
}
