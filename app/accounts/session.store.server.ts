import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import type { Clock } from '#app/platform/time/clock.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { accountOfRow, actorColumns } from './account.store.server.ts';
import { DELEGABLE_ROLES } from './delegation/delegation.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';

const sessionRow = z.object({
  account_id: z.string(),
  expires_at: z.date(),
  bound_to: z.string().nullable(),
  bound_until: z.date().nullable(),
});
const listedRow = z.object({
  id: z.string(),
  expires_at: z.date(),
  bound_to: z.string().nullable(),
  bound_until: z.date().nullable(),
});
const hashOf = (sessionId: string): Buffer => sha256(`session:${sessionId}`);

/**
 * Lucia's storage with one difference: the table holds only a hash of the session id, so a leaked table logs nobody in.
 * Deletes do not fail on missing rows, because sign-out may be sent twice. The user comes with the rights of today, so
 * that a request asks once who it is and what it may do.
 */
export function sessionAdapter(pool: Pool, clock: Clock): Adapter {
  const remove = async (text: string, value: unknown): Promise<void> => {
    await pool.query(text, [value]);
  };
  return {
    getSessionAndUser: async (sessionId) => {
      const { rows } = await pool.query({
        name: 'accounts-session-find',
        text: `select s.account_id, s.expires_at, s.bound_to::text, s.bound_until, ${actorColumns('$2', '$3')}
               from account_session s join account a on a.id = s.account_id where s.id_hash = $1 and a.status = 'active'
                 and (s.bound_until is null or s.bound_until > $4)`,
        values: [hashOf(sessionId), dayOf(clock.now()), DELEGABLE_ROLES, clock.now()],
      });
      const [row] = z.array(sessionRow).parse(rows);
      if (!row) return [null, null];
      const account = accountOfRow(rows[0]);
      const session: DatabaseSession = {
        id: sessionId,
        userId: row.account_id,
        expiresAt: row.expires_at,
        attributes: { boundTo: row.bound_to, boundUntil: row.bound_until },
      };
      const user: DatabaseUser = { id: row.account_id, attributes: { account } };
      return [session, user];
    },
    getUserSessions: async (userId) => {
      const { rows } = await pool.query(
        `select encode(id_hash, 'hex') as id, expires_at, bound_to::text, bound_until from account_session
         where account_id = $1`,
        [userId],
      );
      // The raw ids are unknown by design; what is listed are their hashes.
      return z
        .array(listedRow)
        .parse(rows)
        .map((row) => ({
          id: row.id,
          userId,
          expiresAt: row.expires_at,
          attributes: { boundTo: row.bound_to, boundUntil: row.bound_until },
        }));
    },
    setSession: async (session) => {
      const { boundTo, boundUntil } = session.attributes;
      await pool.query(
        `insert into account_session (id_hash, account_id, expires_at, bound_to, bound_until)
         values ($1, $2, $3, $4, $5)`,
        [hashOf(session.id), session.userId, session.expiresAt, boundTo, boundUntil],
      );
    },
    updateSessionExpiration: async (sessionId, expiresAt) => {
      await pool.query(
        `update account_session set expires_at = $2, last_seen_at = now() where id_hash = $1`,
        [hashOf(sessionId), expiresAt],
      );
    },
    deleteSession: (sessionId) => remove(`delete from account_session where id_hash = $1`, hashOf(sessionId)),
    deleteUserSessions: (userId) => remove(`delete from account_session where account_id = $1`, userId),
    deleteExpiredSessions: () => remove(`delete from account_session where expires_at <= $1`, new Date()),
  };
}

/** Ends what was signed in at the exam door for these records: their tickets are void, or somebody asked for it. */
export async function endBoundSessions(tx: Tx, boundTo: readonly string[]): Promise<void> {
  await tx.accountSession.deleteMany({ where: { boundTo: { in: [...boundTo] } } });
}
