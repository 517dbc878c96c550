import { parentPort, workerData } from 'node:worker_threads';
import { invariant } from '#app/platform/result/invariant.ts';
import { findTables } from '../table/find-table.ts';
import { parseWorkbook } from './parse-workbook.server.ts';
import type { WorkerMessage, WorkerTask } from './worker-protocol.ts';

/**
 * Entry of the worker thread: everything that touches a stranger's workbook happens here, with a heap of its own and
 * an end that can be forced. Bundled by worker-bundle.server.ts; nothing imports this file.
 */
const ROWS_PER_MESSAGE = 500;

const port = parentPort;
invariant(port !== null, 'the import worker runs as a worker thread');

const send = (message: WorkerMessage): void => port.postMessage(message);

async function read({ bytes, words }: Extract<WorkerTask, { task: 'read' }>): Promise<void> {
  const workbook = await parseWorkbook(bytes);
  if ('code' in workbook) {
    send({ is: 'refused', refusal: workbook });
    return;
  }
  const { tables, notes } = findTables(workbook, words);
  for (const { rows, ...table } of tables) {
    send({ is: 'table', table });
    for (let at = 0; at < rows.length; at += ROWS_PER_MESSAGE) {
      send({ is: 'rows', rows: rows.slice(at, at + ROWS_PER_MESSAGE) });
    }
  }
  send({ is: 'read', format: workbook.format, notes });
}

async function annotate(task: Extract<WorkerTask, { task: 'annotate' }>): Promise<void> {
  // Loaded late: most workers only read, and the writing library takes a tenth of a second to come up.
  const { annotateWorkbook } = await import('./annotate-workbook.server.ts');
  const result = await annotateWorkbook(task.bytes, task.tables, task.issues);
  send('code' in result ? { is: 'refused', refusal: result } : { is: 'annotated', bytes: result });
}

// The one sender is run-worker.server.ts, whose message is typed by the same protocol.
const task = workerData as WorkerTask;
// A rejection is left unhandled on purpose: it ends the thread and reaches the server as its error event.
void (task.task === 'read' ? read(task) : annotate(task));
