/** Wrong 开考口令 one candidate may type in the window below: typing errors, not guessing (25^6 codes). */
export const CODE_TRIES = 10;
export const CODE_TRIES_SECONDS = 300;
/** Name of the limit; its rows are keyed by registration, so that nobody uses up somebody else's tries. */
export const CODE_LIMIT = 'exam_code';

/**
 * SQL: seconds until this registration may type a code again, null while it may. Part of statements that are asked
 * anyway, so that a start asks nothing more.
 * @param registrationId SQL expression
 * @param nowMs parameter of the statement that is given `limitNow()`: the limiter has written the rows by that clock
 */
export const codeBlockedSecondsSql = (registrationId: string, nowMs: string): string =>
  `(select ceil((l.expire - ${nowMs}::numeric) / 1000)::int from rate_limit l
    where l.key = '${CODE_LIMIT}:' || ${registrationId}::text and l.points >= ${CODE_TRIES} and l.expire > ${nowMs}::numeric)`;
