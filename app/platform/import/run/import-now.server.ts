import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { FileRefusal } from '../workbook/file-refusal.ts';
import { fileRefusalText } from '../workbook/file-refusal.ts';
import { refuseBySize } from '../workbook/file-size.ts';
import type { ReadFile } from '../workbook/read-workbook.server.ts';
import { applyImport } from './apply-import.server.ts';
import { checkImport } from './check-import.server.ts';
import { confirmRun } from './confirm-import.server.ts';
import { readBytes } from './read-run-file.server.ts';
import { findRun } from './import-run.store.server.ts';
import type { ApplyMode, ConfirmRefusal, ImportRun, ImportScope } from './import-run.ts';
import { receiveImportFile } from './start-import.server.ts';
import type { ImportWork } from './work.server.ts';

export interface ImportNow {
  readonly scope: ImportScope;
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly mode: ApplyMode | 'dry_run';
}

/**
 * The same import without a queue and without a page in between, for the command line and the demo seed: the caller
 * answers for the authority. A file that was applied before gives its earlier run. A file whose columns are unclear
 * stays at `needs_mapping`; a file with nothing new stays at `checked`; a dry
 * run is a trial of its own, which no page lists and nobody confirms.
 */
export async function importNow<Row, Fact, Context>(
  ctx: Ctx,
  given: ImportWork<Row, Fact, Context>,
  { mode, ...file }: ImportNow,
): Promise<Outcome<ImportRun, 'FILE_REFUSED' | ConfirmRefusal>> {
  const work = readingOnce(given);
  const tooLarge = refuseBySize(file.bytes.length);
  if (tooLarge !== null)
    return refused('FILE_REFUSED', { code: tooLarge.code, text: fileRefusalText(tooLarge) });
  const received = { ...file, kind: work.kind.id, isRecheck: false, isTrial: mode === 'dry_run' };
  const { runId } = await receiveImportFile(ctx, received, () => Promise.resolve());
  await checkImport(ctx, work, runId);
  const checked = await loadRun(ctx, work.kind.id, runId);
  const hasNothingToWrite = checked.counts.new + checked.counts.change === 0;
  if (mode === 'dry_run' || checked.state !== 'checked' || hasNothingToWrite) return done(checked);
  const confirmed = await confirmRun(ctx, checked, { mode, expectedVersion: checked.version }, () =>
    Promise.resolve(),
  );
  if (!confirmed.ok) return confirmed;
  await applyImport(ctx, work, await loadRun(ctx, work.kind.id, runId));
  return done(await loadRun(ctx, work.kind.id, runId));
}

/**
 * Check and writing follow each other in one process: the same bytes are taken apart once for both. What is decided about
 * the rows is decided twice all the same.
 */
function readingOnce<Row, Fact, Context>(
  work: ImportWork<Row, Fact, Context>,
): ImportWork<Row, Fact, Context> {
  const known = new Map<string, Promise<ReadFile | FileRefusal>>();
  const readFile = (bytes: Uint8Array): Promise<ReadFile | FileRefusal> => {
    const key = sha256(bytes).toString('hex');
    const read = known.get(key) ?? readBytes(work, bytes);
    known.set(key, read);
    return read;
  };
  return { ...work, readFile };
}

async function loadRun(ctx: Ctx, kindId: string, runId: string): Promise<ImportRun> {
  const run = await findRun(ctx.db, kindId, runId);
  invariant(run !== null, 'a run that was just made is there');
  return run;
}
