import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Judgement } from '../judge-rows.ts';
import type { KindHeads } from '../kind.ts';
import { judgeRows, rowsToDecide } from '../judge-rows.ts';
import { MAX_KEPT_ISSUES } from '../limits.ts';
import type { ReadRow } from '../read-rows.ts';
import type { ColumnMapping, ColumnProposal } from '../table/map-columns.ts';
import { headSignature, mappingOf, missingFields, proposeMapping } from '../table/map-columns.ts';
import type { FileRefusal } from '../workbook/file-refusal.ts';
import { fileRefusalText } from '../workbook/file-refusal.ts';
import type { ReadFile } from '../workbook/read-workbook.server.ts';
import type { ImportLayout } from './import-run.schema.ts';
import type { ImportRun, RunState } from './import-run.ts';
import { CHECKABLE } from './import-run.ts';
import {
  findRememberedMapping,
  findRun,
  moveRun,
  replaceIssues,
  writeProgress,
} from './import-run.store.server.ts';
import { digestOf, openRunFile, readAllRows, readTables } from './read-run-file.server.ts';
import type { ImportWork, RunTarget } from './work.server.ts';

const CHECK_TIMEOUT_MS = 120_000;

/**
 * The dry run: reads the file, settles the columns, decides every row against what is known now and writes the report.
 * Changes nothing but the run. May be made again at any time before confirmation; a run in another state is left alone.
 * @param from states in which the run is taken up
 */
export async function checkImport<Row, Fact, Context>(
  ctx: Ctx,
  work: ImportWork<Row, Fact, Context>,
  runId: string,
  from: readonly RunState[] = CHECKABLE,
): Promise<void> {
  if (!(await moveRun(ctx.db, runId, { states: from }, 'checking', { failure: null }))) return;
  const run = await findRun(ctx.db, work.kind.id, runId);
  if (run === null) return;
  await writeProgress(ctx.db, runId, { phase: 'reading', done: 0, total: 0 });
  const bytes = await openRunFile(ctx, runId);
  if (bytes === null) {
    await moveRun(ctx.db, runId, { states: ['checking'] }, 'failed', {
      failure: { code: 'FILE_GONE', text: '上传的文件已过保存期，请重新上传。' },
    });
    return;
  }
  const file = await readTables(work, bytes);
  if ('code' in file) await refuseRun(ctx, runId, file);
  else await checkTables(ctx, work, run, file);
}

async function refuseRun(ctx: Ctx, runId: string, refusal: FileRefusal): Promise<void> {
  await moveRun(ctx.db, runId, { states: ['checking'] }, 'refused', {
    failure: { code: refusal.code, text: fileRefusalText(refusal) },
  });
}

async function checkTables<Row, Fact, Context>(
  ctx: Ctx,
  work: ImportWork<Row, Fact, Context>,
  run: ImportRun,
  file: ReadFile,
): Promise<void> {
  const { kind } = work;
  const proposals = proposeMapping(kind, file.tables);
  const headFingerprint = sha256(headSignature(kind.id, proposals)).toString('hex');
  const settled = await settleMapping(ctx, run, proposals, headFingerprint);
  const layout = layoutOf(file, proposals, settled);
  const found = { layout, mapping: settled.mapping, headFingerprint, fileFormat: file.format };
  const isUnsure =
    settled.from === 'proposed' &&
    proposals.some(
      ({ target, confidence }) =>
        confidence === 'likely' && kind.fields.some((field) => field.id === target && field.required),
    );
  if (isUnsure || missingFields(kind, settled.mapping).length > 0) {
    await moveRun(ctx.db, run.id, { states: ['checking'] }, 'needs_mapping', found);
    return;
  }
  const rows = await readAllRows(ctx, kind, file.tables, settled.mapping, run.id);
  if (settled.from === 'proposed' && lacksFieldThroughout(kind, settled.mapping, rows)) {
    await moveRun(ctx.db, run.id, { states: ['checking'] }, 'needs_mapping', found);
    return;
  }
  const judgement = await judge(ctx, work, run, rows);
  await inTransaction(
    ctx,
    'save-import-check',
    async (tx) => {
      await replaceIssues(tx, run.id, judgement.issues.slice(0, MAX_KEPT_ISSUES));
      await moveRun(tx, run.id, { states: ['checking'] }, 'checked', {
        ...found,
        counts: judgement.counts,
        issuesTotal: judgement.issues.length,
        decisionDigest: digestOf(judgement.signature),
        checkedAt: ctx.clock.now(),
      });
    },
    { timeoutMs: CHECK_TIMEOUT_MS },
  );
}

/** True when a required field has no column and no other place in the file supplied it for any row. */
function lacksFieldThroughout<Row>(
  kind: KindHeads,
  mapping: ColumnMapping,
  rows: readonly ReadRow<Row>[],
): boolean {
  const fed = new Set(Object.values(mapping));
  const unfed = kind.fields.filter(({ id, required }) => required && !fed.has(id));
  return unfed.some(({ id }) =>
    rows.every(({ reading }) => !reading.ok && reading.problems.some(({ fieldId }) => fieldId === id)),
  );
}

interface SettledMapping {
  readonly mapping: ColumnMapping;
  readonly from: ImportLayout['mappingFrom'];
}

/** What the person corrected on this run counts first, then what is remembered of the source, then the proposal. */
async function settleMapping(
  ctx: Ctx,
  run: ImportRun,
  proposals: readonly ColumnProposal[],
  headFingerprint: string,
): Promise<SettledMapping> {
  if (run.mapping !== null && run.layout?.mappingFrom === 'corrected') {
    return { mapping: run.mapping, from: 'corrected' };
  }
  const remembered = await findRememberedMapping(ctx.db, run.kind, headFingerprint);
  return remembered === null
    ? { mapping: mappingOf(proposals), from: 'proposed' }
    : { mapping: remembered, from: 'remembered' };
}

function layoutOf(
  file: ReadFile,
  proposals: readonly ColumnProposal[],
  settled: SettledMapping,
): ImportLayout {
  return {
    tables: file.tables.map(({ sheetName, head, rows }) => ({
      sheetName,
      headRow: head.bottom + 1,
      lastColumn: Math.max(...head.columns.map(({ index }) => index)) + 1,
      rows: rows.length,
    })),
    columns: proposals.map((column) => ({ ...column, samples: [...column.samples] })),
    notes: [...file.notes],
    mappingFrom: settled.from,
  };
}

export function targetOf(run: ImportRun): RunTarget {
  return { runId: run.id, scope: run.scope, fileName: run.fileName };
}

async function judge<Row, Fact, Context>(
  ctx: Ctx,
  work: ImportWork<Row, Fact, Context>,
  run: ImportRun,
  rows: readonly ReadRow<Row>[],
): Promise<Judgement<Fact>> {
  const context = await inTransaction(
    ctx,
    'load-import-context',
    (tx) => work.loadContext(tx, ctx, rowsToDecide(work.kind, rows), targetOf(run)),
    { timeoutMs: CHECK_TIMEOUT_MS },
  );
  // Reading refuses nothing.
  if (!context.ok) throw new Error('load-import-context refused');
  return judgeRows(work.kind, rows, context.value);
}
