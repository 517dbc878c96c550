import { setTimeout as sleep } from 'node:timers/promises';
import type { StartLog } from '#app/platform/result/start-problem.ts';
import { findLauncher, watchLauncher } from './launcher.ts';

/**
 * One key press arrives several times: from the terminal at every process of its group, and once more from npm or tsx,
 * which pass it on. What comes within this time is the same press.
 */
const SAME_PRESS_MS = 700;
/** How long a step of the start may go on after a signal before what it stands on is taken away. */
const STEP_GRACE_MS = 2_000;
/** What drains longer is left behind (its transactions are rolled back); the database below it is still stopped. */
const DRAIN_LIMIT_MS = 20_000;

/** Exit code of a program ended by Ctrl-C before it served, as shells expect it. */
const INTERRUPTED = 130;
/** Name of the closer that runs even when nobody wants to wait: a database left running would hold its folder. */
export const DATABASE = '数据库 · database';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

type Closer = { readonly name: string; readonly close: () => Promise<void> };

export interface Shutdown {
  /** Aborted by the first signal */
  readonly signal: AbortSignal;
  /** What is started registers how it is stopped; stopping goes in the reverse order. */
  add(name: string, close: () => Promise<void>): void;
  /** Stops everything registered so far, each once. */
  closeAll(): Promise<void>;
  /** Runs the start; a signal during it ends it, stops what it started and ends the process. Rethrows its failure. */
  guard(start: () => Promise<void>): Promise<void>;
}

/**
 * Signals from the first line on: the first one stops everything in order (drains requests, then the database), a
 * second one skips the draining, a third one ends the process at once (the next start clears up).
 */
export function createShutdown(log: StartLog): Shutdown {
  const abort = new AbortController();
  const closers: Closer[] = [];
  let presses = 0;
  let lastPressAt = -Infinity;
  let starting: Promise<void> = Promise.resolve();
  let isStarting = false;
  let skipWaiting: () => void = () => undefined;
  const hurried = new Promise<void>((resolve) => {
    skipWaiting = resolve;
  });

  const closeOne = async ({ name, close }: Closer): Promise<void> => {
    if (name === DATABASE) return close();
    const outcome = await Promise.race([
      close().then(() => 'closed'),
      sleep(DRAIN_LIMIT_MS, 'too long', { ref: false }),
      hurried.then(() => 'in a hurry'),
    ]);
    if (outcome !== 'closed') log.warn(`${name}：未等其结束 · not waited for (${outcome})`);
  };
  const closeInOrder = async (): Promise<void> => {
    for (let closer = closers.pop(); closer !== undefined; closer = closers.pop()) {
      try {
        await closeOne(closer);
      } catch (error) {
        // One that fails to stop must not keep the ones below it running.
        log.warn(`${closer.name}: ${error instanceof Error ? error.message : String(error)}`);
        process.exitCode = 1;
      }
    }
  };
  let closing: Promise<void> | undefined;
  /** A signal may arrive while a failed start is being cleared up: both wait for the same end. */
  const closeAll = (): Promise<void> => {
    closing ??= closeInOrder().finally(() => {
      closing = undefined;
    });
    return closing;
  };
  const stop = async (exitCode: number): Promise<void> => {
    if (isStarting) await Promise.race([starting, sleep(STEP_GRACE_MS, undefined, { ref: false }), hurried]);
    await closeAll();
    process.exit(process.exitCode ?? exitCode);
  };
  const begin = (reason: string, exitCode: number): void => {
    if (abort.signal.aborted) return;
    abort.abort(new Error(reason));
    void stop(exitCode);
  };
  const onSignal = (name: NodeJS.Signals): void => {
    const now = performance.now();
    if (now - lastPressAt < SAME_PRESS_MS) return;
    lastPressAt = now;
    presses += 1;
    if (presses === 1) {
      log.info('正在停止（再按一次不再等待）· stopping (again: without waiting)');
      begin(`stopped by ${name}`, isStarting ? INTERRUPTED : 0);
    } else if (presses === 2) skipWaiting();
    else process.exit(INTERRUPTED);
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  const launcher = findLauncher();
  if (launcher !== null) watchLauncher(launcher, () => onSignal('SIGTERM'));
  process.on('uncaughtException', (error) => {
    // What breaks after the database was taken away from under a step is the doing of the stop itself.
    if (abort.signal.aborted) return;
    log.warn(error.stack ?? error.message);
    process.exitCode = 1;
    begin('uncaught exception', 1);
  });

  return {
    signal: abort.signal,
    add: (name, close) => closers.push({ name, close }),
    closeAll,
    guard: async (start) => {
      isStarting = true;
      const started = start().finally(() => {
        isStarting = false;
      });
      starting = started.catch(() => undefined);
      try {
        await started;
      } catch (error) {
        // The signal's own doing; `stop` is under way and ends the process.
        if (abort.signal.aborted) return new Promise<void>(() => undefined);
        throw error;
      }
    },
  };
}
