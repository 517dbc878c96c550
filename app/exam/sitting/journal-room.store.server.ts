import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { EventKey } from './fold.ts';

/** Events below both bounds are taken uncounted: there can be no more than 20,000 of them. */
const UNCOUNTED_EPOCHS = 5;
const UNCOUNTED_NUMBERS = 4_000;
/** From so many on nothing above those bounds is taken: 30,000 of an attempt in all, five for each second of 90 minutes. */
const MOST_EVENTS = 10_000;

/**
 * Whether the journal takes these events: a candidate never gets near the end, a program that fills the table does. Who
 * answers as people do is not even counted, so that a save stays one statement.
 */
export async function hasJournalRoom(
  pool: Pool,
  attemptId: string,
  keys: readonly EventKey[],
): Promise<boolean> {
  if (keys.every(({ epoch, seq }) => epoch <= UNCOUNTED_EPOCHS && seq <= UNCOUNTED_NUMBERS)) return true;
  const { rows } = await pool.query({
    name: 'exam-journal-room',
    text: `select count(*)::int as count from (
             select 1 from answer_event where attempt_id = $1 limit $2) as taken`,
    values: [attemptId, MOST_EVENTS],
  });
  const [row] = z.array(z.object({ count: z.number() })).parse(rows);
  return (row?.count ?? 0) < MOST_EVENTS;
}
