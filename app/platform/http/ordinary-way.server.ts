import type { IncomingMessage } from 'node:http';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { sayDatabaseAway } from '#app/platform/log/database-away.server.ts';
import type { Logger } from '#app/platform/log/logger.server.ts';

/** Requests on whose fast way the database was away; gone with the request. */
const away = new WeakMap<IncomingMessage, Error>();

/**
 * A fast way has failed at this request and leaves it to the ordinary one, which has its try. The failure is logged here.
 * Only a database found away is not asked a second time, which would keep the person waiting as long again: the ordinary
 * way answers 503 at once (`metAway`).
 */
export function leaveToOrdinaryWay(
  request: IncomingMessage,
  error: unknown,
  { log, source, requestId }: { readonly log: Logger; readonly source: string; readonly requestId: unknown },
): void {
  if (!isDatabaseAway(error)) {
    log.warn({ err: error, requestId, source }, 'left to the ordinary way');
    return;
  }
  sayDatabaseAway(log, source);
  away.set(request, new Error('the database was away when this request was tried before', { cause: error }));
}

/** What to fail with instead of asking the database for this very request; undefined: it may be asked. */
export const metAway = (request: IncomingMessage): Error | undefined => away.get(request);
