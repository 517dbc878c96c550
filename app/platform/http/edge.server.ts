import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import express from 'express';
import { newId } from '#app/platform/ids/id.ts';
import type { Logger } from '#app/platform/log/logger.server.ts';
import { isForeignRequest } from './origin-check.ts';
import { OLD_BROWSER_PAGE, isOldEngine } from './old-browser.ts';
import { securityHeaders } from './security-headers.ts';

/** Largest request body the edge lets through: an office workbook; smaller limits stand at the doors themselves. */
export const MAX_BODY_BYTES = 110 * 1024 * 1024;
/** More than a compressed page has. */
const PAGE_CHUNK_BYTES = 64 * 1024;
const HASHED_ASSET_CACHE = 'public, max-age=31536000, immutable';

export interface EdgeOptions {
  readonly log: Logger;
  readonly clientDir: string;
  /** Origins under which people reach this server; requests that change something must come from one of them. */
  ownOrigins(): readonly string[];
  readonly secure: boolean;
  readonly dev: boolean;
  /** Express' `trust proxy`: the named proxies, or false. Never `true`. */
  readonly trustProxy: string[] | false;
  /** False while starting or stopping. */
  isReady(): Promise<boolean>;
  /** Development only: what serves sources instead of the built files. */
  readonly first?: readonly express.RequestHandler[] | undefined;
  /** Handlers that stand before Remix (hot paths, resource files). */
  readonly before: readonly ((app: express.Express) => void)[];
  /** Remix, last. */
  readonly remix: express.RequestHandler;
}

/** Gives every request its id and its nonce, and every answer its headers; logs one line when it is done. */
function opening(options: EdgeOptions): express.RequestHandler {
  return (req, res, next) => {
    const started = process.hrtime.bigint();
    const requestId = newId();
    const nonce = randomBytes(16).toString('base64');
    res.locals.requestId = requestId;
    res.locals.nonce = nonce;
    res.setHeader('X-Request-Id', requestId);
    for (const [name, value] of Object.entries(
      securityHeaders({ nonce, secure: options.secure, dev: options.dev }),
    ))
      res.setHeader(name, value);
    res.on('finish', () => {
      const ms = Number(process.hrtime.bigint() - started) / 1e6;
      // The path without its query: queries may hold what people typed. Files and probes would only be noise.
      const [where = ''] = req.originalUrl.split('?');
      if (where.startsWith('/assets/') || where === '/healthz' || where === '/readyz') return;
      options.log.info(
        { requestId, method: req.method, path: where, status: res.statusCode, ms: Math.round(ms) },
        'request',
      );
    });
    next();
  };
}

function refuseForeign(options: EdgeOptions): express.RequestHandler {
  return (req, res, next) => {
    const headers = { origin: req.get('origin'), secFetchSite: req.get('sec-fetch-site') };
    if (!isForeignRequest(req.method, headers, options.ownOrigins())) return next();
    options.log.warn({ requestId: res.locals.requestId as string, path: req.path }, 'foreign origin refused');
    res.status(403).type('text/plain; charset=utf-8').send('请求来源不明，已拒绝。请从本系统页面重新提交。');
  };
}

function refuseLarge(): express.RequestHandler {
  return (req, res, next) => {
    // No browser sends a form without its length; without one a body could be of any size.
    const isUnmeasured = req.get('transfer-encoding') !== undefined;
    if (!isUnmeasured && Number(req.get('content-length') ?? 0) <= MAX_BODY_BYTES) return next();
    res.status(413).type('text/plain; charset=utf-8').send('提交的内容过大（上限 110 MB）。请拆分后再提交。');
  };
}

/**
 * Files are compressed well, because a browser keeps them; pages, which are made anew each time, quickly: the last tenth
 * of their size would cost as much as rendering them.
 */
function compressing(): express.RequestHandler {
  const forFiles = compression();
  const forPages = compression({
    level: constants.Z_BEST_SPEED,
    // A whole page in one piece: no second way to the threads that compress, and one write to the socket.
    chunkSize: PAGE_CHUNK_BYTES,
    brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
  });
  return (req, res, next) => (path.extname(req.path) === '' ? forPages : forFiles)(req, res, next);
}

function mountStatic(app: express.Express, clientDir: string): void {
  app.use(
    '/assets',
    express.static(path.join(clientDir, 'assets'), { immutable: true, maxAge: '1y', index: false }),
  );
  // An unknown file under /assets is a hard 404, never an HTML page: an old tab must notice that it is old.
  app.use('/assets', (_req, res) => {
    res.status(404).type('text/plain').send('not found');
  });
  const files = express.static(clientDir, {
    maxAge: '1h',
    index: false,
    setHeaders: (res, file) => {
      if (file.includes(`${path.sep}assets${path.sep}`)) res.setHeader('Cache-Control', HASHED_ASSET_CACHE);
    },
  });
  // Every file of ours has an ending and no page has one: the disk is not asked about pages.
  app.use((req, res, next) => (path.extname(req.path) === '' ? next() : files(req, res, next)));
}

/** The HTTP edge in the order a request meets it. */
export function createEdge(options: EdgeOptions): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy);
  app.use(opening(options));
  app.get('/healthz', (_req, res) => {
    res.type('text/plain').send('ok');
  });
  app.get('/readyz', (_req, res, next) => {
    options.isReady().then(
      (ready) =>
        res
          .status(ready ? 200 : 503)
          .type('text/plain')
          .send(ready ? 'ready' : 'not ready'),
      next,
    );
  });
  app.use(compressing());
  for (const handler of options.first ?? []) app.use(handler);
  mountStatic(app, options.clientDir);
  app.use((req, res, next) => {
    if (!isOldEngine(req.get('user-agent') ?? '')) return next();
    res.type('html').send(OLD_BROWSER_PAGE);
  });
  app.use(refuseLarge());
  app.use(refuseForeign(options));
  for (const mount of options.before) mount(app);
  app.use(options.remix);
  return app;
}
