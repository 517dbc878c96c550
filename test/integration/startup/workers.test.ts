import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { stopLeftovers, until } from '#test/support/embedded-process.ts';
import { makeCheckout, startPlatformProcess, type StartedPlatform } from '#test/support/started-platform.ts';

/** Numbers of the processes that a process has started itself (proc(5)). */
async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.trim().split(' ').filter(Boolean).map(Number);
}

async function serversOf(pid: number): Promise<number[]> {
  const children = await childrenOf(pid);
  const lines = await Promise.all(
    children.map((child) => readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')),
  );
  return children.filter((_, index) => lines[index]?.includes('worker.ts'));
}

describe.skipIf(process.platform !== 'linux')('WORKERS', () => {
  let root = '';
  let platform: StartedPlatform | null = null;

  afterEach(async () => {
    platform?.child.kill('SIGKILL');
    await platform?.ended;
    await stopLeftovers(path.join(root, 'data'));
    await rm(root, { recursive: true, force: true });
  });

  async function start(workers: string): Promise<{ pid: number; url: string; platform: StartedPlatform }> {
    root = await makeCheckout('serves');
    const started = startPlatformProcess(root, { WORKERS: workers });
    platform = started;
    const output = await started.printed('auditor');
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
    return { pid: started.child.pid ?? 0, url, platform: started };
  }

  it('serve on one port; a dead one is replaced, and all of them stop on SIGTERM with code 0', async () => {
    const { pid, url, platform: started } = await start('2');
    const before = await serversOf(pid);
    expect(before).toHaveLength(2);
    expect(await (await fetch(url)).text()).toBe('served');
    process.kill(before[0] ?? 0, 'SIGKILL');
    await started.printed('a serving process died');
    const after = await until('two servers again', async () => {
      const now = await serversOf(pid);
      return now.length === 2 && !now.includes(before[0] ?? 0) ? now : null;
    });
    expect(after).toContain(before[1]);
    expect(await (await fetch(url)).text()).toBe('served');
    started.child.kill('SIGTERM');
    expect(await started.ended).toBe(0);
    const files = await readdir(path.join(root, 'data'), { recursive: true });
    expect(files.filter((file) => /postmaster\.pid|leases\/|lock/.test(file))).toEqual([]);
  });

  it('end when the process that looks after them is killed', async () => {
    const { pid, platform: started } = await start('2');
    const workers = await serversOf(pid);
    started.child.kill('SIGKILL');
    await started.ended;
    const isAlive = (worker: number): Promise<boolean> =>
      readFile(`/proc/${worker}/cmdline`, 'utf8').then(
        (line) => line.includes('worker.ts'),
        () => false,
      );
    await until('no server is left', async () =>
      (await Promise.all(workers.map(isAlive))).some((alive) => alive) ? null : true,
    );
  });
});
