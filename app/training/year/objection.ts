/** How an objection ended: the ledger was wrong (and is corrected there), or it stands. */
export const OBJECTION_OUTCOMES = ['upheld', 'rejected'] as const;
export type ObjectionOutcome = (typeof OBJECTION_OUTCOMES)[number];

export const OUTCOME_WORDS: Readonly<Record<ObjectionOutcome, string>> = {
  upheld: '异议成立',
  rejected: '异议不成立',
};

/** Characters of a reason and of an answer, at least and at most. */
export const REASON_LENGTH = { least: 5, most: 500 } as const;
