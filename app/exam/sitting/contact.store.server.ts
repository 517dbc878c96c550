import type { Pool } from '#app/platform/db/db.server.ts';

/**
 * Notes that the device of a running attempt was heard although it had nothing to save, for the invigilators' board. No
 * evidence and no part of any decision: overwritten each time, never set back.
 */
export async function noteContact(pool: Pool, attemptId: string, heardAt: Date): Promise<void> {
  await pool.query({
    name: 'exam-contact',
    text: `insert into attempt_contact (attempt_id, heard_at) values ($1, $2)
           on conflict (attempt_id) do update set heard_at = excluded.heard_at
           where attempt_contact.heard_at < excluded.heard_at`,
    values: [attemptId, heardAt],
  });
}
