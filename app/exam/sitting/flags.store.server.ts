import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

export interface NewFlags {
  readonly attemptId: string;
  readonly accountId: string;
  readonly deviceKeyHash: Buffer;
  readonly positions: readonly number[];
  readonly saidAt: Date;
}

/**
 * Keeps which questions the candidate wants to come back to: notes, overwritten each time, no evidence and no part of any
 * decision. What another device than that of the running attempt says changes nothing.
 */
export async function keepFlags(pool: Pool, flags: NewFlags): Promise<void> {
  const { attemptId, accountId, deviceKeyHash, positions, saidAt } = flags;
  await pool.query({
    name: 'exam-flags-keep',
    text: `insert into attempt_flags (attempt_id, epoch, positions, said_at)
           select id, device_epoch, $4, $5 from attempt
           where id = $1 and account_id = $2 and device_key_hash = $3 and state = 'in_progress'
           on conflict (attempt_id) do update
             set epoch = excluded.epoch, positions = excluded.positions, said_at = excluded.said_at
             where attempt_flags.epoch <= excluded.epoch`,
    values: [attemptId, accountId, deviceKeyHash, positions, saidAt],
  });
}

const flagsRow = z.object({ positions: z.array(z.number()) });

/** Positions the candidate wants to come back to, as the last device said. */
export async function findFlags(pool: Pool, attemptId: string): Promise<readonly number[]> {
  const { rows } = await pool.query({
    name: 'exam-flags',
    text: 'select positions from attempt_flags where attempt_id = $1',
    values: [attemptId],
  });
  return z.array(flagsRow).parse(rows)[0]?.positions ?? [];
}
