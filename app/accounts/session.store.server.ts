import type { Adapter, DatabaseSession, DatabaseUser } from 'lucia';
import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';

const sessionRow = z.object({ account_id: z.string(), expires_at: z.date() });
const hashOf = (sessionId: string): Buffer => sha256(`session:${sessionId}`);

/**
 * Lucia's storage with one difference: the table holds only a hash of the session id, so a leaked table logs nobody in.
 * Deletes do not fail on missing rows, because sign-out may be sent twice.
 */
export function sessionAdapter(pool: Pool): Adapter {
  const remove = async (text: string, value: unknown): Promise<void> => {
    await pool.query(text, [value]);
  };
  return {
    getSessionAndUser: async (sessionId) => {
      const { rows } = await pool.query({
        name: 'accounts-session-find',
        text: `select s.account_id, s.expires_at from account_session s
               join account a on a.id = s.account_id where s.id_hash = $1 and a.status = 'active'`,
        values: [hashOf(sessionId)],
      });
      const [row] = z.array(sessionRow).parse(rows);
      if (!row) return [null, null];
      const session: DatabaseSession = {
        id: sessionId,
        userId: row.account_id,
        expiresAt: row.expires_at,
        attributes: {},
      };
      const user: DatabaseUser = { id: row.account_id, attributes: {} };
      return [session, user];
    },
    getUserSessions: async (userId) => {
      const { rows } = await pool.query(
        `select encode(id_hash, 'hex') as id, expires_at from account_session where account_id = $1`,
        [userId],
      );
      // The raw ids are unknown by design; what is listed are their hashes.
      return z
        .array(z.object({ id: z.string(), expires_at: z.date() }))
        .parse(rows)
        .map((row) => ({ id: row.id, userId, expiresAt: row.expires_at, attributes: {} }));
    },
    setSession: async (session) => {
      await pool.query(`insert into account_session (id_hash, account_id, expires_at) values ($1, $2, $3)`, [
        hashOf(session.id),
        session.userId,
        session.expiresAt,
      ]);
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
