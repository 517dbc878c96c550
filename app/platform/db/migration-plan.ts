import { createHash } from 'node:crypto';
import { firstWord, splitStatements } from './sql-statements.ts';

/** One folder of prisma/migrations. */
export interface MigrationFile {
  /** Folder name: `<utc stamp>_<what it does>` */
  readonly name: string;
  readonly sql: string;
}

/** One row of `_prisma_migrations`, Prisma's own table. */
export interface MigrationRow {
  readonly name: string;
  readonly checksum: string;
  readonly isFinished: boolean;
  readonly isRolledBack: boolean;
}

export type MigrationRefusal =
  | { readonly code: 'MIGRATION_CHANGED'; readonly name: string }
  | { readonly code: 'MIGRATION_FAILED_EARLIER'; readonly name: string }
  | { readonly code: 'MIGRATION_HAS_TRANSACTION'; readonly name: string }
  | { readonly code: 'DATABASE_NEWER'; readonly name: string };

export interface MigrationStep {
  readonly file: MigrationFile;
  /** false: statements run one by one and may be repeated; see `isTransactional` */
  readonly isTransactional: boolean;
  /** A statement-by-statement file that did not come to its end last time */
  readonly isRepeated: boolean;
}

/** Prisma's checksum: SHA-256 of the file as it is, in hexadecimal. */
export function checksumOf(sql: string): string {
  return createHash('sha256').update(sql, 'utf8').digest('hex');
}

/** Whether a file is the one that was applied; line endings may differ between systems, as in Prisma itself. */
export function matchesChecksum(sql: string, checksum: string): boolean {
  const unix = sql.replaceAll('\r\n', '\n');
  return [sql, unix, unix.replaceAll('\n', '\r\n')].some((text) => checksumOf(text) === checksum);
}

/** A file is one transaction unless its first line says otherwise (e.g. CREATE INDEX CONCURRENTLY); then it is re-runnable. */
export function isTransactional(sql: string): boolean {
  return sql.split(/\r?\n/, 1)[0]?.trim() !== '-- no-transaction';
}

const TRANSACTION_WORDS = ['begin', 'commit', 'rollback', 'start', 'end', 'abort', 'savepoint'];

/**
 * What has to be applied, in the order of the names. A file older than an applied one is applied too: branches meet.
 * @returns the steps, or the first reason to touch nothing
 */
export function planMigrations(
  files: readonly MigrationFile[],
  rows: readonly MigrationRow[],
): readonly MigrationStep[] | MigrationRefusal {
  const valid = rows.filter((row) => !row.isRolledBack);
  const names = new Set(files.map((file) => file.name));
  const unknown = valid.find((row) => !names.has(row.name));
  if (unknown !== undefined) return { code: 'DATABASE_NEWER', name: unknown.name };

  const steps: MigrationStep[] = [];
  for (const file of [...files].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const transactional = isTransactional(file.sql);
    const row = valid.find((known) => known.name === file.name);
    if (row?.isFinished === true) {
      if (!matchesChecksum(file.sql, row.checksum)) return { code: 'MIGRATION_CHANGED', name: file.name };
      continue;
    }
    // Ours leave no trace when they fail; only Prisma's own tool or a torn statement-by-statement file does.
    if (row !== undefined && transactional) return { code: 'MIGRATION_FAILED_EARLIER', name: file.name };
    if (
      transactional &&
      splitStatements(file.sql).some((text) => TRANSACTION_WORDS.includes(firstWord(text)))
    ) {
      return { code: 'MIGRATION_HAS_TRANSACTION', name: file.name };
    }
    steps.push({ file, isTransactional: transactional, isRepeated: row !== undefined });
  }
  return steps;
}
