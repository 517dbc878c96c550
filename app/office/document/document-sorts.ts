/** Columns of the list of documents that sort. */
export const DOCUMENT_SORTS = ['drawnAt', 'title', 'documentNo'] as const;
export type DocumentSort = (typeof DOCUMENT_SORTS)[number];
