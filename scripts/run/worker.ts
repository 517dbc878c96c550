import type { Application } from '#app/main.server.ts';
import { loadEnv } from '#app/platform/env/env.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { isStartProblem } from '#app/platform/result/start-problem.ts';
import { loadApplication } from './load-application.ts';
import type { FromWorker, ToWorker } from './worker-words.ts';

/**
 * One of `WORKERS` processes behind one port. It does what the first process says: serve, stop. A Ctrl-C reaches every
 * process of the terminal; here it means nothing, because the first process stops us in order. When that one has died,
 * Node ends this process (node:cluster, `disconnect`).
 */
const say = (message: FromWorker): void => {
  process.send?.(message);
};

let application: Promise<Application> | null = null;

async function serve(order: Extract<ToWorker, { kind: 'serve' }>): Promise<void> {
  application = loadApplication({
    rootDir: order.rootDir,
    env: loadEnv(),
    database: order.database,
    log: createLogger(),
    progress: (text) => say({ kind: 'progress', text }),
  });
  const { url, kind, isSetUp } = await application;
  say({ kind: 'serving', url, installation: kind, isSetUp });
}

async function stop(): Promise<void> {
  await (await application)?.close();
  process.exit(0);
}

function fail(error: unknown): void {
  const text = isStartProblem(error) ? error.message : error instanceof Error ? error.stack : String(error);
  say({ kind: 'failed', text: text ?? '' });
  process.exitCode = 1;
  process.disconnect();
}

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => undefined);
process.on('message', (order: ToWorker) => {
  (order.kind === 'serve' ? serve(order) : stop()).catch(fail);
});
say({ kind: 'listening' });
