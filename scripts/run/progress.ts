import type { StartLog } from '#app/platform/result/start-problem.ts';

/** A step that says nothing for this long is said to be still under way. */
const STILL_EVERY_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

/** What the person who waits for a start sees: one line a step, with the seconds since the beginning. */
export interface Progress extends StartLog {
  /** Runs one step; a long one is said to be still going on. `text`: Chinese · English */
  step<T>(text: string, work: () => Promise<T>): Promise<T>;
  readonly elapsedSeconds: () => number;
}

export function createProgress(write: (line: string) => void = console.log): Progress {
  const startedAt = performance.now();
  const elapsedSeconds = (): number => (performance.now() - startedAt) / 1000;
  let lastLineAt = 0;
  const line = (text: string): void => {
    lastLineAt = performance.now();
    write(`[${elapsedSeconds().toFixed(1).padStart(5)} s] ${text}`);
  };
  return {
    info: line,
    warn: (text) => line(`! ${text}`),
    elapsedSeconds,
    step: async (text, work) => {
      line(text);
      const still = setInterval(() => {
        if (performance.now() - lastLineAt >= STILL_EVERY_MS) line(`  仍在进行 · still working: ${text}`);
      }, LOOK_EVERY_MS);
      try {
        return await work();
      } finally {
        clearInterval(still);
      }
    },
  };
}
