import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFileLock } from '#app/platform/db/embedded/file-lock.server.ts';

const log = { info: () => undefined, warn: () => undefined };

describe('the lock file', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'zhifa-lock-'));
    file = path.join(folder, 'lock');
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function contend(count: number): Promise<number> {
    let inside = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: count }, () =>
        withFileLock(file, { timeoutMs: 30_000, log }, async () => {
          inside += 1;
          most = Math.max(most, inside);
          await new Promise((resolve) => setImmediate(resolve));
          inside -= 1;
        }),
      ),
    );
    return most;
  }

  const dead = (token: string): string => JSON.stringify({ pid: 999_999_999, startedAt: 'x', token });

  it('lets one in at a time', async () => {
    expect(await contend(20)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('lets one in at a time while twenty break the lock of a dead process', async () => {
    await writeFile(file, dead('a'));
    expect(await contend(20)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is broken although whoever was breaking it died as well', async () => {
    await writeFile(file, dead('a'));
    await writeFile(`${file}.break`, dead('b'));
    await writeFile(`${file}.break.break`, dead('c'));
    expect(await contend(10)).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it('is broken when a power cut tore it', async () => {
    await writeFile(file, '');
    expect(await contend(10)).toBe(1);
  });

  it('is not broken while its holder lives: who waits too long is told the process', async () => {
    await withFileLock(file, { timeoutMs: 1000, log }, async () => {
      const late = withFileLock(file, { timeoutMs: 200, log }, () => Promise.resolve());
      await expect(late).rejects.toMatchObject({
        code: 'LOCK_TIMEOUT',
        en: expect.stringContaining(String(process.pid)),
      });
    });
  });

  it('is given back when the work fails, and waiting ends with the signal', async () => {
    await expect(
      withFileLock(file, { timeoutMs: 1000, log }, () => Promise.reject(new Error('work'))),
    ).rejects.toThrow('work');
    await withFileLock(file, { timeoutMs: 1000, log }, async () => {
      const signal = AbortSignal.timeout(100);
      await expect(
        withFileLock(file, { timeoutMs: 60_000, log, signal }, () => Promise.resolve()),
      ).rejects.toThrow();
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
