import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';

export interface BenchServer {
  /** Address without a database name. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The server BENCH_DATABASE_URL names (fsync on, no database name), or an embedded one for the time of the run. */
export async function openServer(): Promise<BenchServer> {
  const own = process.env.BENCH_DATABASE_URL ?? '';
  if (own !== '') return { url: own, stop: () => Promise.resolve() };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zhifa-bench-'));
  // Run by root, the database belongs to another user, who must be able to reach it.
  await chmod(folder, 0o755);
  const log = { info: () => undefined, warn: console.error };
  const embedded = await attachEmbedded({
    dataDir: path.join(folder, 'data'),
    checkoutDir: process.cwd(),
    log,
  });
  return {
    url: embedded.ownerUrl.replace(/\/[^/]*$/, ''),
    stop: async () => {
      await embedded.detach();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs `work` on a migrated database of its own. */
export async function onDatabase<T>(
  server: BenchServer,
  name: string,
  work: (url: string) => Promise<T>,
): Promise<T> {
  const admin = new pg.Client({ connectionString: `${server.url}/postgres` });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = `${server.url}/${name}`;
  const log = { info: () => undefined, warn: console.error };
  try {
    await migrateDatabase({ ownerUrl: url, servingUrl: url, migrationsDir: 'prisma/migrations', log });
    return await work(url);
  } finally {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  }
}

/** As autovacuum does within a minute: plans made while the tables were empty are made anew. */
export async function refreshStatistics(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('analyze');
  await client.end();
}
