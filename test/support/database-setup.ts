import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';
import { migrateDatabase } from '#app/platform/db/migrate.server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where databases are made and dropped, and the migrated template to clone. */
    database: { adminUrl: string; template: string };
  }
}

const quiet = { info: () => undefined, warn: () => undefined };

interface Server {
  /** A database of the server, as a role that may create databases. */
  readonly adminUrl: string;
  stop(): Promise<void>;
}

/** TEST_DATABASE_URL names a server of one's own (tested on PostgreSQL 15); otherwise the embedded one is started. */
async function openServer(): Promise<Server> {
  const own = process.env.TEST_DATABASE_URL ?? '';
  if (own !== '') return { adminUrl: `${own}/postgres`, stop: () => Promise.resolve() };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'zhifa-test-db-'));
  // Run by root, the database belongs to another user, who must be able to reach it.
  await chmod(folder, 0o755);
  const embedded = await attachEmbedded({
    dataDir: path.join(folder, 'data'),
    checkoutDir: process.cwd(),
    log: quiet,
  });
  return {
    adminUrl: embedded.ownerUrl,
    stop: async () => {
      await embedded.detach();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Another database of the same server. */
export function databaseUrl(adminUrl: string, name: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** One migrated template per run; each test file clones it (tens of milliseconds) and owns its copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const template = `zhifa_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: server.adminUrl });
  await admin.connect();
  await admin.query(`create database ${template}`);
  const templateUrl = databaseUrl(server.adminUrl, template);
  await migrateDatabase({
    ownerUrl: templateUrl,
    servingUrl: templateUrl,
    migrationsDir: path.resolve('prisma/migrations'),
    log: quiet,
  });
  project.provide('database', { adminUrl: server.adminUrl, template });
  return async () => {
    await admin.query(`drop database if exists ${template}`);
    await admin.end();
    await server.stop();
  };
}
