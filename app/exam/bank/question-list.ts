/** Columns of the question list that can be sorted by, and those it filters by. */
export const QUESTION_SORTS = ['code', 'type', 'section', 'article', 'difficulty', 'version'] as const;
export type QuestionSort = (typeof QUESTION_SORTS)[number];

export const QUESTION_FILTERS = ['type', 'section', 'law', 'article', 'difficulty', 'status'] as const;
export type QuestionFilter = (typeof QUESTION_FILTERS)[number];
