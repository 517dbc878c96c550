/** Persons on one proof; a case rarely has more than four. */
export const MOST_PERSONS = 20;
