import path from 'node:path';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import { createRequestHandler as createRenderer } from '@remix-run/node';
import type { Request as ExpressRequest, RequestHandler, Response as ExpressResponse } from 'express';
import pg from 'pg';
import { requestContext } from '#app/accounts/context.server.ts';
import { provideOperation } from '#app/accounts/operation/health-view.server.ts';
import type { Part, Services } from '#app/accounts/part.server.ts';
import { createSessions } from '#app/accounts/session.server.ts';
import { applicationHandover } from '#app/certificate/application/application-handover.server.ts';
import { CERTIFICATE_PAPERS } from '#app/certificate/papers/certificate-papers.ts';
import { certificatePart } from '#app/certificate/part.server.ts';
import { cardRecords } from '#app/certificate/register/candidate-records.server.ts';
import { cardHolders } from '#app/certificate/register/card-holders.server.ts';
import { cardFaces } from '#app/certificate/register/card-faces.server.ts';
import { seedDemoCity } from '#app/demo/seed-demo.server.ts';
import { cardChangeFacts, cardTransferFacts } from '#app/certificate/organisation/change-facts.server.ts';
import {
  registrationChangeFacts,
  registrationTransferFacts,
} from '#app/exam/organisation/change-facts.server.ts';
import { changePart } from '#app/office/change/part.server.ts';
import {
  classChangeFacts,
  classTransferFacts,
  hoursTransferFacts,
} from '#app/training/organisation/change-facts.server.ts';
import { registrationWork } from '#app/exam/batch/campaign/registration-work.server.ts';
import { REGISTRATION_PAPERS } from '#app/exam/batch/papers/registration-papers.ts';
import { examPart } from '#app/exam/part.server.ts';
import { INVIGILATION_PAPERS } from '#app/exam/invigilation/invigilation-papers.ts';
import { SEALED_PAPERS } from '#app/exam/release/printed/printed-papers.ts';
import { EXAM_PAPERS } from '#app/exam/sitting/papers/sitting-papers.ts';
import { officePart } from '#app/office/part.server.ts';
import { rosterPart } from '#app/office/import/part.server.ts';
import { peoplePart } from '#app/office/roster/part.server.ts';
import type { Outgoing } from '#app/office/notice/part.server.ts';
import { noticePart } from '#app/office/notice/part.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { sayDatabaseAway } from '#app/platform/log/database-away.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { ensureInstallation, isSetUp, seedOnce } from '#app/platform/db/installation.server.ts';
import { applyGrants } from '#app/platform/db/migrate.server.ts';
import type { Env } from '#app/platform/env/env.server.ts';
import { undeclaredDoors } from '#app/platform/http/door.server.ts';
import { createEdge } from '#app/platform/http/edge.server.ts';
import { withHotDoors } from '#app/platform/http/hot-door.server.ts';
import { providePublicAddress, publicOrigin } from '#app/platform/http/public-address.server.ts';
import { purgeLimits } from '#app/platform/http/purge-limits.server.ts';
import { type Listening, listen } from '#app/platform/http/listen.server.ts';
import { metAway } from '#app/platform/http/ordinary-way.server.ts';
import type { AnyJob } from '#app/platform/jobs/jobs.server.ts';
import { createJobs, installJobs } from '#app/platform/jobs/jobs.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import type { Logger } from '#app/platform/log/logger.server.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { sealDue } from '#app/platform/seal/sealer.server.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import { reportingPart } from '#app/reporting/part.server.ts';
import { claimHandover } from '#app/training/claim/claim-handover.server.ts';
import { HOURS_COUNTERS } from '#app/training/hours-import/hours-counters.server.ts';
import { trainingPart } from '#app/training/part.server.ts';
import { TRAINING_PAPERS } from '#app/training/session/papers/class-papers.ts';
import { sessionHandover } from '#app/training/session/session-handover.server.ts';
import {
  hasCompletedCourse,
  listCompletedBy,
  listCourseChoices,
} from '#app/training/study/completion.store.server.ts';

const POOL_SIZE = 16;
/** For all processes together; the embedded server admits 100, scripts and other attached processes included. */
const ALL_CONNECTIONS = 80;
const poolSize = (workers: number): number =>
  Math.min(POOL_SIZE, Math.max(4, Math.floor(ALL_CONNECTIONS / workers)));
const OUTBOX_POLL_MS = 1_000;
const SEAL_EVERY_MS = 30_000;
const PURGE_LIMITS_EVERY_MS = 3_600_000;

export interface DevServer {
  readonly middleware: RequestHandler;
  readonly loadBuild: () => Promise<ServerBuild>;
}

