import { defineConfig } from 'vitest/config';

/**
 * Facts are handed on once no transaction of the whole server can still overtake them, and other test files keep theirs
 * open for a while: what is waited for comes late on a busy machine, not never.
 */
const POLL_MS = 30_000;

/**
 * Somebody studies in these by the clock, two minutes each, and most of that is waiting: they wait side by side, each for
 * people of the demo city whom the others leave alone.
 */
const BY_THE_CLOCK = ['learning', 'pages', 'road'].map((name) => `test/e2e/${name}.test.ts`);

/** A browser and the running site, shared by all files of both projects. */
const BROWSER = {
  environment: 'node',
  globalSetup: ['test/support/site-setup.ts'],
  testTimeout: 180_000,
  hookTimeout: 240_000,
  expect: { poll: { timeout: POLL_MS } },
};

/** Projects run one after the other (`groupOrder`): two cores are not enough for browsers beside databases. */
export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/unit/**/*.test.tsx'],
          environment: 'node',
          // Pure rules leave nothing behind: a process for each file took longer than the tests in it.
          isolate: false,
          testTimeout: 20_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/support/database-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: POLL_MS } },
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          ...BROWSER,
          name: 'e2e-study',
          include: BY_THE_CLOCK,
          maxWorkers: BY_THE_CLOCK.length,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          ...BROWSER,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: BY_THE_CLOCK,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 4 },
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          environment: 'node',
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 5 },
        },
      },
    ],
  },
});
