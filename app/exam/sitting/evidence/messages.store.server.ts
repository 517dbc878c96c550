import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { RoomMessage } from '../wire.ts';

/** Newest ones of an attempt; more than that nobody reads during an exam. */
const MAX_MESSAGES = 20;

const row = z.object({
  id: z.string().nullable(),
  text: z.string().nullable(),
  occurredAt: z.date().nullable(),
});

/**
 * What invigilators have told this candidate, newest first: to the sitting, to the room, or to this attempt alone. A
 * sitting may stay open for months, so older than half a day before the attempt's start is left out. Null for an attempt
 * that is unknown or another account's.
 */
export async function listMessages(
  pool: Pool,
  attemptId: string,
  accountId: string,
): Promise<RoomMessage[] | null> {
  const { rows } = await pool.query({
    name: 'exam-messages',
    text: `select m.id, m.text, m.occurred_at as "occurredAt"
           from attempt a join exam_registration r on r.id = a.registration_id
           left join exam_message m on m.sitting_id = r.sitting_id
             and (m.attempt_id = a.id or (m.attempt_id is null and (m.room_id is null or m.room_id = r.room_id)))
             and m.occurred_at >= a.started_at - interval '12 hours'
           where a.id = $1 and a.account_id = $2
           order by m.occurred_at desc nulls last, m.id desc limit ${MAX_MESSAGES}`,
    values: [attemptId, accountId],
  });
  const messages = z.array(row).parse(rows);
  if (messages.length === 0) return null;
  return messages.flatMap(({ id, text, occurredAt }) =>
    id === null || text === null || occurredAt === null ? [] : [{ id, text, atMs: occurredAt.getTime() }],
  );
}
