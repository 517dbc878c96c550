import express from 'express';
import type { Express, Request, Response } from 'express';
import type { Services } from '#app/accounts/part.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { hashDeviceKey, readDeviceKey } from '../device.server.ts';
import { keepFlags } from '../flags.store.server.ts';
import { whoSits } from '../who-sits.server.ts';
import { listMessages } from './messages.store.server.ts';
import { MAX_SIGNAL_BYTES, flagsBody, signalBody } from './signal.schema.ts';
import { takeSignals } from './take-signals.server.ts';

const refuse = (res: Response, status: number, code: string): void => {
  res.status(status).set('Cache-Control', 'no-store').json({ code });
};

/** Account and attempt of a request by a signed-in candidate; null after it was answered with a refusal. */
async function ownAttempt(
  services: Services,
  req: Request,
  res: Response,
): Promise<{ attemptId: string; accountId: string } | null> {
  const accountId = await whoSits(services)(req, res);
  const attemptId = req.params.attempt;
  if (accountId === null) refuse(res, 401, 'NOT_SIGNED_IN');
  else if (!isId(attemptId)) refuse(res, 404, 'NOT_FOUND');
  else return { attemptId, accountId };
  return null;
}

/**
 * What the exam page says and asks besides answers, before Remix like they:
 * POST /attempts/:attempt/signals takes what the page has noticed and answers 200 with a `SignalAck`;
 * POST /attempts/:attempt/flags takes which questions the candidate wants to come back to and answers 204;
 * GET /attempts/:attempt/messages lists what invigilators have told this candidate.
 * 401 without a session, 404 for another account's attempt, 400 and 413 for what is no such body, 503 while the database
 * is away; the page keeps its signals and asks again.
 */
export function mountRoom(app: Express, services: Services): void {
  const { system } = services;

  const signals = async (req: Request, res: Response): Promise<void> => {
    const receivedAt = system.clock.now();
    const body = signalBody.safeParse(req.body);
    if (!body.success) return refuse(res, 400, 'NOT_SIGNALS');
    const own = await ownAttempt(services, req, res);
    if (!own) return;
    const ctx = { ...system, actorId: own.accountId, requestId: String(res.locals.requestId) };
    const deviceKey = readDeviceKey(req.get('cookie'), own.attemptId);
    const outcome = await takeSignals(ctx, { ...own, deviceKey, receivedAt, signals: body.data.signals });
    if (!outcome.ok) return refuse(res, 404, outcome.code);
    res.set('Cache-Control', 'no-store').json(outcome.value);
  };

  const flags = async (req: Request, res: Response): Promise<void> => {
    const body = flagsBody.safeParse(req.body);
    if (!body.success) return refuse(res, 400, 'NOT_FLAGS');
    const own = await ownAttempt(services, req, res);
    if (!own) return;
    const deviceKeyHash = hashDeviceKey(readDeviceKey(req.get('cookie'), own.attemptId));
    const { positions } = body.data;
    await keepFlags(system.pool, { ...own, deviceKeyHash, positions, saidAt: system.clock.now() });
    res.status(204).set('Cache-Control', 'no-store').end();
  };

  const messages = async (req: Request, res: Response): Promise<void> => {
    const own = await ownAttempt(services, req, res);
    if (!own) return;
    const list = await listMessages(system.pool, own.attemptId, own.accountId);
    if (!list) return refuse(res, 404, 'NOT_FOUND');
    res.set('Cache-Control', 'no-store').json({ messages: list });
  };

  const answered =
    (work: (req: Request, res: Response) => Promise<void>) =>
    (req: Request, res: Response): void => {
      work(req, res).catch((error: unknown) => {
        const isAway = isDatabaseAway(error);
        if (!isAway)
          system.log.error({ err: error, requestId: String(res.locals.requestId) }, 'exam room failed');
        refuse(res, isAway ? 503 : 500, isAway ? 'DATABASE_AWAY' : 'ROOM_FAILED');
      });
    };

  app.get('/attempts/:attempt/messages', answered(messages));
  /** What the body reader refuses has a status; anything else is a fault and goes on. */
  const unread =
    (code: string): express.ErrorRequestHandler =>
    (error: unknown, _req, res, next): void => {
      const status = error instanceof Error && 'status' in error ? error.status : null;
      if (status === 413 || status === 400 || status === 415) refuse(res, status === 413 ? 413 : 400, code);
      else next(error);
    };
  const body = express.json({ limit: MAX_SIGNAL_BYTES });
  app.post('/attempts/:attempt/signals', body, answered(signals), unread('NOT_SIGNALS'));
  app.post('/attempts/:attempt/flags', body, answered(flags), unread('NOT_FLAGS'));
}
