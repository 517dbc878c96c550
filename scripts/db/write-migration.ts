import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { drawSchemaSql } from './schema-sql.ts';

/** The datamodel the newest migration leads to: the "from" of the next one. */
const SNAPSHOT_FILE = 'schema.snapshot.prisma';

/** Prisma's folder stamp: UTC, 14 digits, so that names sort in the order of writing. */
function migrationStamp(now: Date): string {
  return now.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}

/**
 * Writes one migration folder and the refreshed snapshot. Needs no database.
 * @param options.prismaDir folder with `schema.prisma` and `migrations/`
 * @param options.name `[a-z0-9_]`, what the change does
 * @param options.allowEmpty write a file for SQL of one's own even when the datamodel did not change
 * @returns path of the new migration.sql, or null when there was nothing to write.
 */
export async function writeMigration(options: {
  readonly prismaDir: string;
  readonly name: string;
  readonly now: Date;
  readonly allowEmpty: boolean;
}): Promise<string | null> {
  const migrationsDir = path.join(options.prismaDir, 'migrations');
  const snapshotFile = path.join(migrationsDir, SNAPSHOT_FILE);
  const schema = await readFile(path.join(options.prismaDir, 'schema.prisma'), 'utf8');
  const script = await drawSchemaSql(await readOrEmpty(snapshotFile), schema);
  if (script === '' && !options.allowEmpty) return null;

  const folder = path.join(migrationsDir, `${migrationStamp(options.now)}_${options.name}`);
  await mkdir(migrationsDir, { recursive: true });
  await mkdir(folder);
  const file = path.join(folder, 'migration.sql');
  await writeFile(
    file,
    script === '' ? '-- Written by hand: say here what it does and why.\n' : `${script}\n`,
  );
  await writeFile(snapshotFile, schema);
  return file;
}
