import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Server URL of the owner role without a database name, and the migrated template to clone. */
    database: { serverUrl: string; template: string };
  }
}

const MIGRATIONS = 'prisma/migrations';

async function migrateAll(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const folders = (await readdir(MIGRATIONS, { withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    for (const folder of folders.map((entry) => entry.name).sort())
      await client.query(await readFile(path.join(MIGRATIONS, folder, 'migration.sql'), 'utf8'));
  } finally {
    await client.end();
  }
}

/** One migrated template per run; each test file clones it (tens of milliseconds) and owns its copy. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const serverUrl = process.env.TEST_DATABASE_URL ?? '';
  if (serverUrl === '') throw new Error('TEST_DATABASE_URL is not set');
  const template = `zhifa_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await admin.connect();
  await admin.query(`create database ${template}`);
  await migrateAll(`${serverUrl}/${template}`);
  project.provide('database', { serverUrl, template });
  return async () => {
    await admin.query(`drop database if exists ${template} with (force)`);
    await admin.end();
  };
}
