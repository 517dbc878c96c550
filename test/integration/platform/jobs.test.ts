import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { type Job, type Jobs, anyJob, createJobs, installJobs } from '#app/platform/jobs/jobs.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();
const log = createLogger({ level: 'fatal' });
const seen: string[] = [];
let failuresLeft = 1;

const echo: Job<{ text: string }> = {
  name: 'test-echo',
  schema: z.object({ text: z.string() }),
  expireSeconds: 30,
  run: ({ text }) => {
    if (text === 'fails once' && failuresLeft > 0) {
      failuresLeft -= 1;
      return Promise.reject(new Error('for the test'));
    }
    seen.push(text);
    return Promise.resolve();
  },
};

let jobs: Jobs | null = null;
beforeAll(async () => {
  const owner = new pg.Client({ connectionString: world.database.url });
  await owner.connect();
  await installJobs(owner, [echo]);
  await installJobs(owner, [echo]);
  await owner.end();
  jobs = createJobs({ pool: world.ctx.pool, log });
  await jobs.start([anyJob(echo)]);
});
afterAll(async () => {
  await jobs?.stop();
});

const enqueue = (text: string, refuseIt = false) =>
  inTransaction<void, 'NO'>(world.ctx, 'test', async (tx, refuse) => {
    await jobs?.enqueue(tx, echo, { text });
    if (refuseIt) refuse('NO');
  });

describe('durable jobs', () => {
  it('run when their transaction commits, and never when it is refused', async () => {
    await enqueue('refused', true);
    await enqueue('committed');
    await expect.poll(() => seen, { timeout: 15_000 }).toContain('committed');
    expect(seen).not.toContain('refused');
  });

  it('are tried again after a failure', async () => {
    await enqueue('fails once');
    await expect.poll(() => seen, { timeout: 30_000 }).toContain('fails once');
    expect(failuresLeft).toBe(0);
  });
});

describe('loops', () => {
  it('go on after a failed run, run at once when nudged, and end when stopped', async () => {
    let runs = 0;
    const loop = startLoop({
      name: 'test',
      everyMs: 3_600_000,
      log,
      work: () => {
        runs += 1;
        return runs === 1 ? Promise.reject(new Error('first run fails')) : Promise.resolve();
      },
    });
    await expect.poll(() => runs).toBe(1);
    loop.nudge();
    await expect.poll(() => runs).toBe(2);
    await loop.stop();
    loop.nudge();
    expect(runs).toBe(2);
  });
});
