import type { Logger } from '#app/platform/log/logger.server.ts';
import { sayDatabaseAway } from '#app/platform/log/database-away.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';

export interface Loop {
  /** Runs the work soon, without waiting for the interval. */
  nudge(): void;
  /** Stops after the run under way. */
  stop(): Promise<void>;
}

/**
 * Calls `work` again and again, one run at a time, `everyMs` after the last ended or at once when nudged.
 * A failure is logged and the loop goes on: it is the way background work survives a database that was away.
 */
export function startLoop(options: {
  name: string;
  everyMs: number;
  log: Logger;
  work: (signal: AbortSignal) => Promise<unknown>;
}): Loop {
  const ending = new AbortController();
  let nudged = false;
  let wake: (() => void) | null = null;
  const pause = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, options.everyMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      nudged = false;
      try {
        await options.work(ending.signal);
      } catch (error) {
        if (isDatabaseAway(error)) sayDatabaseAway(options.log, options.name);
        else options.log.error({ err: error, loop: options.name }, 'loop run failed');
      }
      if (!ending.signal.aborted && !nudged) await pause();
      wake = null;
    }
  };
  const ended = run();
  return {
    nudge: () => {
      nudged = true;
      wake?.();
    },
    stop: async () => {
      ending.abort();
      wake?.();
      await ended;
    },
  };
}
