import type { Request, Response } from 'express';
import type { Services } from '#app/accounts/part.server.ts';
import { admits } from '#app/accounts/permission.ts';
import { isAttemptOf } from './attempt.store.server.ts';

/** A session that ends, or a right that is withdrawn, is noticed here after this time at the latest (design.md §3, 13). */
const WHO_CACHE_MS = 5_000;
const WHO_CACHE_ENTRIES = 20_000;

/** Account behind a request that may sit exams, and this exam where it came by the exam door; null for everybody else. */
export type WhoSits = (req: Request, res: Response) => Promise<string | null>;

/** Remembers for a few seconds who a cookie belongs to: a hall of candidates saves many times a second. */
function createWhoSits(services: Services): WhoSits {
  const known = new Map<string, { readonly at: number; readonly accountId: string }>();
  return async (req, res) => {
    const cookie = req.get('cookie');
    if (cookie === undefined) return null;
    const now = services.system.clock.now().getTime();
    const attemptId = req.params.attempt ?? '';
    const key = `${attemptId}\n${cookie}`;
    const hit = known.get(key);
    if (hit && now >= hit.at && now - hit.at < WHO_CACHE_MS) return hit.accountId;
    known.delete(key);
    const ctx = await services.requestCtx(req, res);
    if (ctx.actorId === null || !admits('exam.sit', ctx.actor?.roles ?? null)) return null;
    // A session of the exam door serves one registration: other exams of the same person are closed to it.
    const boundTo = ctx.actor?.boundTo;
    if (boundTo !== undefined && !(await isAttemptOf(ctx.pool, attemptId, boundTo))) return null;
    if (known.size >= WHO_CACHE_ENTRIES) known.clear();
    known.set(key, { at: now, accountId: ctx.actorId });
    return ctx.actorId;
  };
}

const asked = new WeakMap<Services, WhoSits>();

/** The one memory of these services: every endpoint of the exam page asks it. */
export function whoSits(services: Services): WhoSits {
  const known = asked.get(services);
  if (known) return known;
  const made = createWhoSits(services);
  asked.set(services, made);
  return made;
}
