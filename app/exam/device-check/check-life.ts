/** A check says something about the exam day when it was made within these days before it. */
export const CHECK_LIFE_DAYS = 14;
