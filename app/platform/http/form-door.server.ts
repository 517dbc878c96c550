import type { Readable } from 'node:stream';
import type { Express, NextFunction, Request, Response } from 'express';
import type { Logger } from '#app/platform/log/logger.server.ts';

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

/** Resolves when there is more to read, or nothing will come any more. */
function moreOf(stream: Readable): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stream.off('readable', go).off('close', go);
      resolve();
    };
    stream.on('readable', go).on('close', go);
  });
}

/**
 * Reads so many bytes and puts them back before the stream can end, so that whoever comes next reads them again. Null when
 * the sender breaks off before.
 */
export async function peekBytes(stream: Readable, count: number): Promise<Buffer | null> {
  if (count === 0) return Buffer.alloc(0);
  for (;;) {
    const bytes = stream.read(count) as Buffer | null;
    if (bytes !== null) {
      stream.unshift(bytes);
      return bytes.length === count ? bytes : null;
    }
    if (stream.destroyed || stream.readableEnded) return null;
    await moreOf(stream);
  }
}

async function answerOf(door: FormDoor, req: Request): Promise<FormAnswer | null> {
  if (!isShortForm(req)) return null;
  const body = await peekBytes(req, Number(req.headers['content-length']));
  return body && door.answer(new URLSearchParams(body.toString('utf8')), req);
}

/** Puts a form door before Remix. A failure is logged here, and the ordinary way has its try. */
export function mountFormDoor(app: Express, door: FormDoor): void {
  app.post(door.path, (req: Request, res: Response, next: NextFunction) => {
    answerOf(door, req).then(
      (answer) => {
        if (answer === null) return next();
        for (const cookie of answer.cookies) res.append('Set-Cookie', cookie);
        res.writeHead(302, { Location: answer.to, 'Content-Length': 0 }).end();
      },
      (error: unknown) => {
        door.log.warn(
          { err: error, requestId: String(res.locals.requestId) },
          'form left to the ordinary way',
        );
        next();
      },
    );
  });
}
