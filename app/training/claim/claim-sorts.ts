/** What the list of claims may be sorted by. */
export const CLAIM_SORTS = ['filed', 'person', 'day', 'hours'] as const;
export type ClaimSort = (typeof CLAIM_SORTS)[number];
