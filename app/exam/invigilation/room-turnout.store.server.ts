import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { WAS_EXPECTED } from '../sitting/was-expected.ts';

const turnoutRow = z.object({ expected: z.number(), sat: z.number() });
/** 应考 and 实考 of one room. */
export type Turnout = z.infer<typeof turnoutRow>;

/** Who has a seat in the room, and who of them has begun (void attempts are no sitting). */
export async function findTurnout(pool: Pool, roomId: string): Promise<Turnout> {
  const { rows } = await pool.query({
    name: 'invigilation-turnout',
    text: `select count(*)::int as expected,
             (count(*) filter (where exists (select from attempt a
               where a.registration_id = r.id and a.state <> 'void')))::int as sat
           from exam_registration r where r.room_id = $1 and ${WAS_EXPECTED}`,
    values: [roomId],
  });
  const [turnout] = z.array(turnoutRow).parse(rows);
  return turnout ?? { expected: 0, sat: 0 };
}
