import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requestContext } from '#app/accounts/context.server.ts';
import type { RequestCtx } from '#app/accounts/actor.server.ts';
import type { Sessions } from '#app/accounts/session.server.ts';
import { makeDoor } from '#app/platform/http/door.server.ts';
import { leaveToOrdinaryWay, metAway } from '#app/platform/http/ordinary-way.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';

const request = (): IncomingMessage => new IncomingMessage(new Socket());
const context = { log: createLogger({ level: 'fatal' }), source: 'a fast way', requestId: 'r' };
const ASKED = new Error('the database was asked');

/** A page behind a session; whoever looks for the session asks the database. */
function answerOf(incoming: IncomingMessage): Promise<string> {
  const requestCtx = requestContext({
    base: {} as Omit<RequestCtx, 'actor' | 'actorId'>,
    sessions: { read: () => Promise.reject(ASKED) } as unknown as Sessions,
    cookieHeader: null,
    onCookie: () => undefined,
    met: metAway(incoming),
  });
  const page = makeDoor('some', requestCtx, () => 'the page');
  return page({ request: new Request('http://site.example/page'), params: {}, context: {} } as never);
}

describe('a request that a fast way leaves to the ordinary one', () => {
  it('is answered 503 without asking the database again, where it was away', async () => {
    const incoming = request();
    leaveToOrdinaryWay(incoming, Object.assign(new Error('no answer'), { code: 'ECONNREFUSED' }), context);
    await expect(answerOf(incoming)).rejects.toMatchObject({ status: 503 });
    await expect(answerOf(request())).rejects.toBe(ASKED);
  });

  it('has its try after any other failure', async () => {
    const incoming = request();
    leaveToOrdinaryWay(incoming, new Error('trouble'), context);
    expect(metAway(incoming)).toBeUndefined();
    await expect(answerOf(incoming)).rejects.toBe(ASKED);
  });
});
