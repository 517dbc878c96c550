import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import type { AnyJob, Job, Jobs } from '#app/platform/jobs/jobs.server.ts';
import { anyJob } from '#app/platform/jobs/jobs.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { AcceptedFiles, IgnoredColumn, ImportField } from './kind.ts';
import { annotatedRunFile, type AnnotatedFile } from './run/annotated-file.server.ts';
import { applyImport } from './run/apply-import.server.ts';
import { checkImport } from './run/check-import.server.ts';
import { confirmRun } from './run/confirm-import.server.ts';
import { correctRunMapping, type MappingRefusal } from './run/correct-mapping.server.ts';
import type { RunPayload } from './run/import-run.schema.ts';
import { runPayload } from './run/import-run.schema.ts';
import { findRun, listRuns, moveRun } from './run/import-run.store.server.ts';
import type { ApplyMode, ConfirmRefusal, ImportRun, ImportScope } from './run/import-run.ts';
import { openRunFile } from './run/read-run-file.server.ts';
import type { StartedRun } from './run/start-import.server.ts';
import { receiveImportFile } from './run/start-import.server.ts';
import { withdrawRun } from './run/withdraw-import.server.ts';
import type { ImportWork } from './run/work.server.ts';
import type { FileRefusal } from './workbook/file-refusal.ts';
import { fileRefusalText } from './workbook/file-refusal.ts';
import { refuseBySize } from './workbook/file-size.ts';

/** A worker that was killed in the middle is replaced after this time; nothing half done was left behind. */
const JOB_EXPIRE_SECONDS = 300;
const LISTED_RUNS = 20;

export type FileGiven = {
  readonly scope: ImportScope;
  readonly fileName: string;
  readonly bytes: Uint8Array;
};
export type StartRefusal = 'FORBIDDEN' | 'FILE_REFUSED';

/** One kind's counter: hand in a file, see the report, confirm, fetch the marked file. Every call asks `mayImport` for
 *  the run's own scope; a run out of reach is NOT_FOUND. */
export interface ImportDesk<C extends Ctx> {
  readonly kindId: string;
  readonly title: string;
  readonly rowWord: string;
  readonly maxRows: number;
  readonly fields: readonly ImportField[];
  readonly ignored: readonly IgnoredColumn[];
  readonly isWide: boolean;
  readonly files: AcceptedFiles | null;
  readonly jobs: readonly AnyJob[];
  startImport(
    ctx: C,
    file: FileGiven & { readonly isRecheck?: boolean | undefined },
  ): Promise<Outcome<StartedRun, StartRefusal>>;
  correctMapping(
    ctx: C,
    runId: string,
    input: { readonly mapping: Readonly<Record<string, string | null>>; readonly expectedVersion: number },
  ): Promise<Outcome<void, 'NOT_FOUND' | MappingRefusal>>;
  confirmImport(
    ctx: C,
    runId: string,
    input: { readonly mode: ApplyMode; readonly expectedVersion: number },
  ): Promise<Outcome<void, 'NOT_FOUND' | ConfirmRefusal>>;
  /** Opens a new run with the stored file of this one: after a fault, or to see what an applied file would do today. */
  checkAgain(ctx: C, runId: string): Promise<Outcome<StartedRun, 'NOT_FOUND' | 'FILE_GONE'>>;
  withdrawImport(
    ctx: C,
    runId: string,
    expectedVersion: number,
  ): Promise<Outcome<void, 'NOT_FOUND' | 'CHANGED_MEANWHILE'>>;
  findImport(ctx: C, runId: string): Promise<Outcome<ImportRun, 'NOT_FOUND'>>;
  listImports(ctx: C, scope: ImportScope): Promise<Outcome<readonly ImportRun[], 'FORBIDDEN'>>;
  annotatedFile(ctx: C, runId: string): Promise<Outcome<AnnotatedFile, 'NOT_FOUND' | 'FILE_GONE'>>;
}

export interface DeskOptions<C extends Ctx, Row, Fact, Context> {
  readonly work: ImportWork<Row, Fact, Context>;
  readonly jobs: Jobs;
  /** Context of the system, in which jobs run; audit names the person who confirmed. */
  readonly system: Ctx;
  mayImport(ctx: C, scope: ImportScope): Promise<boolean>;
}

