import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { ImportKind } from '../kind.ts';
import type { ReadRow } from '../read-rows.ts';
import { readRows } from '../read-rows.ts';
import type { FoundTable } from '../table/find-table.ts';
import { headWordsOf } from '../table/head-words.ts';
import type { ColumnMapping } from '../table/map-columns.ts';
import type { FileRefusal } from '../workbook/file-refusal.ts';
import { fileRefusal } from '../workbook/file-refusal.ts';
import type { ReadFile } from '../workbook/read-workbook.server.ts';
import { readWorkbook } from '../workbook/read-workbook.server.ts';
import { findSealedFile, writeProgress } from './import-run.store.server.ts';
import type { ImportWork } from './work.server.ts';

/** Rows read between two pauses: a few tens of milliseconds, so that requests are answered meanwhile. */
const ROWS_BETWEEN_PAUSES = 300;

/** Null when the stored file has been removed. Throws when it was altered. */
export async function openRunFile(ctx: Ctx, runId: string): Promise<Uint8Array | null> {
  const sealed = await findSealedFile(ctx.db, runId);
  if (sealed === null) return null;
  return new Uint8Array(ctx.secrets.decrypt('import_file', Buffer.from(sealed), runId));
}

/** The tables of a file, by the kind's own reader where it has one. */
export function readBytes<Row, Fact, Context>(
  { kind, readFile }: Pick<ImportWork<Row, Fact, Context>, 'kind' | 'readFile'>,
  bytes: Uint8Array,
): Promise<ReadFile | FileRefusal> {
  return readFile === undefined ? readWorkbook(bytes, headWordsOf(kind)) : readFile(bytes);
}

/** The tables of a file, with at least one row and no more than the kind takes. */
export async function readTables<Row, Fact, Context>(
  work: Pick<ImportWork<Row, Fact, Context>, 'kind' | 'readFile'>,
  bytes: Uint8Array,
): Promise<ReadFile | FileRefusal> {
  const { kind } = work;
  const read = await readBytes(work, bytes);
  if ('code' in read) return read;
  if (read.tables.length === 0) {
    const heads = kind.fields.filter((field) => field.required).map(({ label }) => label);
    return fileRefusal('FILE_WITHOUT_TABLE', heads.join('、'));
  }
  const rows = read.tables.reduce((sum, table) => sum + table.rows.length, 0);
  if (rows === 0) return fileRefusal('FILE_WITHOUT_ROWS');
  if (rows > kind.maxRows) {
    return fileRefusal('FILE_TOO_MANY_ROWS', `有 ${rows} 行，一次最多导入 ${kind.maxRows} 行`);
  }
  return read;
}

/** Reads all rows in portions, letting the server breathe in between and showing how far it is. */
export async function readAllRows<Row, Fact, Context>(
  ctx: Ctx,
  kind: ImportKind<Row, Fact, Context>,
  tables: readonly FoundTable[],
  mapping: ColumnMapping,
  runId: string,
): Promise<readonly ReadRow<Row>[]> {
  const total = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const rows: ReadRow<Row>[] = [];
  let done = 0;
  for (const table of tables) {
    for (let at = 0; at < table.rows.length; at += ROWS_BETWEEN_PAUSES) {
      const part = { ...table, rows: table.rows.slice(at, at + ROWS_BETWEEN_PAUSES) };
      rows.push(...readRows(kind, [part], mapping));
      done += part.rows.length;
      await pause();
    }
    await writeProgress(ctx.db, runId, { phase: 'checking', done, total });
  }
  return rows;
}

/** Lets waiting requests be served. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export function digestOf(signature: string): string {
  return sha256(signature).toString('hex');
}
