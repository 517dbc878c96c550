import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { EventKey } from './fold.ts';

/** Events below both bounds are taken uncounted: there can be no more than 20,000 of them. */
const UNCOUNTED_EPOCHS = 5;
const UNCOUNTED_NUMBERS = 4_000;
/** From so many on nothing above those bounds is taken: 30,000 of an attempt in all, five for each second of 90 minutes. */
const MOST_EVENTS = 10_000;
/** So many are taken after a count before the next one; each process counts for itself. */
const TAKEN_AT_ONCE = 500;
const REMEMBERED_ATTEMPTS = 20_000;

/**
 * Whether the journal takes these events: a candidate never gets near the end, a program that fills the table does. Who
 * answers as people do is not counted, so that a save stays one statement; a page that was loaded without network numbers
 * above the bounds and is counted once in 500 events.
 */
export type HasJournalRoom = (attemptId: string, keys: readonly EventKey[]) => Promise<boolean>;

export function createJournalRoom(pool: Pool): HasJournalRoom {
  /** What an attempt may still bring before it is counted again. */
  const left = new Map<string, number>();
  return async (attemptId, keys) => {
    if (keys.every(({ epoch, seq }) => epoch <= UNCOUNTED_EPOCHS && seq <= UNCOUNTED_NUMBERS)) return true;
    const known = left.get(attemptId) ?? 0;
    const room = known >= keys.length ? known : MOST_EVENTS - (await countEvents(pool, attemptId));
    if (room <= 0) return false;
    if (left.size >= REMEMBERED_ATTEMPTS) left.clear();
    left.set(attemptId, Math.min(room, TAKEN_AT_ONCE) - keys.length);
    return true;
  };
}

async function countEvents(pool: Pool, attemptId: string): Promise<number> {
  const { rows } = await pool.query({
    name: 'exam-journal-room',
    text: `select count(*)::int as count from (
             select 1 from answer_event where attempt_id = $1 limit $2) as taken`,
    values: [attemptId, MOST_EVENTS],
  });
  const [row] = z.array(z.object({ count: z.number() })).parse(rows);
  return row?.count ?? 0;
}
