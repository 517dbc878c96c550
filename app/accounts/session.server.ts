import { Lucia, TimeSpan } from 'lucia';
import type { Pool } from '#app/platform/db/db.server.ts';
import { sessionAdapter } from './session.store.server.ts';

/** Idle time after which a session ends; learning and exam pages keep it alive by their heartbeats. */
const SESSION_DAYS = 1;

export interface Sessions {
  readonly cookieName: string;
  /** Account id of a valid session cookie, and the cookie to send again when it was prolonged or has ended. */
  read(cookieHeader: string | null): Promise<{ accountId: string | null; setCookie: string | null }>;
  /** A fresh session; its id never existed before, so a planted cookie cannot become a signed-in one. */
  create(accountId: string): Promise<{ setCookie: string }>;
  end(cookieHeader: string | null): Promise<{ setCookie: string }>;
  endAll(accountId: string): Promise<void>;
}

/** @param secure true when people reach the server over TLS: the cookie is then `__Host-` and Secure */
export function createSessions(options: { pool: Pool; secure: boolean }): Sessions {
  const cookieName = options.secure ? '__Host-zhifa' : 'zhifa';
  const lucia = new Lucia(sessionAdapter(options.pool), {
    sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
    sessionCookie: {
      name: cookieName,
      expires: true,
      attributes: { secure: options.secure, sameSite: 'lax', path: '/' },
    },
  });
  return {
    cookieName,
    read: async (cookieHeader) => {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '');
      if (!sessionId) return { accountId: null, setCookie: null };
      const { session, user } = await lucia.validateSession(sessionId);
      if (!session) return { accountId: null, setCookie: lucia.createBlankSessionCookie().serialize() };
      const setCookie = session.fresh ? lucia.createSessionCookie(session.id).serialize() : null;
      return { accountId: user.id, setCookie };
    },
    create: async (accountId) => {
      const session = await lucia.createSession(accountId, {});
      return { setCookie: lucia.createSessionCookie(session.id).serialize() };
    },
    end: async (cookieHeader) => {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '');
      if (sessionId) await lucia.invalidateSession(sessionId);
      return { setCookie: lucia.createBlankSessionCookie().serialize() };
    },
    endAll: (accountId) => lucia.invalidateUserSessions(accountId),
  };
}
