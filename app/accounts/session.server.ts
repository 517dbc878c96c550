import { Lucia, TimeSpan } from 'lucia';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Clock } from '#app/platform/time/clock.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import type { AccountWithGrants } from './account.store.server.ts';
import { sessionAdapter } from './session.store.server.ts';

/** What a session of the exam door is tied to; an ordinary one is tied to nothing. */
interface SessionBond {
  readonly boundTo: string | null;
  readonly boundUntil: Date | null;
}
const UNBOUND: SessionBond = { boundTo: null, boundUntil: null };

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<{ readonly boundTo: string | null }, { readonly account: AccountWithGrants }>;
    DatabaseSessionAttributes: SessionBond;
    DatabaseUserAttributes: { readonly account: AccountWithGrants };
  }
}

/** Idle time after which a session ends; learning and exam pages keep it alive by their heartbeats. */
const SESSION_DAYS = 1;

/** Whose session it is; without one everything but the cookie is null. */
export interface SessionAsked {
  readonly accountId: string | null;
  readonly account: AccountWithGrants | null;
  readonly boundTo: string | null;
  readonly setCookie: string | null;
}

const nobody = (setCookie: string | null): SessionAsked => ({
  accountId: null,
  account: null,
  boundTo: null,
  setCookie,
});

export interface Sessions {
  readonly cookieName: string;
  /** What the session cookie holds, known or not; null without one. */
  sessionIdOf(cookieHeader: string | null): string | null;
  /**
   * Account of a valid session cookie with its rights of today, the one record it serves if it is bound, and the cookie to
   * send again when it was prolonged or has ended. One statement.
   */
  read(cookieHeader: string | null): Promise<SessionAsked>;
  /**
   * A fresh session; its id never existed before, so a planted cookie cannot become a signed-in one.
   * @param bond the one record the session serves, and until when at the longest (exam door)
   */
  create(
    accountId: string,
    bond?: { readonly to: string; readonly until: Date },
  ): Promise<{ setCookie: string }>;
  end(cookieHeader: string | null): Promise<{ setCookie: string }>;
  endAll(accountId: string): Promise<void>;
}

/**
 * @param secure true when people reach the server over TLS: the cookie is then `__Host-` and Secure
 * @param clock says which day's rights a session carries, and when one of the exam door ends
 */
export function createSessions(options: {
  pool: Pool;
  secure: boolean;
  clock?: Clock | undefined;
}): Sessions {
  const cookieName = options.secure ? '__Host-zhifa' : 'zhifa';
  const adapter = sessionAdapter(options.pool, options.clock ?? systemClock);
  const lucia = new Lucia<{ readonly boundTo: string | null }, { readonly account: AccountWithGrants }>(
    adapter,
    {
      getSessionAttributes: ({ boundTo }) => ({ boundTo }),
      getUserAttributes: ({ account }) => ({ account }),
      sessionExpiresIn: new TimeSpan(SESSION_DAYS, 'd'),
      sessionCookie: {
        name: cookieName,
        expires: true,
        attributes: { secure: options.secure, sameSite: 'lax', path: '/' },
      },
    },
  );
  return {
    cookieName,
    sessionIdOf: (cookieHeader) => lucia.readSessionCookie(cookieHeader ?? ''),
    read: async (cookieHeader) => {
      const sessionId = lucia.readSessionCookie(cookieHeader ?? '');
      if (!sessionId) return nobody(null);
      const { session, user } = await lucia.validateSession(sessionId);
      if (!session) return nobody(lucia.createBlankSessionCookie().serialize());
      const setCookie = session.fresh ? lucia.createSessionCookie(session.id).serialize() : null;
      return { accountId: user.id, account: user.account, boundTo: session.boundTo, setCookie };
    },
    create: async (accountId, bond) => {
      const attributes = bond ? { boundTo: bond.to, boundUntil: bond.until } : UNBOUND;
      const session = await lucia.createSession(accountId, attributes);
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
