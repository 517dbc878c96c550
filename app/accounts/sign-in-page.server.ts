import { isSetUp } from '#app/platform/db/installation.server.ts';
import { createRateLimit } from '#app/platform/http/rate-limit.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { RequestCtx } from './actor.server.ts';
import type { Sessions } from './session.server.ts';
import type { SignInRefusal } from './sign-in.server.ts';
import { signIn } from './sign-in.server.ts';

/** Tries per login name and minute, known or not: below what guessing needs, above what typing errors cost. */
const TRIES_PER_MINUTE = 10;

/** What the login page says below the form: only a demo city may name its accounts, and an installation that nobody has
 *  set up yet lets nobody in. */
export async function installationStanding(ctx: RequestCtx): Promise<'demo' | 'real' | 'not_set_up'> {
  const installation = await ctx.db.installation.findUnique({ where: { id: 1 }, select: { kind: true } });
  if (installation?.kind === 'demo') return 'demo';
  return (await isSetUp(ctx)) ? 'real' : 'not_set_up';
}

/**
 * Signs in and opens a session. Refusals: those of `signIn`, and TOO_MANY_REQUESTS when one login name is tried more
 * than ten times a minute without success, counted over all processes.
 */
export async function openSession(
  ctx: RequestCtx,
  sessions: Sessions,
  input: { login: string; password: string },
): Promise<Outcome<{ setCookie: string }, SignInRefusal | 'TOO_MANY_REQUESTS'>> {
  const limit = createRateLimit({ pool: ctx.pool, name: 'sign_in', points: TRIES_PER_MINUTE, seconds: 60 });
  const key = input.login.trim().toLowerCase().slice(0, 100);
  const allowed = await limit.take(key);
  if (!allowed.ok) return allowed;
  const outcome = await signIn(ctx, input);
  if (!outcome.ok) return outcome;
  await limit.forget(key);
  return done(await sessions.create(outcome.value.accountId));
}
