import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import type { StartLog } from '#app/platform/result/start-problem.ts';
import {
  checksumOf,
  planMigrations,
  type MigrationFile,
  type MigrationRow,
  type MigrationStep,
} from './migration-plan.ts';
import { migrationFailed, migrationRefused } from './migration-problem.ts';
import { splitStatements } from './sql-statements.ts';

/** The advisory lock of Prisma's own tool, so that the two never migrate at once. */
const MIGRATION_LOCK = 72_707_369;
/** A migration that waits longer for a table is in somebody's way, and everybody queues behind it. */
const LOCK_TIMEOUT_MS = 30_000;
const LOCK_POLL_MS = 200;

/** Exactly Prisma's table, so that the stock tool agrees where it can run. */
const MIGRATIONS_TABLE = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

const rowsSchema = z.array(
  z.object({ name: z.string(), checksum: z.string(), isFinished: z.boolean(), isRolledBack: z.boolean() }),
);

/** Reads a folder of migrations in Prisma's shape. Throws for a folder without its SQL file. */
export async function readMigrations(migrationsDir: string): Promise<readonly MigrationFile[]> {
  const folders = (await readdir(migrationsDir, { withFileTypes: true })).filter((entry) =>
    entry.isDirectory(),
  );
  return Promise.all(
    folders.map(async ({ name }) => ({
      name,
      sql: await readFile(path.join(migrationsDir, name, 'migration.sql'), 'utf8'),
    })),
  );
}

async function readApplied(client: pg.Client): Promise<readonly MigrationRow[]> {
  const { rows } = await client.query(
    `select migration_name as name, checksum, finished_at is not null as "isFinished",
       rolled_back_at is not null as "isRolledBack" from _prisma_migrations`,
  );
  return rowsSchema.parse(rows);
}

/** Asks again and again instead of waiting inside PostgreSQL, where it would block CREATE INDEX CONCURRENTLY for ever. */
async function lockMigrations(client: pg.Client, log: StartLog): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [
      MIGRATION_LOCK,
    ]);
    if (rows[0]?.taken === true) return;
    if (isFirst)
      log.info('另一进程正在升级数据库，等待其完成 · another process is migrating, waiting for it');
    await sleep(LOCK_POLL_MS);
  }
}

const START_ROW = `insert into _prisma_migrations (id, checksum, migration_name, started_at) values ($1, $2, $3, clock_timestamp())`;
const FINISH_ROW = `update _prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1`;

/** One transaction: whatever fails leaves neither a change nor a row behind. */
async function applyWhole(client: pg.Client, file: MigrationFile): Promise<void> {
  const id = randomUUID();
  await client.query('begin');
  try {
    await client.query(START_ROW, [id, checksumOf(file.sql), file.name]);
    await client.query(file.sql);
    await client.query(FINISH_ROW, [id]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw migrationFailed(file, file.sql, error);
  }
}

/** Statement by statement; the row without an end tells the next run to repeat the file. */
async function applyInSteps(client: pg.Client, { file, isRepeated }: MigrationStep): Promise<void> {
  const id = randomUUID();
  if (isRepeated) {
    await client.query(
      'update _prisma_migrations set rolled_back_at = now() where migration_name = $1 and finished_at is null and rolled_back_at is null',
      [file.name],
    );
  }
  await client.query(START_ROW, [id, checksumOf(file.sql), file.name]);
  for (const statement of splitStatements(file.sql)) {
    try {
      await client.query(statement);
    } catch (error) {
      await client.query('update _prisma_migrations set logs = $2 where id = $1', [
        id,
        error instanceof Error ? error.message : String(error),
      ]);
      throw migrationFailed(file, statement, error);
    }
  }
  await client.query(FINISH_ROW, [id]);
}

/**
 * Applies what is missing, under Prisma's advisory lock, which is held until the client ends.
 * @param client connected as the owner, not inside a transaction
 * @returns names applied now. Throws StartProblem MIGRATION_CHANGED, MIGRATION_FAILED_EARLIER,
 *   MIGRATION_HAS_TRANSACTION, DATABASE_NEWER (nothing touched) or MIGRATION_FAILED (that file undone).
 */
export async function applyMigrations(
  client: pg.Client,
  files: readonly MigrationFile[],
  log: StartLog,
): Promise<readonly string[]> {
  await lockMigrations(client, log);
  await client.query(`set lock_timeout = ${LOCK_TIMEOUT_MS}; set client_min_messages = warning`);
  await client.query(MIGRATIONS_TABLE);
  const plan = planMigrations(files, await readApplied(client));
  if ('code' in plan) throw migrationRefused(plan);
  for (const step of plan) {
    log.info(`升级数据库 ${step.file.name} · migrating`);
    await (step.isTransactional ? applyWhole(client, step.file) : applyInSteps(client, step));
  }
  return plan.map((step) => step.file.name);
}
