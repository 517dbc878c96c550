import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';

describe('a database that is away', () => {
  it('is told in one line without a stack, however many loops notice how often', async () => {
    const lines: string[] = [];
    const destination = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        lines.push(chunk.toString());
        done();
      },
    });
    const log = createLogger({ destination });
    let runs = 0;
    let stop: () => void = () => undefined;
    const enough = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const loops = ['one', 'two', 'three'].map((name) =>
      startLoop({
        name,
        everyMs: 1,
        log,
        work: () => {
          runs += 1;
          if (runs > 30) stop();
          return Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
        },
      }),
    );
    await enough;
    await Promise.all(loops.map((loop) => loop.stop()));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/"level":"warn".*database away/);
    expect(lines[0]).not.toContain('stack');
  });
});
