import cluster from 'node:cluster';
import type { Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { StartLog } from '#app/platform/result/start-problem.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import type { StartDatabase } from './load-application.ts';
import type { FromWorker, ToWorker } from './worker-words.ts';

const WORKER_FILE = fileURLToPath(new URL('./worker.ts', import.meta.url));
/** A process that dies again and again is started with this pause, so that its complaint stays readable. */
const RESTART_PAUSE_MS = 1_000;

/** As of one process, for the lines that are printed when the platform serves. */
export interface Serving {
  readonly url: string;
  readonly kind: string;
  readonly isSetUp: boolean;
  close(): Promise<void>;
}

interface WorkersOptions {
  readonly rootDir: string;
  readonly count: number;
  readonly database: StartDatabase;
  readonly log: StartLog;
}

type Started = Omit<Serving, 'close'>;

const tell = (worker: Worker, message: ToWorker): void => {
  if (worker.isConnected()) worker.send(message);
};

/** Resolves once the process serves; rejects with what it said, or when it ends without a word. */
function startOne({ rootDir, database, log }: WorkersOptions): { worker: Worker; started: Promise<Started> } {
  const worker = cluster.fork();
  const started = new Promise<Started>((resolve, reject) => {
    const fail = (text: string): void =>
      reject(
        new StartProblem('WORKER_FAILED', {
          zh: `${text}\n服务进程未能启动，原因见上。`,
          en: 'A serving process did not start; the reason stands above.',
        }),
      );
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'listening':
          return tell(worker, { kind: 'serve', rootDir, database });
        case 'progress':
          return log.info(message.text);
        case 'failed':
          return fail(message.text);
        case 'serving':
          return resolve({ url: message.url, kind: message.installation, isSetUp: message.isSetUp });
      }
    });
    worker.once('exit', (code) => fail(`code ${code}`));
  });
  return { worker, started };
}

/**
 * `WORKERS` processes on one port (node:cluster; Node 20 has no `reusePort`). The first one prepares the database and
 * the others follow; each runs the background loops, which take turns through the database. One that dies is replaced.
 * `close` lets each finish what is under way. Throws StartProblem WORKER_FAILED when one does not come up.
 */
export async function startWorkers(options: WorkersOptions): Promise<Serving> {
  const { count, log } = options;
  cluster.setupPrimary({ exec: WORKER_FILE });
  const workers = new Set<Worker>();
  let isStopping = false;

  async function run(): Promise<Started> {
    const { worker, started } = startOne(options);
    workers.add(worker);
    worker.once('exit', () => workers.delete(worker));
    const facts = await started;
    worker.once('exit', (code, signal) => {
      if (isStopping) return;
      log.warn(`服务进程意外结束（${signal ?? code}），正在重新启动 · a serving process died, restarting it`);
      void replace();
    });
    return facts;
  }

  async function replace(): Promise<void> {
    while (!isStopping) {
      await sleep(RESTART_PAUSE_MS);
      try {
        if (!isStopping) await run();
        return;
      } catch (error) {
        log.warn(error instanceof Error ? error.message : String(error));
      }
    }
  }

  const close = async (): Promise<void> => {
    isStopping = true;
    const ended = [...workers].map(
      (worker) => new Promise<void>((resolve) => worker.once('exit', () => resolve())),
    );
    for (const worker of workers) tell(worker, { kind: 'stop' });
    await Promise.all(ended);
  };

  try {
    const facts = await run();
    await Promise.all(Array.from({ length: count - 1 }, () => run()));
    return { ...facts, close };
  } catch (error) {
    await close();
    throw error;
  }
}