/** Opens the counter of one kind. The slice's part registers `jobs`. */
export function openImportDesk<C extends Ctx, Row, Fact, Context>(
  options: DeskOptions<C, Row, Fact, Context>,
): ImportDesk<C> {
  const { work, jobs } = options;
  const { kind } = work;
  const { checkJob, applyJob } = jobsOf(options.system, work);
  const queueCheck = (tx: Tx, runId: string): Promise<void> => jobs.enqueue(tx, checkJob, { runId });
  const queueApply = (tx: Tx, runId: string): Promise<void> => jobs.enqueue(tx, applyJob, { runId });
  const find = async (ctx: C, runId: string): Promise<Outcome<ImportRun, 'NOT_FOUND'>> => {
    const run = await findRun(ctx.db, kind.id, runId);
    return run !== null && (await options.mayImport(ctx, run.scope)) ? done(run) : refused('NOT_FOUND');
  };
  return {
    kindId: kind.id,
    title: kind.title,
    rowWord: kind.rowWord,
    maxRows: kind.maxRows,
    fields: kind.fields,
    ignored: kind.ignored,
    isWide: kind.wide !== null,
    files: kind.files,
    jobs: [anyJob(checkJob), anyJob(applyJob)],
    startImport: async (ctx, { isRecheck = false, ...file }) => {
      if (!(await options.mayImport(ctx, file.scope))) return refused('FORBIDDEN');
      const tooLarge = refuseBySize(file.bytes.length);
      if (tooLarge !== null) return refusedFile(tooLarge);
      return done(await receiveImportFile(ctx, { ...file, kind: kind.id, isRecheck }, queueCheck));
    },
    correctMapping: async (ctx, runId, input) => {
      const found = await find(ctx, runId);
      if (!found.ok) return found;
      return correctRunMapping(ctx, kind, found.value, input, (tx) => queueCheck(tx, runId));
    },
    confirmImport: async (ctx, runId, input) => {
      const found = await find(ctx, runId);
      return found.ok ? confirmRun(ctx, found.value, input, (tx) => queueApply(tx, runId)) : found;
    },
    checkAgain: async (ctx, runId) => {
      const found = await find(ctx, runId);
      return found.ok ? checkAgain(ctx, found.value, queueCheck) : found;
    },
    withdrawImport: async (ctx, runId, expectedVersion) => {
      const found = await find(ctx, runId);
      return found.ok ? withdrawRun(ctx, found.value, expectedVersion) : found;
    },
    findImport: find,
    listImports: async (ctx, scope) =>
      (await options.mayImport(ctx, scope))
        ? done(await listRuns(ctx.db, kind.id, placeOf(work.placeKeys, scope), LISTED_RUNS))
        : refused('FORBIDDEN'),
    annotatedFile: async (ctx, runId) => {
      const found = await find(ctx, runId);
      return found.ok ? annotatedRunFile(ctx, found.value) : found;
    },
  };
}

function placeOf(placeKeys: readonly string[], scope: ImportScope): ImportScope {
  return Object.fromEntries(Object.entries(scope).filter(([key]) => placeKeys.includes(key)));
}

/** A copy with the same bytes: the earlier run and its report stay as they are. */
async function checkAgain(
  ctx: Ctx,
  run: ImportRun,
  queue: (tx: Tx, runId: string) => Promise<void>,
): Promise<Outcome<StartedRun, 'FILE_GONE'>> {
  const bytes = await openRunFile(ctx, run.id);
  if (bytes === null) return refused('FILE_GONE');
  const { kind, scope, fileName } = run;
  return done(await receiveImportFile(ctx, { kind, scope, fileName, bytes, isRecheck: true }, queue));
}

function refusedFile(refusal: FileRefusal): Outcome<never, 'FILE_REFUSED'> {
  return refused('FILE_REFUSED', { code: refusal.code, text: fileRefusalText(refusal) });
}

function jobsOf<Row, Fact, Context>(
  system: Ctx,
  work: ImportWork<Row, Fact, Context>,
): { readonly checkJob: Job<RunPayload>; readonly applyJob: Job<RunPayload> } {
  const job = (act: 'check' | 'apply', run: (runId: string) => Promise<void>): Job<RunPayload> => ({
    name: `import-${work.kind.id}-${act}`,
    schema: runPayload,
    expireSeconds: JOB_EXPIRE_SECONDS,
    run: ({ runId }) => run(runId),
  });
  return {
    checkJob: job('check', (runId) => checkOrFail(system, work, runId)),
    applyJob: job('apply', (runId) => applyOrFail(system, work, runId)),
  };
}

/** The dry run as a job: a fault of ours marks the run as failed, under an id that is in the log. */
export async function checkOrFail<Row, Fact, Context>(
  ctx: Ctx,
  work: ImportWork<Row, Fact, Context>,
  runId: string,
): Promise<void> {
  await orFail(ctx, runId, () => checkImport(ctx, work, runId));
}

/** The apply as a job, on behalf of the person who confirmed. */
export async function applyOrFail<Row, Fact, Context>(
  ctx: Ctx,
  work: ImportWork<Row, Fact, Context>,
  runId: string,
): Promise<void> {
  const run = await findRun(ctx.db, work.kind.id, runId);
  if (run === null || run.state !== 'applying') return;
  const onBehalf: Ctx = { ...ctx, actorId: run.confirmedById, requestId: `import:${runId}` };
  await orFail(ctx, runId, () => applyImport(onBehalf, work, run));
}

/** When the database is away the job comes again; any other fault would come again too, so the run ends here. */
async function orFail(ctx: Ctx, runId: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    ctx.log.error({ err: error, importRun: runId }, 'import failed');
    await moveRun(ctx.db, runId, { states: ['checking', 'applying'] }, 'failed', {
      failure: {
        code: 'FAULT',
        text: `处理时出现故障，没有写入任何内容。请重新核对；若再次出现，请把编号 ${runId} 告诉管理员。`,
      },
    });
  }
}
