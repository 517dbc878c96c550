import type { Express, Request, Response } from 'express';
import type { Services } from '#app/accounts/part.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { readDeviceKey } from '../sitting/device.server.ts';
import { whoSits } from '../sitting/who-sits.server.ts';
import { askBell } from './ask-bell.server.ts';

const give = (res: Response, status: number, body: object): void => {
  res.status(status).set('Cache-Control', 'no-store').json(body);
};

/**
 * GET /attempts/:attempt/bell, before Remix: answers 200 with a `BellBody`; permission `exam.sit`. 401 without a session,
 * 404 for another account's attempt, 503 while the database is away; the page asks again.
 */
export function mountBell(app: Express, services: Services): void {
  const { system } = services;

  const ask = async (req: Request, res: Response): Promise<void> => {
    const accountId = await whoSits(services)(req, res);
    if (accountId === null) return give(res, 401, { code: 'NOT_SIGNED_IN' });
    const attemptId = req.params.attempt;
    if (!isId(attemptId)) return give(res, 404, { code: 'NOT_FOUND' });
    const deviceKey = readDeviceKey(req.get('cookie'), attemptId);
    const outcome = await askBell(system, { attemptId, accountId, deviceKey });
    if (outcome.ok) give(res, 200, outcome.value);
    else give(res, 404, { code: outcome.code });
  };

  app.get('/attempts/:attempt/bell', (req: Request, res: Response) => {
    ask(req, res).catch((error: unknown) => {
      const isAway = isDatabaseAway(error);
      if (!isAway)
        system.log.error(
          { err: error, requestId: String(res.locals.requestId) },
          'asking for the bell failed',
        );
      give(res, isAway ? 503 : 500, { code: isAway ? 'DATABASE_AWAY' : 'BELL_FAILED' });
    });
  });
}
