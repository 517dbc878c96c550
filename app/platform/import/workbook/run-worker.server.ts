import { Worker } from 'node:worker_threads';
import { MAX_WORKERS, WORKER_HEAP_MB, WORKER_TIMEOUT_MS } from '../limits.ts';
import type { WorkerMessage, WorkerTask } from './worker-protocol.ts';
import { workerCode } from './worker-bundle.server.ts';

export interface WorkerLimits {
  readonly timeoutMs: number;
  readonly heapMb: number;
}

export const WORKER_LIMITS: WorkerLimits = { timeoutMs: WORKER_TIMEOUT_MS, heapMb: WORKER_HEAP_MB };

/** Why a worker gave no answer: the file needs more time or memory than one file may have. */
export type WorkerEnd = 'finished' | 'out_of_time' | 'out_of_memory';

let running = 0;
const waiting: (() => void)[] = [];

/** Runs one task in a fresh thread and hands every message to `onMessage`. Throws when the worker itself fails (a bug);
 *  a file that asks for too much ends with `out_of_time` or `out_of_memory`, and the thread is gone. */
export async function runWorker(
  task: WorkerTask,
  onMessage: (message: WorkerMessage) => void,
  limits: WorkerLimits = WORKER_LIMITS,
): Promise<WorkerEnd> {
  const code = await workerCode();
  await takeTurn();
  try {
    const worker = new Worker('file' in code ? code.file : code.text, {
      eval: 'text' in code,
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: limits.heapMb },
      // Nothing of the server's environment (secrets, addresses) is of use to a reader of workbooks.
      env: {},
      execArgv: [],
    });
    return await settle(worker, onMessage, limits.timeoutMs);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function takeTurn(): Promise<void> {
  if (running >= MAX_WORKERS) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
}

function settle(
  worker: Worker,
  onMessage: (message: WorkerMessage) => void,
  timeoutMs: number,
): Promise<WorkerEnd> {
  return new Promise((resolve, reject) => {
    let end: WorkerEnd = 'finished';
    const timer = setTimeout(() => {
      end = 'out_of_time';
      void worker.terminate();
    }, timeoutMs);
    worker.on('message', onMessage);
    worker.on('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') {
        end = 'out_of_memory';
        return;
      }
      clearTimeout(timer);
      reject(error);
    });
    // Comes after the last message and after any error.
    worker.on('exit', () => {
      clearTimeout(timer);
      resolve(end);
    });
  });
}
