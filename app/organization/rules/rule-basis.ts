/**
 * On what a regional value rests: `statute` = read in the text of a law; `policy` = stands in a policy document;
 * `search` = found in the rules of other places; `proposal` = our suggestion, to be confirmed by the region.
 * Nothing is marked stronger than it is (design invariant 5).
 */
export const BASES = ['statute', 'policy', 'search', 'proposal'] as const;
export type Basis = (typeof BASES)[number];

/** Whether the document behind a value still holds. */
export type RuleStanding = 'in_force' | 'lapsing' | 'lapsed';
