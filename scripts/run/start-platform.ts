import path from 'node:path';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { loadEnv, type Env } from '#app/platform/env/env.server.ts';
import { createLogger, type Logger } from '#app/platform/log/logger.server.ts';
import { isStartProblem, type StartLog } from '#app/platform/result/start-problem.ts';
import { buildIfNeeded } from './build-site.ts';
import { checkListen } from './check-listen.ts';
import type { StartDatabase } from './load-application.ts';
import { loadApplication } from './load-application.ts';
import { createProgress, type Progress } from './progress.ts';
import { readyText } from './ready-text.ts';
import { ROOT } from './script-database.ts';
import { createShutdown, DATABASE, type Shutdown } from './shutdown.ts';
import type { Serving } from './workers.ts';
import { startWorkers } from './workers.ts';

interface Start {
  readonly rootDir: string;
  readonly env: Env;
  readonly progress: Progress;
  readonly shutdown: Shutdown;
  readonly logger: Logger;
  /** Progress lines until the platform serves, the structured log from then on */
  readonly log: StartLog;
  onReady(): void;
  isReady(): boolean;
}

async function openDatabase(start: Start): Promise<StartDatabase> {
  const { rootDir, env, shutdown, log } = start;
  if (env.database.kind === 'own') {
    const { ownerUrl, servingUrl } = env.database;
    return { ownerUrl, servingUrl, secret: env.appSecret ?? '', dataDir: null };
  }
  const attaching = attachEmbedded({
    dataDir: env.dataDir,
    checkoutDir: rootDir,
    log,
    signal: shutdown.signal,
  });
  // Registered before it is there: a signal while it comes up waits for it and stops it.
  shutdown.add(DATABASE, async () => {
    const [result] = await Promise.allSettled([attaching]);
    // Connections of an application that did not come up are about to be cut: their complaints say nothing new.
    if (!start.isReady()) start.logger.level = 'silent';
    if (result.status === 'fulfilled') await result.value.detach();
  });
  const { ownerUrl, servingUrl, secret, dataDir } = await attaching;
  return { ownerUrl, servingUrl, secret: env.appSecret ?? secret, dataDir };
}

/** One process serves by itself; with more, this one looks after them and the database. */
function startServing(start: Start, database: StartDatabase): Promise<Serving> {
  const { rootDir, env, progress, logger, log } = start;
  if (env.workers > 1) return startWorkers({ rootDir, count: env.workers, database, log });
  return loadApplication({ rootDir, env, database, log: logger, progress: progress.info });
}

async function run(start: Start): Promise<void> {
  const { rootDir, env, progress, shutdown } = start;
  const { signal } = shutdown;
  await checkListen(env);
  await progress.step('检查编译结果，有改动则重新编译（首次约半分钟）· building if needed', () =>
    buildIfNeeded({ rootDir, log: progress, signal }),
  );
  signal.throwIfAborted();
  const database = await progress.step('启动数据库 · starting the database', () => openDatabase(start));
  if (database.dataDir !== null) progress.info(`数据文件夹 ${database.dataDir} · data folder`);
  signal.throwIfAborted();
  await progress.step('检查数据库结构 · migrating if needed', () =>
    migrateDatabase({
      ownerUrl: database.ownerUrl,
      servingUrl: database.servingUrl,
      migrationsDir: path.join(rootDir, 'prisma', 'migrations'),
      log: progress,
    }),
  );
  signal.throwIfAborted();
  const application = await progress.step('载入课程与服务 · starting the application', () =>
    startServing(start, database),
  );
  shutdown.add('服务 · application', () => application.close());
  signal.throwIfAborted();
  start.onReady();
  console.log(
    readyText({
      url: application.url,
      seconds: progress.elapsedSeconds(),
      dataDir: database.dataDir,
      isDemo: application.kind === 'demo',
      needsSetup: !application.isSetUp,
    }),
  );
}

/** What goes on in the background is told to the waiting person first, and to the log once the platform serves. */
function switchableLog(before: StartLog, after: StartLog): Pick<Start, 'log' | 'onReady' | 'isReady'> {
  let isReady = false;
  const current = (): StartLog => (isReady ? after : before);
  return {
    log: { info: (text) => current().info(text), warn: (text) => current().warn(text) },
    isReady: () => isReady,
    onReady: () => {
      isReady = true;
    },
  };
}

/**
 * `npm start`: build if needed, database, migrations, application. Whatever stops it, what it started is stopped too.
 * Ends the process with code 1 after a refusal or failure, 0 after a signal, 130 after a signal during the start.
 * @param rootDir the checkout
 */
export async function startPlatform(rootDir = ROOT): Promise<void> {
  process.env['NODE_ENV'] ??= 'production';
  const progress = createProgress();
  const shutdown = createShutdown(progress);
  try {
    const env = loadEnv();
    const logger = createLogger();
    const background = switchableLog(progress, logger);
    await shutdown.guard(() => run({ rootDir, env, progress, shutdown, logger, ...background }));
  } catch (error) {
    console.error(isStartProblem(error) ? `\n${error.message}` : error);
    await shutdown.closeAll();
    process.exit(1);
  }
}
