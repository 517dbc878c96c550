import type { Express, NextFunction, Request, Response } from 'express';
import type { Logger } from '#app/platform/log/logger.server.ts';
import { leaveToOrdinaryWay } from './ordinary-way.server.ts';
import { takeBytes } from './take-bytes.ts';

/** Where a form leads to, and what the browser is to remember. */
export interface FormAnswer {
  readonly to: string;
  readonly cookies: readonly string[];
}

/**
 * A form that thousands send in the same second, answered before routing and rendering. Whatever is out of the ordinary is
 * left untouched to the ordinary way, which refuses and explains; so what is done here must bear being asked twice.
 */
export interface FormDoor {
  /** As Express writes it. */
  readonly path: string;
  readonly log: Logger;
  /** Null: the ordinary way answers. */
  answer(form: URLSearchParams, req: Request): Promise<FormAnswer | null>;
}

/** Bytes of a form that is read here: a few short fields. */
const MAX_FORM_BYTES = 4_096;

const isShortForm = ({ headers }: Request): boolean =>
  Number(headers['content-length'] ?? Number.NaN) <= MAX_FORM_BYTES &&
  headers['content-encoding'] === undefined &&
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true;

async function answerOf(door: FormDoor, req: Request): Promise<FormAnswer | null> {
  if (!isShortForm(req)) return null;
  const body = await takeBytes(req, Number(req.headers['content-length']));
  if (body === null) return null;
  // Before the stream can end, so that whoever comes next reads it again.
  if (body.length > 0) req.unshift(body);
  return door.answer(new URLSearchParams(body.toString('utf8')), req);
}

/** Puts a form door before Remix. A failure is logged here, and the ordinary way has its try. */
export function mountFormDoor(app: Express, door: FormDoor): void {
  const { log } = door;
  app.post(door.path, (req: Request, res: Response, next: NextFunction) => {
    // Whoever has hung up waits for nothing, and nobody could read what was never sent.
    const goOn = (): void => (req.destroyed ? undefined : next());
    answerOf(door, req).then(
      (answer) => {
        if (answer === null) return goOn();
        for (const cookie of answer.cookies) res.append('Set-Cookie', cookie);
        res.writeHead(302, { Location: answer.to, 'Content-Length': 0 }).end();
      },
      (error: unknown) => {
        leaveToOrdinaryWay(req, error, { log, source: 'form door', requestId: res.locals.requestId });
        goOn();
      },
    );
  });
}
