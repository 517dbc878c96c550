import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { applyMigrations, readMigrations } from '#app/platform/db/apply-migrations.server.ts';
import { runScript } from '../run/script.ts';
import { MIGRATIONS_DIR, ROOT, withDatabase } from '../run/script-database.ts';
import { compareCatalogues, readCatalogue } from './catalogue.ts';
import { drawSchemaSql } from './schema-sql.ts';

const HELP = `npm run db:check

Finds drift between prisma/migrations and prisma/schema.prisma: applies the migrations to one scratch database, the
SQL drawn from the datamodel to another, and compares tables, columns, types, nullability, defaults, indexes and keys.
Uses DATABASE_OWNER_URL (a role that may create databases), else the embedded database. Exit code 1 on drift.
`;

const silent = { info: () => undefined, warn: () => undefined };

/** Runs `work` on a scratch database, which is dropped afterwards. */
async function withScratch<T>(
  adminUrl: string,
  suffix: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const name = `zhifa_check_${process.pid}_${suffix}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(`create database ${name} template template0`);
    const url = new URL(adminUrl);
    url.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end();
    }
  } finally {
    await admin.query(`drop database if exists ${name}`);
    await admin.end();
  }
}

/** Functions are written by hand and not compared, but column defaults may call them. */
async function readFunctions(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `select pg_get_functiondef(p.oid) as definition from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'public' and p.prokind = 'f'`,
  );
  return rows.map((row) => row.definition);
}

async function check(adminUrl: string): Promise<number> {
  const schema = await readFile(path.join(ROOT, 'prisma', 'schema.prisma'), 'utf8');
  const files = await readMigrations(MIGRATIONS_DIR);
  const ddl = await drawSchemaSql('', schema);
  const migrated = await withScratch(adminUrl, 'migrated', async (client) => {
    await applyMigrations(client, files, silent);
    return { catalogue: await readCatalogue(client), functions: await readFunctions(client) };
  });
  const drawn = await withScratch(adminUrl, 'drawn', async (client) => {
    await client.query(['set check_function_bodies = off', ...migrated.functions, ddl].join(';\n'));
    return readCatalogue(client);
  });
  const differences = compareCatalogues(migrated.catalogue, drawn);
  for (const difference of differences) console.error(difference);
  console.log(`db:check: ${migrated.catalogue.parts.size} parts, ${differences.length} differences`);
  return differences.length === 0 ? 0 : 1;
}

await runScript(async () => {
  const { values } = parseArgs({ options: { help: { type: 'boolean', short: 'h', default: false } } });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  return withDatabase(({ ownerUrl, servingUrl }) => check(ownerUrl ?? servingUrl));
});
