import { describe, expect, it } from 'vitest';
import { provisioningSql, serverSettings } from '#app/platform/db/embedded/cluster-config.ts';
import { checkoutName, firstBarrier, isUsablePath, serviceUsers } from '#app/platform/db/embedded/place.ts';
import { buryPostmaster, parsePostmasterFile } from '#app/platform/db/embedded/postmaster-file.ts';

const nobody = { name: 'nobody', uid: 65_534, gid: 65_534 };
const folder = (path: string, mode: number, uid = 0, gid = 0) => ({ path, mode, uid, gid });

describe('the way to a folder', () => {
  it('is open when every folder lets others through', () => {
    expect(firstBarrier([folder('/', 0o755), folder('/var', 0o711)], nobody)).toBeNull();
  });
  it('names the first folder that is closed', () => {
    const way = [folder('/', 0o755), folder('/root', 0o700), folder('/root/x', 0o750)];
    expect(firstBarrier(way, nobody)).toBe('/root');
  });
  it('looks at the bits that hold for the user: owner before group before others', () => {
    expect(firstBarrier([folder('/a', 0o100, nobody.uid)], nobody)).toBeNull();
    expect(firstBarrier([folder('/a', 0o611, nobody.uid)], nobody)).toBe('/a');
    expect(firstBarrier([folder('/a', 0o710, 0, nobody.gid)], nobody)).toBeNull();
    expect(firstBarrier([folder('/a', 0o701, 0, nobody.gid)], nobody)).toBe('/a');
  });
});

describe('users of the system', () => {
  const passwd = [
    'root:x:0:0:root:/root:/bin/sh',
    'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
    'postgres:x:114:120::/var/lib/postgresql:/bin/bash',
    '# comment',
    '',
  ].join('\n');
  it('prefers the one that exists for PostgreSQL', () => {
    expect(serviceUsers(passwd).map((user) => user.name)).toEqual(['postgres', 'nobody']);
    expect(serviceUsers(passwd)[0]).toEqual({ name: 'postgres', uid: 114, gid: 120 });
  });
  it('never takes one that is root by another name', () => {
    expect(serviceUsers('nobody:x:0:0::/:/bin/sh')).toEqual([]);
  });
});

describe('names and paths', () => {
  it('makes a readable folder name that tells two checkouts apart', () => {
    expect(checkoutName('/home/li/执法 学堂', 'abcdef0123456789')).toBe('执法-学堂-abcdef01');
    expect(checkoutName('/', 'abcdef0123456789')).toBe('checkout-abcdef01');
    expect(checkoutName(`/${'x'.repeat(90)}`, '12345678')).toHaveLength(49);
  });
  it('refuses what the starter of PostgreSQL would misread, and nothing else', () => {
    for (const path of ['/a b', '/执法 (1)', "/it's", '/a&b;c'])
      expect(isUsablePath(path, 'linux')).toBe(true);
    for (const path of ['/a"b', '/a$b', '/a`b', '/a\\b', '/a\nb'])
      expect(isUsablePath(path, 'linux')).toBe(false);
    expect(isUsablePath('C:\\Users\\li\\data', 'win32')).toBe(true);
  });
});

describe('the file of a running server', () => {
  const content = '4242\n/data/postgres\n1790000000\n25185\n\n127.0.0.1\n  1234567   98304\nready   \n';
  it('is read', () => {
    expect(parsePostmasterFile(content)).toEqual({ pid: 4242, port: 25_185, status: 'ready' });
    expect(parsePostmasterFile('4242\n/data\n1790000000\n')).toEqual({
      pid: 4242,
      port: null,
      status: 'unknown',
    });
    expect(parsePostmasterFile('')).toBeNull();
    expect(parsePostmasterFile('nonsense')).toBeNull();
  });
  it('is buried under a number nobody has, and keeps the shared-memory key', () => {
    const buried = buryPostmaster(content);
    expect(parsePostmasterFile(buried)?.pid).toBeGreaterThan(4_194_304);
    expect(buried.split('\n').slice(1)).toEqual(content.split('\n').slice(1));
  });
});

describe('server settings', () => {
  const gigabytes = (count: number): number => count * 1024 ** 3;
  it.each([
    [0.5, '64MB'],
    [4, '256MB'],
    [64, '512MB'],
  ])('give a machine of %d GB a cache of %s', (memory, cache) => {
    expect(serverSettings(gigabytes(memory), false)).toContain(`shared_buffers = ${cache}\n`);
  });
  it('end with the operator’s own file when there is one', () => {
    expect(serverSettings(gigabytes(4), true).trimEnd().split('\n').at(-1)).toBe("include = 'local.conf'");
    expect(serverSettings(gigabytes(4), false)).not.toContain('include =');
  });
  it('make the database statement by statement, one a line, as single-user mode wants it', () => {
    for (const line of provisioningSql({ owner: 'o', serving: 's' }).trimEnd().split('\n'))
      expect(line).toMatch(/;$/);
  });
});
