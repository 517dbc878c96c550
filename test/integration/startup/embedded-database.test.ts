import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readProcess } from '#app/platform/db/embedded/process-mark.server.ts';
import {
  IDENTITIES,
  makeHome,
  query,
  removeHome,
  startEmbeddedProcess,
  stopLeftovers,
  until,
  type EmbeddedProcess,
} from '#test/support/embedded-process.ts';

async function serverPid(dataDir: string): Promise<number> {
  const content = await readFile(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  return Number(content.split('\n')[0]);
}

async function hasStopped(dataDir: string): Promise<boolean> {
  return serverPid(dataDir).then(
    () => false,
    () => true,
  );
}

describe.each(IDENTITIES)('the embedded database, started by $name', (identity) => {
  let home: string;
  let dataDir: string;
  const started: EmbeddedProcess[] = [];

  const start = (folder = dataDir): EmbeddedProcess => {
    const running = startEmbeddedProcess(identity, folder);
    started.push(running);
    return running;
  };

  beforeEach(async () => {
    home = await makeHome(identity);
    dataDir = path.join(home, 'data');
  });

  afterEach(async () => {
    for (const running of started.splice(0)) {
      if (running.child.exitCode === null && running.child.signalCode === null) await running.detach();
    }
    await stopLeftovers(dataDir);
    await removeHome(home);
  });

  it('is made on the first start with two roles, UTF-8, UTC, and no way in without a password', async () => {
    const first = await start().attached;
    const owner = await query(
      first.ownerUrl,
      `select current_user::text as role, current_setting('server_encoding') as encoding, current_setting('TimeZone') as zone,
        current_setting('fsync') as fsync, current_setting('max_connections') as connections,
        (select rolsuper from pg_roles where rolname = current_user) as is_super,
        (select pg_get_userbyid(datdba) from pg_database where datname = 'zhifa') as owner`,
    );
    expect(owner).toEqual([
      {
        role: 'zhifa_owner',
        encoding: 'UTF8',
        zone: 'UTC',
        fsync: 'on',
        connections: '100',
        is_super: false,
        owner: 'zhifa_owner',
      },
    ]);
    const sorted = await query(
      first.servingUrl,
      `select string_agg(name, '' order by name collate "zh-x-icu") as names from unnest(array['张','李','王','阿']) as name`,
    );
    expect(sorted).toEqual([{ names: '阿李王张' }]);
    await expect(query(first.servingUrl.replace(/:[^:@]*@/, ':wrong@'), 'select 1')).rejects.toThrow(
      /password/,
    );
    await expect(query(first.ownerUrl.replace('zhifa_owner', 'postgres'), 'select 1')).rejects.toThrow(
      /pg_hba/,
    );
    await expect(query(first.servingUrl, 'create table public.t (n int)')).rejects.toThrow(
      /permission denied/,
    );
    expect((await stat(path.join(dataDir, 'keys.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(path.join(dataDir, 'postgres'))).mode & 0o777).toBe(0o700);
  });

  it('stops with the last one out, and keeps data, secret and port for the next start', async () => {
    const first = start();
    const before = await first.attached;
    await query(before.ownerUrl, 'create table kept as select 7 as n');
    await first.detach();
    expect(await hasStopped(dataDir)).toBe(true);

    const after = await start().attached;
    expect(after).toEqual(before);
    expect(await query(after.ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
  });

  it('lives in a folder whose path has spaces and Chinese characters', async () => {
    dataDir = path.join(home, '执法 学堂 (测试)', "数据 'a'");
    const attached = await start().attached;
    expect(attached.dataDir).toBe(dataDir);
    expect(await query(attached.servingUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  it('serves processes that start at the same moment from one server', async () => {
    const processes = [start(), start(), start()];
    const all = await Promise.all(processes.map((running) => running.attached));
    expect(new Set(all.map((each) => each.port)).size).toBe(1);
    expect(new Set(all.map((each) => each.secret)).size).toBe(1);
    const made = processes.flatMap((running) => running.said).filter((text) => text.includes('making'));
    expect(made).toHaveLength(1);

    await Promise.all(processes.slice(0, 2).map((running) => running.detach()));
    expect(await query(all[2]?.servingUrl ?? '', 'select 1 as n')).toEqual([{ n: 1 }]);
    await processes[2]?.detach();
    expect(await hasStopped(dataDir)).toBe(true);
  });

  it('goes on when the process that started it is killed, and is stopped by the last one', async () => {
    const owner = start();
    const { port } = await owner.attached;
    const pid = await serverPid(dataDir);
    await owner.kill9();

    const heir = start();
    expect((await heir.attached).port).toBe(port);
    expect(await serverPid(dataDir)).toBe(pid);
    await heir.detach();
    expect(await hasStopped(dataDir)).toBe(true);
  });

  it('comes back on its port with every committed row after its server was killed under it', async () => {
    const attached = await start().attached;
    await query(attached.ownerUrl, 'create table kept as select 7 as n');
    const pid = await serverPid(dataDir);
    process.kill(pid, 'SIGKILL');
    const rows = await until('the server is back', async () => {
      if ((await serverPid(dataDir)) === pid) return null;
      return query(attached.ownerUrl, 'select n from kept');
    });
    expect(rows).toEqual([{ n: 7 }]);
  });

  it('recovers when everything was killed', async () => {
    const owner = start();
    const attached = await owner.attached;
    await query(attached.ownerUrl, 'create table kept as select 7 as n');
    const pid = await serverPid(dataDir);
    owner.child.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await until('the server is dead', async () => Promise.resolve(readProcess(pid) === null ? true : null));

    const next = start();
    expect(await query((await next.attached).ownerUrl, 'select n from kept')).toEqual([{ n: 7 }]);
    expect(next.said.join()).toContain('unclean');
  });

  it('is not fooled by a process that got the number of its dead server, nor by a lease of a dead process', async () => {
    const owner = start();
    const attached = await owner.attached;
    const pid = await serverPid(dataDir);
    const pidFile = path.join(dataDir, 'postgres', 'postmaster.pid');
    const { uid, gid } = await stat(pidFile);
    const left = await readFile(pidFile, 'utf8');
    await owner.kill9();
    process.kill(pid, 'SIGKILL');
    await until('the server is dead', async () => Promise.resolve(readProcess(pid) === null ? true : null));

    const stranger = spawn('sleep', ['600'], process.getuid?.() === 0 ? { uid, gid } : {});
    try {
      await once(stranger, 'spawn');
      await writeFile(pidFile, left.replace(/^\d+/, String(stranger.pid)));
      await writeFile(
        path.join(dataDir, 'leases', 'reused.json'),
        JSON.stringify({ pid: stranger.pid, startedAt: 'another-boot/1', token: 'reused' }),
      );
      const next = start();
      expect((await next.attached).port).toBe(attached.port);
      await next.detach();
      expect(await hasStopped(dataDir)).toBe(true);
    } finally {
      stranger.kill();
    }
  });

  it('starts although a killed process left the lock behind', async () => {
    await start().detach();
    await writeFile(
      path.join(dataDir, 'lock'),
      JSON.stringify({ pid: 999_999_999, startedAt: 'x', token: 'dead' }),
    );
    await start().detach();
    await writeFile(path.join(dataDir, 'lock'), '');
    const processes = [start(), start()];
    const all = await Promise.all(processes.map((running) => running.attached));
    expect(all[0]?.port).toBe(all[1]?.port);
  });
});