export interface ApplicationOptions {
  readonly env: Env;
  readonly servingUrl: string;
  readonly ownerUrl: string;
  readonly secret: string;
  readonly rootDir: string;
  /** Folder of the embedded database; null or absent with a database of one's own */
  readonly dataDir?: string | null | undefined;
  readonly build: ServerBuild;
  /** Only `npm run dev`: Vite as middleware, and the build as it is now. */
  readonly dev?: DevServer | undefined;
  readonly log: Logger;
  /** One line for the person who waits for the first start. */
  progress(text: string): void;
}

export interface Application {
  readonly url: string;
  readonly kind: string;
  /** False for a real installation that waits for `npm run setup` */
  readonly isSetUp: boolean;
  close(): Promise<void>;
}

function partsOf(services: Services, outgoing: Outgoing): Part[] {
  return [
    rosterPart(services, { counters: HOURS_COUNTERS }),
    peoplePart(services, { cards: cardFaces }),
    noticePart(services, outgoing),
    officePart(services, {
      campaigns: [registrationWork],
      papers: [
        ...TRAINING_PAPERS,
        ...EXAM_PAPERS,
        ...INVIGILATION_PAPERS,
        ...REGISTRATION_PAPERS,
        ...SEALED_PAPERS,
        ...CERTIFICATE_PAPERS,
      ],
      handovers: [sessionHandover, claimHandover, applicationHandover],
    }),
    changePart(services, {
      transferFacts: [cardTransferFacts, hoursTransferFacts, registrationTransferFacts, classTransferFacts],
      changeFacts: [cardChangeFacts, registrationChangeFacts, classChangeFacts],
    }),
    trainingPart(services, { cards: cardHolders }),
    examPart(services, {
      precondition: { hasCompleted: hasCompletedCourse },
      records: {
        ...cardRecords,
        completedBy: ({ db }, personIds, courseSlug) => listCompletedBy(db, personIds, courseSlug),
        courses: ({ db }) => listCourseChoices(db),
      },
    }),
    certificatePart(services),
    reportingPart(services),
  ];
}

const jobsOf = (parts: readonly Part[]): AnyJob[] => parts.flatMap((part) => part.jobs ?? []);

/** Installs the job queue as the owner role and lets the serving role use it. */
async function prepareQueues(options: ApplicationOptions, jobs: readonly AnyJob[]): Promise<void> {
  const owner = new pg.Client({ connectionString: options.ownerUrl });
  await owner.connect();
  try {
    await installJobs(owner, jobs);
    await applyGrants(owner, decodeURIComponent(new URL(options.servingUrl).username));
  } finally {
    await owner.end();
  }
}

/** Refuses to serve while a loader or action declares no permission. */
function refuseUndeclaredDoors(build: ServerBuild): void {
  const routes = Object.values(build.routes).flatMap((route) => (route ? [route] : []));
  const missing = undeclaredDoors(routes);
  invariant(missing.length === 0, `doors without a permission: ${missing.join(', ')}`);
}

/** Where people reach the platform: as configured, else where it listens; a wildcard is this machine to itself. */
function addressOf(env: Env, port: number): string {
  if (env.publicUrl !== null) return env.publicUrl;
  const host = env.host === '0.0.0.0' || env.host === '::' ? 'localhost' : env.host;
  return `${env.tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Addresses under which a browser on this machine may reach us when nothing else is configured. */
function localOrigins(env: Env, port: number): string[] {
  const scheme = env.tls ? 'https' : 'http';
  return [env.host, 'localhost', '127.0.0.1', '[::1]'].map(
    (host) => new URL(`${scheme}://${host}:${port}`).origin,
  );
}

async function isDatabaseReady(ctx: Ctx): Promise<boolean> {
  try {
    await ctx.pool.query('select 1');
    return true;
  } catch (error) {
    // Whatever keeps the database from answering makes this process not ready; the probe's own answer says so.
    if (isDatabaseAway(error)) sayDatabaseAway(ctx.log, 'readiness probe');
    else ctx.log.warn({ err: error }, 'readiness probe: database does not answer');
    return false;
  }
}

/**
 * Puts the slices together and serves: secrets, database, content, demo data on an empty demo database, background
 * loops, HTTP. Everything it starts is stopped by `close`, in the reverse order, waiting for what is under way.
 */
