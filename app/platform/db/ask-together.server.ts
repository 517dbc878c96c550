import type { Pool } from './db.server.ts';
import { isDatabaseAway } from './errors.server.ts';
import { createGroupCommit } from './group-commit.ts';

/** Two, so that nobody waits for one that is slow to start; more would only be more statements. */
const MAX_IN_FLIGHT = 2;

/** Asks of one database, one statement for all questions: an answer for each, in their order. */
export type AskAll<Question, Answer> = (
  pool: Pool,
  questions: readonly Question[],
) => Promise<readonly Answer[]>;

/**
 * One question at a time for who asks, few statements for the database: a hall of candidates does the same within the
 * same second, and then most of the work of both sides is in the statements themselves, not in their rows. What comes in
 * the same turn of the event loop is asked at once, what comes while two are under way is asked together in the next. A
 * question that breaks the statement it shares breaks only itself.
 * @param most questions in one statement
 */
export function askTogether<Question, Answer>(
  most: number,
  askAll: AskAll<Question, Answer>,
): (pool: Pool, question: Question) => Promise<Answer> {
  const askers = new WeakMap<Pool, (question: Question) => Promise<Answer>>();
  return (pool, question) => {
    const known = askers.get(pool);
    if (known) return known(question);
    const made = createGroupCommit<Question, Answer>({
      maxInFlight: MAX_IN_FLIGHT,
      maxWeight: most,
      weigh: () => 1,
      mayBeOneBadItem: (error) => !isDatabaseAway(error),
      run: (questions) => askAll(pool, questions),
    });
    askers.set(pool, made);
    return made(question);
  };
}
