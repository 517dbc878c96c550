import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { attachEmbedded, type Embedded } from '#app/platform/db/embedded/embedded.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';
import { CHECKOUT, makeHome, query, removeHome } from '#test/support/embedded-process.ts';

const APPEND_ONLY = `
  create table entry (n int);
  create table person (n int);
  create sequence counter;
  create function refuse() returns trigger language plpgsql as $$ begin raise exception 'APPEND_ONLY'; end; $$;
  create trigger append_only_guard before update or delete on entry for each row execute function refuse();`;

describe('migrating a database', () => {
  let home: string;
  let embedded: Embedded;
  let serial = 0;
  let ownerUrl: string;
  let servingUrl: string;
  let migrationsDir: string;
  const said: string[] = [];
  const log = { info: (text: string) => said.push(text), warn: (text: string) => said.push(text) };

  beforeAll(async () => {
    home = await makeHome({ name: 'here', user: null });
    embedded = await attachEmbedded({ dataDir: path.join(home, 'data'), checkoutDir: CHECKOUT, log });
  });

  afterAll(async () => {
    await embedded.detach();
    await removeHome(home);
  });

  const inDatabase = (url: string, name: string): string =>
    Object.assign(new URL(url), { pathname: `/${name}` }).href;

  beforeEach(async () => {
    serial += 1;
    said.length = 0;
    await query(embedded.ownerUrl, `create database scratch_${serial}`);
    ownerUrl = inDatabase(embedded.ownerUrl, `scratch_${serial}`);
    servingUrl = inDatabase(embedded.servingUrl, `scratch_${serial}`);
    migrationsDir = path.join(home, `migrations_${serial}`);
    await mkdir(migrationsDir);
  });

  async function write(name: string, sql: string): Promise<void> {
    await mkdir(path.join(migrationsDir, name), { recursive: true });
    await writeFile(path.join(migrationsDir, name, 'migration.sql'), sql);
  }
  const migrate = (
    changes: { ownerUrl?: string | null; servingUrl?: string } = {},
  ): Promise<readonly string[]> => migrateDatabase({ ownerUrl, servingUrl, migrationsDir, log, ...changes });

  it('applies each file once, also when several processes start at the same moment', async () => {
    await write('20260102000000_b', 'alter table t add column m int;');
    await write('20260101000000_a', 'create table t (n int);');
    const applied = await Promise.all([migrate(), migrate(), migrate()]);
    expect(applied.flat()).toEqual(['20260101000000_a', '20260102000000_b']);
    expect(await migrate()).toEqual([]);
    const rows = await query(
      ownerUrl,
      `select migration_name, length(checksum) as digits, finished_at is not null as finished, applied_steps_count
       from _prisma_migrations order by migration_name`,
    );
    expect(rows).toEqual([
      { migration_name: '20260101000000_a', digits: 64, finished: true, applied_steps_count: 1 },
      { migration_name: '20260102000000_b', digits: 64, finished: true, applied_steps_count: 1 },
    ]);
  });

  it('leaves nothing of a file that fails, names its line, and goes on once it is corrected', async () => {
    await write('20260101000000_a', 'create table t (n int);');
    await write('20260102000000_b', 'create table u (n int);\n\nselect nonsense;\n');
    await expect(migrate()).rejects.toMatchObject({
      code: 'MIGRATION_FAILED',
      zh: expect.stringMatching(/20260102000000_b 第 3 行.*nonsense/),
    });
    expect(
      await query(ownerUrl, `select to_regclass('t') is not null as t, to_regclass('u') is not null as u`),
    ).toEqual([{ t: true, u: false }]);
    await write('20260102000000_b', 'create table u (n int);');
    expect(await migrate()).toEqual(['20260102000000_b']);
  });

  it('runs a file marked -- no-transaction statement by statement and repeats it after it was torn', async () => {
    await write('20260101000000_a', 'create table t (n int); insert into t values (1), (1);');
    const name = '20260102000000_index';
    const index = '-- no-transaction\ncreate index concurrently if not exists plain on t (n);\n';
    await write(name, `${index}create unique index concurrently if not exists only_one on t (n);`);
    await expect(migrate()).rejects.toMatchObject({ code: 'MIGRATION_FAILED' });
    expect(await query(ownerUrl, `select logs from _prisma_migrations where finished_at is null`)).toEqual([
      { logs: expect.stringContaining('only_one') },
    ]);
    await write(name, `${index}drop index concurrently if exists only_one;`);
    expect(await migrate()).toEqual([name]);
    expect(
      await query(ownerUrl, `select count(*)::int as indexes from pg_indexes where tablename = 't'`),
    ).toEqual([{ indexes: 1 }]);
  });

  it('touches nothing when a file was changed later, or the database is newer', async () => {
    await write('20260101000000_a', 'create table t (n int);');
    await migrate();
    await write('20260101000000_a', 'create table t (n bigint);');
    await write('20260102000000_b', 'create table u (n int);');
    await expect(migrate()).rejects.toMatchObject({ code: 'MIGRATION_CHANGED' });
    await query(ownerUrl, `update _prisma_migrations set migration_name = '20270101000000_later'`);
    await expect(migrate()).rejects.toMatchObject({ code: 'DATABASE_NEWER' });
    expect(await query(ownerUrl, `select to_regclass('u') as u`)).toEqual([{ u: null }]);
  });

  it('lets the serving role add to append-only tables and change the others, and nothing more', async () => {
    await write('20260101000000_a', APPEND_ONLY);
    await migrate();
    await query(servingUrl, `insert into entry values (nextval('counter'))`);
    await query(servingUrl, 'insert into person values (1)');
    await query(servingUrl, 'update person set n = 2');
    await query(servingUrl, 'delete from person');
    for (const sql of [
      'update entry set n = 2',
      'delete from entry',
      'truncate entry',
      'truncate person',
      'drop table person',
      'alter table entry disable trigger all',
      'update _prisma_migrations set finished_at = null',
      'create table public.mine (n int)',
    ]) {
      await expect(query(servingUrl, sql), sql).rejects.toThrow(/permission denied|must be owner/);
    }
    await query(ownerUrl, 'grant all on entry to public');
    await migrate();
    await expect(query(servingUrl, 'update entry set n = 2')).rejects.toThrow(/permission denied/);
  });

  it('says that triggers alone protect when there is one role only', async () => {
    await write('20260101000000_a', APPEND_ONLY);
    await migrate({ ownerUrl: null, servingUrl: ownerUrl });
    expect(said.join('\n')).toContain('triggers alone');
    await query(ownerUrl, 'insert into entry values (1)');
    await expect(query(ownerUrl, 'update entry set n = 2')).rejects.toThrow('APPEND_ONLY');
  });

  it('names the line to run when the role does not own its database (PostgreSQL 15 and later)', async () => {
    await expect(migrate({ ownerUrl: null })).rejects.toMatchObject({
      code: 'DATABASE_RIGHTS_MISSING',
      zh: expect.stringMatching(/alter database "scratch_\d+" owner to "zhifa_app";/),
    });
  });

  it('says which role or server is missing', async () => {
    const stranger = servingUrl.replace('zhifa_app', 'stranger');
    await expect(migrate({ servingUrl: stranger })).rejects.toMatchObject({ code: 'SERVING_ROLE_MISSING' });
    await expect(migrate({ ownerUrl: 'postgresql://a:b@127.0.0.1:1/x' })).rejects.toMatchObject({
      code: 'DATABASE_UNREACHABLE',
    });
  });
});
