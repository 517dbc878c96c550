import express from 'express';
import type { Express, Request, Response } from 'express';
import { admits } from '#app/accounts/permission.ts';
import type { Services } from '#app/accounts/part.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { readDeviceKey } from './device.server.ts';
import { MAX_SAVE_BYTES, saveBody } from './exam.schema.ts';
import type { Ack } from './save-answers.server.ts';
import { saveAnswers } from './save-answers.server.ts';
import type { AckBody } from './wire.ts';

/** A session that ends, or a right that is withdrawn, is noticed here after this time at the latest (design.md §3, 13). */
const WHO_CACHE_MS = 5_000;
const WHO_CACHE_ENTRIES = 20_000;
const RETRY_SECONDS = '2';

/** Account behind a request that may sit exams; null for everybody else. */
type WhoSits = (req: Request, res: Response) => Promise<string | null>;

/** Remembers for a few seconds who a cookie belongs to: a hall of candidates saves many times a second. */
function createWhoSits(services: Services): WhoSits {
  const known = new Map<string, { readonly at: number; readonly accountId: string }>();
  return async (req, res) => {
    const cookie = req.get('cookie');
    if (cookie === undefined) return null;
    const now = services.system.clock.now().getTime();
    const hit = known.get(cookie);
    if (hit && now >= hit.at && now - hit.at < WHO_CACHE_MS) return hit.accountId;
    known.delete(cookie);
    const ctx = await services.requestCtx(req, res);
    if (ctx.actorId === null || !admits('exam.sit', ctx.actor?.roles ?? null)) return null;
    if (known.size >= WHO_CACHE_ENTRIES) known.clear();
    known.set(cookie, { at: now, accountId: ctx.actorId });
    return ctx.actorId;
  };
}

function ackBody({ deadlineAt, closeAt, ...ack }: Ack, now: Date): AckBody {
  return {
    ...ack,
    serverNowMs: now.getTime(),
    deadlineAtMs: deadlineAt.getTime(),
    closeAtMs: closeAt.getTime(),
  };
}

const refuse = (res: Response, status: number, code: string): void => {
  res.status(status).json({ code });
};

/**
 * POST /attempts/:attempt/answers, before Remix: no loaders, no rendering, one statement shared with whoever saves at the
 * same moment. Answers 200 with an `AckBody` only after commit; 401 without a session, 404 for another account's attempt,
 * 400 for what is no save, 413 above 64 KB, 503 while the database is away. The client keeps what is not acknowledged.
 */
export function mountAnswers(app: Express, services: Services): void {
  const { pool, clock, log } = services.system;
  const whoSits = createWhoSits(services);

  const save = async (req: Request, res: Response): Promise<void> => {
    const receivedAt = clock.now();
    const attemptId = req.params.attempt;
    const body = saveBody.safeParse(req.body);
    if (!body.success) return refuse(res, 400, 'NOT_A_SAVE');
    const accountId = await whoSits(req, res);
    if (accountId === null) return refuse(res, 401, 'NOT_SIGNED_IN');
    if (!isId(attemptId)) return refuse(res, 404, 'NOT_FOUND');
    const outcome = await saveAnswers(pool, {
      attemptId,
      accountId,
      deviceKey: readDeviceKey(req.get('cookie'), attemptId),
      receivedAt,
      events: body.data.events,
    });
    if (!outcome.ok) return refuse(res, 404, outcome.code);
    res.set('Cache-Control', 'no-store').json(ackBody(outcome.value, clock.now()));
  };

  app.post(
    '/attempts/:attempt/answers',
    express.json({ limit: MAX_SAVE_BYTES }),
    (req: Request, res: Response) => {
      save(req, res).catch((error: unknown) => {
        const isAway = isDatabaseAway(error);
        if (isAway) log.warn({ requestId: String(res.locals.requestId) }, 'save while the database is away');
        else log.error({ err: error, requestId: String(res.locals.requestId) }, 'save failed');
        res.set('Retry-After', RETRY_SECONDS);
        refuse(res, isAway ? 503 : 500, isAway ? 'DATABASE_AWAY' : 'SAVE_FAILED');
      });
    },
    (error: unknown, _req: Request, res: Response, next: express.NextFunction) => {
      // What the body reader refuses has a status; anything else is a fault and goes on.
      const status = error instanceof Error && 'status' in error ? error.status : null;
      if (status === 413) refuse(res, 413, 'SAVE_TOO_LARGE');
      else if (status === 400 || status === 415) refuse(res, 400, 'NOT_A_SAVE');
      else next(error);
    },
  );
}
