import express from 'express';
import type { Express, Request, Response } from 'express';
import type { Services } from '#app/accounts/part.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { readDeviceKey } from './device.server.ts';
import { MAX_SAVE_BYTES, saveBody } from './exam.schema.ts';
import type { Ack } from './save-answers.server.ts';
import { saveAnswers } from './save-answers.server.ts';
import { whoSits } from './who-sits.server.ts';
import type { AckBody } from './wire.ts';

const RETRY_SECONDS = '2';

function ackBody({ deadlineAt, closeAt, pausedAt, ...ack }: Ack, now: Date): AckBody {
  return {
    ...ack,
    serverNowMs: now.getTime(),
    deadlineAtMs: deadlineAt.getTime(),
    closeAtMs: closeAt.getTime(),
    pausedAtMs: pausedAt?.getTime() ?? null,
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
  const { clock, log } = services.system;
  const candidateOf = whoSits(services);

  const save = async (req: Request, res: Response): Promise<void> => {
    const receivedAt = clock.now();
    const attemptId = req.params.attempt;
    const body = saveBody.safeParse(req.body);
    if (!body.success) return refuse(res, 400, 'NOT_A_SAVE');
    const accountId = await candidateOf(req, res);
    if (accountId === null) return refuse(res, 401, 'NOT_SIGNED_IN');
    if (!isId(attemptId)) return refuse(res, 404, 'NOT_FOUND');
    const outcome = await saveAnswers(services.system, {
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
