import express from 'express';
import type { Express, Request, Response } from 'express';
import type { Services } from '#app/accounts/part.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import type { HotAnswer, HotListener } from '#app/platform/http/hot-door.server.ts';
import { openHotDoor } from '#app/platform/http/hot-door.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import { readDeviceKey } from './device.server.ts';
import { MAX_SAVE_BYTES, saveBody } from './exam.schema.ts';
import type { Ack } from './save-answers.server.ts';
import { saveAnswers } from './save-answers.server.ts';
import { whoSits, whoSitsHot } from './who-sits.server.ts';
import type { AckBody } from './wire.ts';
import { TOO_MANY_ANSWERS } from './wire.ts';

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

const refusal = (status: number, code: string): HotAnswer => ({ status, body: { code } });

/** What a request brings beside its body. */
interface Sender {
  readonly accountId: string;
  readonly attemptId: string;
  readonly cookieHeader: string | undefined;
  /** When its last byte was here, before anything is asked of the database: in time stays in time, however busy that is. */
  readonly receivedAt: Date;
}

/** One save of a known candidate; both doors end here. */
async function takeSave({ system }: Services, sender: Sender, sent: unknown): Promise<HotAnswer> {
  const { accountId, attemptId, cookieHeader, receivedAt } = sender;
  if (!isId(attemptId)) return refusal(404, 'NOT_FOUND');
  const body = saveBody.safeParse(sent);
  if (!body.success) return refusal(400, 'NOT_A_SAVE');
  const outcome = await saveAnswers(system, {
    attemptId,
    accountId,
    deviceKey: readDeviceKey(cookieHeader, attemptId),
    receivedAt,
    events: body.data.events,
  });
  if (outcome.ok) return { status: 200, body: ackBody(outcome.value, system.clock.now()) };
  switch (outcome.code) {
    case 'NOT_BEGUN':
      return { ...refusal(425, outcome.code), headers: { 'Retry-After': RETRY_SECONDS } };
    case 'TOO_MANY_ANSWERS':
      return refusal(422, TOO_MANY_ANSWERS);
    case 'NOT_FOUND':
      return refusal(404, outcome.code);
  }
}

function saveFault({ system: { log } }: Services, error: unknown, requestId: string): HotAnswer {
  const isAway = isDatabaseAway(error);
  if (isAway) log.warn({ requestId }, 'save while the database is away');
  else log.error({ err: error, requestId }, 'save failed');
  return {
    ...refusal(isAway ? 503 : 500, isAway ? 'DATABASE_AWAY' : 'SAVE_FAILED'),
    headers: { 'Retry-After': RETRY_SECONDS },
  };
}

/**
 * POST /attempts/:attempt/answers in front of the edge: no routing, no page headers, who saves at the same moment shares
 * a statement. Permission `exam.sit`; whose session has ended or is due to be prolonged goes the ordinary way, which
 * answers the same.
 */
export function answersDoor(services: Services): HotListener {
  const { clock } = services.system;
  const candidateOf = whoSitsHot(services);
  return openHotDoor<Sender>({
    maxBodyBytes: MAX_SAVE_BYTES,
    admit: async (cookieHeader, attemptId) => {
      const receivedAt = clock.now();
      const accountId = await candidateOf(cookieHeader, attemptId);
      return accountId === null ? null : { accountId, attemptId, cookieHeader, receivedAt };
    },
    answer: (sender, sent) => takeSave(services, sender, sent),
    fault: (error, requestId) => saveFault(services, error, requestId),
  });
}

function give(res: Response, { status, body, headers }: HotAnswer): void {
  res
    .status(status)
    .set({ 'Cache-Control': 'no-store', ...headers })
    .json(body);
}

/**
 * POST /attempts/:attempt/answers, before Remix: no loaders, no rendering. What the hot door leaves aside. Answers 200
 * with an `AckBody` only after commit; 401 without a session, 404 for another account's attempt, 425 before the bell of an
 * attempt that waits for it, 400 for what is no save, 422 above what the journal takes of an attempt, 413 above 64 KB, 503 while the database is away. The client keeps what is not acknowledged.
 */
export function mountAnswers(app: Express, services: Services): void {
  const candidateOf = whoSits(services);

  const save = async (req: Request, res: Response): Promise<HotAnswer> => {
    const receivedAt = services.system.clock.now();
    const accountId = await candidateOf(req, res);
    if (accountId === null) return refusal(401, 'NOT_SIGNED_IN');
    const attemptId = req.params.attempt ?? '';
    return takeSave(
      services,
      { accountId, attemptId, cookieHeader: req.get('cookie'), receivedAt },
      req.body,
    );
  };

  app.post(
    '/attempts/:attempt/answers',
    express.json({ limit: MAX_SAVE_BYTES }),
    (req: Request, res: Response) => {
      save(req, res).then(
        (answer) => give(res, answer),
        (error: unknown) => give(res, saveFault(services, error, String(res.locals.requestId))),
      );
    },
    (error: unknown, _req: Request, res: Response, next: express.NextFunction) => {
      // What the body reader refuses has a status; anything else is a fault and goes on.
      const status = error instanceof Error && 'status' in error ? error.status : null;
      if (status === 413) give(res, refusal(413, 'SAVE_TOO_LARGE'));
      else if (status === 400 || status === 415) give(res, refusal(400, 'NOT_A_SAVE'));
      else next(error);
    },
  );
}
