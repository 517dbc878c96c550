import { assertNever } from '#app/platform/result/invariant.ts';
import { StartProblem } from '#app/platform/result/start-problem.ts';
import type { MigrationFile, MigrationRefusal } from './migration-plan.ts';

/** What a person is told when the database must not be touched. */
export function migrationRefused(refusal: MigrationRefusal): StartProblem {
  return new StartProblem(refusal.code, refusalText(refusal));
}

function refusalText({ code, name }: MigrationRefusal): { readonly zh: string; readonly en: string } {
  switch (code) {
    case 'MIGRATION_CHANGED':
      return {
        zh: `迁移 ${name} 在应用之后被改动，与数据库记录的校验和不符。数据库未作改动。请还原该文件，另写新的迁移。`,
        en: `Migration ${name} was changed after it had been applied (its checksum differs). The database was not touched. Restore the file and write a new migration instead.`,
      };
    case 'MIGRATION_FAILED_EARLIER':
      return {
        zh: `迁移 ${name} 上次未完成（_prisma_migrations 中没有完成时间）。数据库未作改动。请核对其结果：已撤销的，把该行的 rolled_back_at 设为当前时间；已完成的，补上 finished_at；然后重新启动。`,
        en: `Migration ${name} did not finish earlier (no finished_at in _prisma_migrations). The database was not touched. Check what it left: if it was undone set rolled_back_at of that row, if it is whole set finished_at; then start again.`,
      };
    case 'MIGRATION_HAS_TRANSACTION':
      return {
        zh: `迁移 ${name} 含有事务语句（begin、commit 等），而每个文件本身就是一个事务。请删去这些语句，或把首行写成 -- no-transaction。`,
        en: `Migration ${name} contains transaction statements (begin, commit, …), but each file is one transaction by itself. Remove them, or make its first line -- no-transaction.`,
      };
    case 'DATABASE_NEWER':
      return {
        zh: `数据库中已应用的迁移 ${name} 不在本程序中：数据库比程序新。数据库未作改动。请使用更新的程序版本。`,
        en: `The database has migration ${name}, which this program does not know: the database is newer. It was not touched. Use a newer version of the program.`,
      };
    default:
      return assertNever(code);
  }
}

/** 1-based line in the file at which PostgreSQL stumbled, or null when it does not say. */
function lineOf(file: MigrationFile, sent: string, error: unknown): number | null {
  if (!(error instanceof Error) || !('position' in error)) return null;
  const position = Number(error.position);
  if (!Number.isInteger(position)) return null;
  const offset = Math.max(file.sql.indexOf(sent), 0) + position - 1;
  return file.sql.slice(0, offset).split('\n').length;
}

/** A statement of a migration that PostgreSQL refused. @param sent the text that was sent, a part of the file */
export function migrationFailed(file: MigrationFile, sent: string, error: unknown): StartProblem {
  const line = lineOf(file, sent, error);
  const said = error instanceof Error ? error.message : String(error);
  return new StartProblem(
    'MIGRATION_FAILED',
    {
      zh: `迁移 ${file.name}${line === null ? '' : ` 第 ${line} 行`}出错：${said}`,
      en: `Migration ${file.name}${line === null ? '' : `, line ${line}`}: ${said}`,
    },
    { cause: error },
  );
}
