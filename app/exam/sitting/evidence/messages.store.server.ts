import { z } from 'zod';
import { askTogether } from '#app/platform/db/ask-together.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { fewRows } from '#app/platform/db/few-rows.ts';
import type { RoomMessage } from '../wire.ts';

/** Newest ones of an attempt; more than that nobody reads during an exam. */
const MAX_MESSAGES = 20;
const MAX_ATTEMPTS = 100;

interface Asked {
  readonly attemptId: string;
  readonly accountId: string;
}

const row = z.object({
  n: z.number(),
  messages: z.array(z.object({ id: z.string(), text: z.string(), atMs: z.number() })),
});

const askMessages = askTogether<Asked, RoomMessage[] | null>(MAX_ATTEMPTS, async (pool, asked) => {
  const { rows } = await pool.query({
    name: 'exam-messages',
    text: `select o.n::int, coalesce(x.messages, '[]') as messages
           from ${fewRows('unnest($1::uuid[], $2::uuid[]) with ordinality', '$3')} as o(id, account_id, n)
           join attempt a on a.id = o.id and a.account_id = o.account_id
           join exam_registration r on r.id = a.registration_id
           cross join lateral (
             select json_agg(json_build_object('id', m.id, 'text', m.text,
               'atMs', floor(extract(epoch from m.occurred_at) * 1000))) as messages
             from (select id, text, occurred_at from exam_message m where m.sitting_id = r.sitting_id
                 and (m.attempt_id = a.id or (m.attempt_id is null and (m.room_id is null or m.room_id = r.room_id)))
                 and m.occurred_at >= a.started_at - interval '12 hours'
               order by m.occurred_at desc, m.id desc limit ${MAX_MESSAGES}) m) x`,
    values: [asked.map(({ attemptId }) => attemptId), asked.map(({ accountId }) => accountId), asked.length],
  });
  const found = new Map(
    z
      .array(row)
      .parse(rows)
      .map(({ n, messages }) => [n, messages]),
  );
  return asked.map((_, index) => found.get(index + 1) ?? null);
});

/**
 * What invigilators have told this candidate, newest first: to the sitting, to the room, or to this attempt alone. A
 * sitting may stay open for months, so older than half a day before the attempt's start is left out. Null for an attempt
 * that is unknown or another account's.
 */
export const listMessages = (
  pool: Pool,
  attemptId: string,
  accountId: string,
): Promise<RoomMessage[] | null> => askMessages(pool, { attemptId, accountId });
