import { invariant } from '#app/platform/result/invariant.ts';
import type { RowIssue } from '../report.ts';
import type { FileFormat } from '../table/cell.ts';
import type { FoundTable, TableRow } from '../table/find-table.ts';
import type { HeadWords } from '../table/head-words.ts';
import type { FileRefusal } from './file-refusal.ts';
import { fileRefusal } from './file-refusal.ts';
import { refuseBySize } from './file-size.ts';
import type { WorkerLimits } from './run-worker.server.ts';
import { runWorker, WORKER_LIMITS } from './run-worker.server.ts';
import type { TablePlace, WorkerMessage } from './worker-protocol.ts';

/** The tables of a file, found by a kind's words. */
export interface ReadFile {
  readonly format: FileFormat;
  readonly tables: readonly FoundTable[];
  readonly notes: readonly string[];
}

/** Reads a stranger's file in a worker thread. Every file gives tables or a refusal; only bugs throw. */
export async function readWorkbook(
  bytes: Uint8Array,
  words: HeadWords,
  limits: WorkerLimits = WORKER_LIMITS,
): Promise<ReadFile | FileRefusal> {
  const tooLarge = refuseBySize(bytes.length);
  if (tooLarge !== null) return tooLarge;
  const tables: (Omit<FoundTable, 'rows'> & { rows: TableRow[] })[] = [];
  let result: ReadFile | FileRefusal | null = null;
  const end = await runWorker(
    { task: 'read', bytes, words },
    (message) => {
      if (message.is === 'table') tables.push({ ...message.table, rows: [] });
      else if (message.is === 'rows') tables.at(-1)?.rows.push(...message.rows);
      else if (message.is === 'refused') result = message.refusal;
      else if (message.is === 'read') result = { format: message.format, tables, notes: message.notes };
    },
    limits,
  );
  if (end !== 'finished') return fileRefusal('FILE_TOO_SLOW');
  invariant(result !== null, 'a worker that finishes has answered');
  return result;
}

/** The original with red cells and the 错误说明 column, as .xlsx. */
export async function annotatedWorkbook(
  bytes: Uint8Array,
  tables: readonly TablePlace[],
  issues: readonly RowIssue[],
  limits: WorkerLimits = WORKER_LIMITS,
): Promise<Uint8Array | FileRefusal> {
  let result: Uint8Array | FileRefusal | null = null;
  const onMessage = (message: WorkerMessage): void => {
    if (message.is === 'annotated') result = message.bytes;
    else if (message.is === 'refused') result = message.refusal;
  };
  const end = await runWorker({ task: 'annotate', bytes, tables, issues }, onMessage, limits);
  if (end !== 'finished') return fileRefusal('FILE_TOO_SLOW');
  invariant(result !== null, 'a worker that finishes has answered');
  return result;
}
