/** 开卷口令 of a sitting for who watches it, from the bell on. */
export const openingCodesPath = (sittingId: string): string => `/invigilate/${sittingId}/opening-codes`;

/** 开卷口令单 as a file, for the bureau. */
export const openingSheetsPath = (sittingId: string): string =>
  `/bureau/exams/sittings/${sittingId}/opening-sheets`;