export async function startApplication(options: ApplicationOptions): Promise<Application> {
  const { env, log } = options;
  refuseUndeclaredDoors(options.build);
  const database = openDatabase({ url: options.servingUrl, maxConnections: poolSize(env.workers), log });
  const secrets = createSecrets(options.secret);
  const system: Ctx = { ...database, clock: systemClock, secrets, log, actorId: null, requestId: 'system' };
  const jobs = createJobs({ pool: database.pool, log });
  const secure = env.tls !== null || (env.publicUrl ?? '').startsWith('https:');
  const sessions = createSessions({ pool: database.pool, secure, clock: systemClock });

  const requestCtx = (req: ExpressRequest, res: ExpressResponse) =>
    requestContext({
      base: { ...system, requestId: String(res.locals.requestId) },
      sessions,
      cookieHeader: req.get('cookie') ?? null,
      onCookie: (cookie) => res.append('Set-Cookie', cookie),
      met: metAway(req),
    });
  const render = options.dev ? null : createRenderer(options.build, 'production');
  const services: Services = {
    system,
    jobs,
    rootDir: options.rootDir,
    requestCtx: (req, res) => requestCtx(req, res)(),
    sessions,
    renderPage: render ? (request, context) => render(request, { ...context, sessions }) : undefined,
    progress: options.progress,
  };
  let listening: Listening | null = null;
  providePublicAddress(database.pool, () => addressOf(env, listening?.port ?? env.port));
  const parts = partsOf(services, { smtp: env.smtp, webhook: env.webhook });
  const installation = await ensureInstallation(system, env);
  await prepareQueues(options, jobsOf(parts));
  for (const part of parts) await part.prepare?.();
  const consumers = parts.flatMap((part) => part.consumers ?? []);
  await registerConsumers(system, consumers);
  provideOperation(database.pool, {
    consumers,
    dataDir: options.dataDir ?? options.rootDir,
    isEmbedded: env.database.kind === 'embedded',
    startedAt: systemClock.now(),
    findings: async () =>
      (await Promise.all(parts.map((part) => part.findings?.() ?? Promise.resolve([])))).flat(),
  });
  if (installation.kind === 'demo' && !installation.isReady) {
    const { seedDay } = installation;
    await seedOnce(
      system,
      () => seedDemoCity(services, { ownerUrl: options.ownerUrl, seedDay }),
      () =>
        options.progress('另一进程正在装入演示数据，等待其完成 · another process is loading the demo city'),
    );
  }

  let isReady = true;
  const ownOrigins = (): string[] =>
    env.publicUrl ? [new URL(env.publicUrl).origin] : localOrigins(env, listening?.port ?? env.port);
  const edge = createEdge({
    log,
    clientDir: path.join(options.rootDir, 'build', 'client'),
    ownOrigins,
    secure,
    dev: options.dev !== undefined,
    trustProxy: env.trustedProxies.length > 0 ? [...env.trustedProxies] : false,
    isReady: async () => isReady && (await isDatabaseReady(system)),
    first: options.dev ? [options.dev.middleware] : [],
    before: parts.flatMap((part) => (part.mount ? [part.mount.bind(part)] : [])),
    remix: createRequestHandler({
      build: options.dev?.loadBuild ?? options.build,
      mode: options.dev ? 'development' : 'production',
      getLoadContext: (req, res) => ({
        requestCtx: requestCtx(req, res),
        sessions,
        clientAddress: req.ip,
        incoming: req,
        nonce: String(res.locals.nonce),
        requestId: String(res.locals.requestId),
      }),
    }),
  });
  const doors = parts.flatMap((part) => (part.hotDoors ? [part.hotDoors()] : []));
  const listener = withHotDoors(edge, { log, doors, ownOrigins });
  listening = await listen({ listener, host: env.host, port: env.port, tls: env.tls });
  const { close: stopListening } = listening;
  await jobs.start(jobsOf(parts));
  const loops = [
    ...consumers.map((consumer) =>
      startLoop({
        name: `outbox ${consumer.name}`,
        everyMs: OUTBOX_POLL_MS,
        log,
        work: () => drainConsumer(system, consumer),
      }),
    ),
    startLoop({ name: 'sealer', everyMs: SEAL_EVERY_MS, log, work: () => sealDue(system) }),
    startLoop({
      name: 'old limits',
      everyMs: PURGE_LIMITS_EVERY_MS,
      log,
      work: () => purgeLimits(system),
    }),
    ...parts.flatMap((part) => part.loops?.() ?? []),
  ];
  return {
    url: publicOrigin(system),
    kind: installation.kind,
    isSetUp: await isSetUp(system),
    close: async () => {
      isReady = false;
      await stopListening();
      await Promise.all(loops.map((loop) => loop.stop()));
      await jobs.stop();
      await database.close();
    },
  };
}
