import { actorOf } from './load-actor.server.ts';
import type { RequestCtx } from './actor.server.ts';
import type { Sessions } from './session.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    requestCtx: () => Promise<RequestCtx>;
    sessions: Sessions;
  }
}

/**
 * The context of one request: who asks (one session check per request, however many loaders run) and what to work with.
 * @param base everything but the person
 * @param onCookie receives the Set-Cookie of a session that was prolonged or has ended
 */
export function requestContext(options: {
  base: Omit<Ctx, 'actorId'>;
  sessions: Sessions;
  cookieHeader: string | null;
  onCookie: (setCookie: string) => void;
  /** What this request met at the database before it came here: nobody asks again, whoever asks fails with it. */
  met?: Error | undefined;
}): () => Promise<RequestCtx> {
  let asked: Promise<RequestCtx> | null = null;
  const ask = async (): Promise<RequestCtx> => {
    if (options.met) throw options.met;
    const { account, boundTo, setCookie } = await options.sessions.read(options.cookieHeader);
    if (setCookie) options.onCookie(setCookie);
    const actor = account === null ? null : actorOf(account, boundTo);
    return { ...options.base, actor, actorId: actor?.accountId ?? null };
  };
  return () => (asked ??= ask());
}
