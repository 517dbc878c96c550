import os from 'node:os';
import path from 'node:path';
import type { Express } from 'express';
import { requestContext } from '#app/accounts/context.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import type { Sessions } from '#app/accounts/session.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { createEdge } from '#app/platform/http/edge.server.ts';
import { createJobs } from '#app/platform/jobs/jobs.server.ts';

/** What the parts of the platform are mounted with, with real sessions over plain HTTP. */
export function servicesOf(ctx: Ctx): Services & { readonly sessions: Sessions } {
  const sessions = createSessions({ pool: ctx.pool, secure: false, clock: ctx.clock });
  return {
    system: ctx,
    jobs: createJobs({ pool: ctx.pool, log: ctx.log }),
    rootDir: path.resolve('.'),
    requestCtx: (req, res) =>
      requestContext({
        base: ctx,
        sessions,
        cookieHeader: req.get('cookie') ?? null,
        onCookie: (cookie) => res.append('Set-Cookie', cookie),
      })(),
    sessions,
    progress: () => undefined,
  };
}

/** The whole edge around one part, with nothing behind it: what a request really passes before that part. */
export const edgeAround = (ctx: Ctx, mount: (app: Express) => void): Express =>
  createEdge({
    log: ctx.log,
    clientDir: os.tmpdir(),
    ownOrigins: () => [],
    secure: false,
    dev: false,
    trustProxy: false,
    isReady: () => Promise.resolve(true),
    before: [mount],
    remix: (_req, res) => res.status(404).end(),
  });
