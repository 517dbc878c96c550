import { readdir } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { stopLeftovers } from '#test/support/embedded-process.ts';
import {
  makeCheckout,
  startPlatformProcess,
  type APPLICATIONS,
  type StartedPlatform,
} from '#test/support/started-platform.ts';

describe('npm start', () => {
  const roots: string[] = [];
  const running: StartedPlatform[] = [];

  async function checkout(application: keyof typeof APPLICATIONS): Promise<string> {
    const root = await makeCheckout(application);
    roots.push(root);
    return root;
  }

  function start(root: string, env: Readonly<Record<string, string>> = {}): StartedPlatform {
    const platform = startPlatformProcess(root, env);
    running.push(platform);
    return platform;
  }

  /** Neither a server nor a lease nor a lock is left. */
  async function expectNothingLeft(root: string): Promise<void> {
    const files = await readdir(path.join(root, 'data'), { recursive: true });
    expect(files.filter((file) => /postmaster\.pid|leases\/|lock/.test(file))).toEqual([]);
  }

  afterEach(async () => {
    for (const platform of running.splice(0)) {
      platform.child.kill('SIGKILL');
      await platform.ended;
    }
    for (const root of roots.splice(0)) {
      await stopLeftovers(path.join(root, 'data'));
      await rm(root, { recursive: true, force: true });
    }
  });

  it('prints address, data folder and demo accounts, serves, and stops everything on SIGTERM with code 0', async () => {
    const root = await checkout('serves');
    const platform = start(root);
    const output = await platform.printed('auditor');
    expect(output).toContain('Zhifa@2026demo');
    expect(output).toContain(path.join(root, 'data'));
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
    expect(await (await fetch(url)).text()).toBe('served');
    platform.child.kill('SIGTERM');
    expect(await platform.ended).toBe(0);
    await expectNothingLeft(root);
  });

  it('takes the same key press that arrives three times as one', async () => {
    const root = await checkout('serves');
    const platform = start(root);
    await platform.printed('auditor');
    for (const signal of ['SIGINT', 'SIGINT', 'SIGTERM'] as const) platform.child.kill(signal);
    expect(await platform.ended).toBe(0);
    await expectNothingLeft(root);
  });

  it.each(['building if needed', 'starting the database', 'making the embedded database', 'migrating'])(
    'stops what it has started when interrupted at "%s"',
    async (moment) => {
      const root = await checkout('serves');
      const platform = start(root);
      await platform.printed(moment);
      platform.child.kill('SIGINT');
      expect(await platform.ended).toBe(130);
      if (moment !== 'building if needed') await expectNothingLeft(root);
    },
  );

  it('does not wait for a long application start after Ctrl-C', async () => {
    const root = await checkout('seedsForEver');
    const platform = start(root);
    await platform.printed('seeding');
    platform.child.kill('SIGINT');
    expect(await platform.ended).toBe(130);
    await expectNothingLeft(root);
  });

  it('skips the draining at the second signal, but never leaves the database running', async () => {
    const root = await checkout('neverDrains');
    const platform = start(root);
    await platform.printed('ready');
    platform.child.kill('SIGINT');
    await platform.printed('stopping');
    // Presses less than 0.7 s apart count as one, so the test presses until it is heard.
    const again = setInterval(() => platform.child.kill('SIGINT'), 800);
    const code = await platform.ended;
    clearInterval(again);
    expect(code).toBe(0);
    expect(platform.output()).toContain('not waited for');
    await expectNothingLeft(root);
  });

  it('says which port is taken and how to choose another, before anything is started', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      const root = await checkout('serves');
      const platform = start(root, { PORT: String(port) });
      expect(await platform.ended).toBe(1);
      expect(platform.output()).toContain(`端口 ${port} 已被其他程序占用`);
      expect(platform.output()).toMatch(/PORT=\d+ npm start/);
      expect(await readdir(root)).not.toContain('data');
    } finally {
      taken.close();
    }
  });

  it('stops the database again when the port is taken only at the end', async () => {
    const root = await checkout('findsThePortTaken');
    const platform = start(root, { PORT: '3999' });
    expect(await platform.ended).toBe(1);
    expect(platform.output()).toContain('Port 3999 is taken');
    await expectNothingLeft(root);
  });

  it('lists every wrong setting and starts nothing', async () => {
    const root = await checkout('serves');
    const platform = start(root, { PORT: 'abc', HOST: '0.0.0.0', WORKERS: '0' });
    expect(await platform.ended).toBe(1);
    for (const name of ['PORT', 'HOST', 'WORKERS']) expect(platform.output()).toContain(`${name}：`);
    expect(await readdir(root)).not.toContain('data');
  });

  it('says why a build failed', async () => {
    const root = await checkout('serves');
    await rm(path.join(root, 'build', 'stamp.txt'));
    const platform = start(root);
    expect(await platform.ended).toBe(1);
    expect(platform.output()).toMatch(/^Error: /m);
    expect(platform.output()).toContain('prisma generate');
  });
});
