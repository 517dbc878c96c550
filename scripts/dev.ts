import { createServer as createProbe, type AddressInfo } from 'node:net';
import type { ServerBuild } from '@remix-run/node';
import { createServer, type ViteDevServer } from 'vite';
import type { Application, startApplication } from '#app/main.server.ts';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { loadEnv, type Env } from '#app/platform/env/env.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { checkListen } from './run/check-listen.ts';
import { createProgress, type Progress } from './run/progress.ts';
import { explain } from './run/script.ts';
import { MIGRATIONS_DIR, ROOT } from './run/script-database.ts';
import { createShutdown, DATABASE, type Shutdown } from './run/shutdown.ts';

interface DevDatabase {
  readonly ownerUrl: string | null;
  readonly servingUrl: string;
  readonly secret: string;
}

/** The embedded database is given back whatever ends us, also a fault of the dev server in the background. */
async function openDatabase(env: Env, progress: Progress, shutdown: Shutdown): Promise<DevDatabase> {
  if (env.database.kind === 'own') {
    const { ownerUrl, servingUrl } = env.database;
    return { ownerUrl, servingUrl, secret: env.appSecret ?? '' };
  }
  const { signal } = shutdown;
  const attaching = attachEmbedded({ dataDir: env.dataDir, checkoutDir: ROOT, log: progress, signal });
  shutdown.add(DATABASE, async () => {
    const [result] = await Promise.allSettled([attaching]);
    if (result.status === 'fulfilled') await result.value.detach();
  });
  const { ownerUrl, servingUrl, secret } = await attaching;
  return { ownerUrl, servingUrl, secret: env.appSecret ?? secret };
}

/** A port of this machine's own that nobody else uses: two dev servers side by side have a socket each. */
function freeLoopbackPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createProbe();
    probe.once('error', reject);
    probe.listen({ host: '127.0.0.1', port: 0 }, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** Vite without a server of its own; its reload socket is reached from this machine only. */
async function openVite(shutdown: Shutdown): Promise<ViteDevServer> {
  const hmr = { host: '127.0.0.1', port: await freeLoopbackPort() };
  const vite = await createServer({ root: ROOT, server: { middlewareMode: true, hmr } });
  shutdown.add('Vite', () => vite.close());
  return vite;
}

async function serve(env: Env, vite: ViteDevServer, database: DevDatabase, progress: Progress) {
  const loadBuild = async (): Promise<ServerBuild> =>
    (await vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild;
  const build = await loadBuild();
  const entry = build.entry.module as typeof build.entry.module & {
    startApplication: typeof startApplication;
  };
  return entry.startApplication({
    env,
    servingUrl: database.servingUrl,
    ownerUrl: database.ownerUrl ?? database.servingUrl,
    secret: database.secret,
    rootDir: ROOT,
    build,
    dev: { middleware: vite.middlewares, loadBuild },
    log: createLogger(),
    progress: progress.info,
  });
}

/** The same Express code as `npm start`, with Vite serving the sources: a saved file is on the page at once. */
async function run(progress: Progress, shutdown: Shutdown): Promise<void> {
  const env = loadEnv();
  await checkListen(env);
  const vite = await progress.step('启动 Vite · starting Vite', () => openVite(shutdown));
  shutdown.signal.throwIfAborted();
  const database = await progress.step('启动数据库 · starting the database', () =>
    openDatabase(env, progress, shutdown),
  );
  shutdown.signal.throwIfAborted();
  const { ownerUrl, servingUrl } = database;
  await migrateDatabase({ ownerUrl, servingUrl, migrationsDir: MIGRATIONS_DIR, log: progress });
  const application: Application = await progress.step('载入服务 · starting the application', () =>
    serve(env, vite, database, progress),
  );
  shutdown.add('服务 · application', () => application.close());
  shutdown.signal.throwIfAborted();
  console.log(`\n${application.url}  (Ctrl-C)\n`);
}

const progress = createProgress();
const shutdown = createShutdown(progress);
try {
  await shutdown.guard(() => run(progress, shutdown));
} catch (error) {
  const exitCode = explain(error);
  await shutdown.closeAll();
  process.exit(exitCode);
}
