import { z } from 'zod';
import type { Db, JsonInput, Tx } from '#app/platform/db/db.server.ts';
import type { RowCounts, RowIssue } from '../report.ts';
import type { FileFormat } from '../table/cell.ts';
import type { ColumnMapping } from '../table/map-columns.ts';
import type { ImportLayout } from './import-run.schema.ts';
import { layoutSchema, mappingSchema, scopeSchema } from './import-run.schema.ts';
import type { ApplyMode, ImportRun, ImportScope, IssueGroup, RunProgress, RunState } from './import-run.ts';
import { RUN_MODES, RUN_STATES } from './import-run.ts';

const runRow = z.object({
  id: z.string(),
  kind: z.string(),
  scope: scopeSchema,
  state: z.enum(RUN_STATES),
  mode: z.enum(RUN_MODES).nullable(),
  isRecheck: z.boolean(),
  fileName: z.string(),
  fileBytes: z.number(),
  fileSha256: z.string(),
  fileFormat: z.enum(['xlsx', 'xls', 'csv', 'zip']).nullable(),
  layout: layoutSchema.nullable(),
  mapping: mappingSchema.nullable(),
  decisionDigest: z.string().nullable(),
  rowsTotal: z.number(),
  rowsNew: z.number(),
  rowsChange: z.number(),
  rowsSame: z.number(),
  rowsRefused: z.number(),
  rowsWarning: z.number(),
  issuesTotal: z.number(),
  progressPhase: z.enum(['reading', 'checking', 'applying']).nullable(),
  progressDone: z.number(),
  progressTotal: z.number(),
  failureCode: z.string().nullable(),
  failureText: z.string().nullable(),
  version: z.number(),
  startedById: z.string().nullable(),
  startedAt: z.date(),
  confirmedById: z.string().nullable(),
  checkedAt: z.date().nullable(),
  appliedAt: z.date().nullable(),
  expiresAt: z.date(),
});

function toRun(row: unknown): ImportRun {
  const { progressPhase, progressDone, progressTotal, failureCode, failureText, ...run } = runRow.parse(row);
  const { rowsTotal, rowsNew, rowsChange, rowsSame, rowsRefused, rowsWarning, ...rest } = run;
  return {
    ...rest,
    counts: {
      total: rowsTotal,
      new: rowsNew,
      change: rowsChange,
      same: rowsSame,
      refused: rowsRefused,
      warning: rowsWarning,
    },
    progress:
      progressPhase === null ? null : { phase: progressPhase, done: progressDone, total: progressTotal },
    failure: failureCode === null ? null : { code: failureCode, text: failureText ?? '' },
  };
}

export async function findRun(db: Db | Tx, kind: string, runId: string): Promise<ImportRun | null> {
  const row = await db.importRun.findFirst({ where: { id: runId, kind } });
  return row === null ? null : toRun(row);
}

/** Runs that count: a trial takes part in nothing. */
const NO_TRIAL = { OR: [{ mode: null }, { mode: { not: 'trial' } }] };

/** The newest run of the same file for the same place in one of the states; trials do not count. */
export async function findRunOfFile(
  db: Db | Tx,
  file: { readonly kind: string; readonly scopeKey: string; readonly fileSha256: string },
  states: readonly RunState[],
): Promise<ImportRun | null> {
  const row = await db.importRun.findFirst({
    where: { ...file, state: { in: [...states] }, ...NO_TRIAL },
    orderBy: { startedAt: 'desc' },
  });
  return row === null ? null : toRun(row);
}

/** The newest runs whose scope says what `scope` says; it may say more (a day beside the region). */
export async function listRuns(
  db: Db,
  kind: string,
  scope: ImportScope,
  limit: number,
): Promise<readonly ImportRun[]> {
  const rows = await db.importRun.findMany({
    where: {
      kind,
      state: { not: 'withdrawn' },
      ...NO_TRIAL,
      AND: Object.entries(scope).map(([name, value]) => ({ scope: { path: [name], equals: value } })),
    },
    orderBy: { startedAt: 'desc' },
    take: limit,
  });
  return rows.map(toRun);
}

export interface NewRun {
  readonly id: string;
  readonly kind: string;
  readonly scope: ImportScope;
  readonly scopeKey: string;
  readonly isRecheck: boolean;
  readonly mode: 'trial' | null;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly fileSha256: string;
  readonly startedById: string | null;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/** @param sealed the encrypted bytes of the file */
export async function insertRun(tx: Tx, run: NewRun, sealed: Uint8Array): Promise<void> {
  await tx.importRun.create({ data: { ...run, scope: { ...run.scope }, state: 'received' } });
  await tx.importRunFile.create({ data: { runId: run.id, content: new Uint8Array(sealed) } });
}

/** Null when the file has been removed (expired or withdrawn). */
export async function findSealedFile(db: Db | Tx, runId: string): Promise<Uint8Array | null> {
  const row = await db.importRunFile.findUnique({ where: { runId } });
  return row?.content ?? null;
}

export interface RunChange {
  readonly mode?: ApplyMode;
  readonly mapping?: ColumnMapping;
  readonly layout?: ImportLayout;
  readonly headFingerprint?: string;
  readonly fileFormat?: FileFormat;
  readonly counts?: RowCounts;
  readonly issuesTotal?: number;
  readonly decisionDigest?: string;
  readonly failure?: { readonly code: string; readonly text: string } | null;
  readonly confirmedById?: string | null;
  readonly confirmedAt?: Date;
  readonly checkedAt?: Date;
  readonly appliedAt?: Date;
  readonly appliedKey?: string | null;
}

const MAX_FAILURE_CHARACTERS = 500;

function columnsOf(change: RunChange) {
  const { counts, failure, layout, mapping, ...plain } = change;
  return {
    ...plain,
    ...(layout === undefined ? {} : { layout: layout satisfies JsonInput }),
    ...(mapping === undefined ? {} : { mapping: { ...mapping } }),
    ...(counts === undefined
      ? {}
      : {
          rowsTotal: counts.total,
          rowsNew: counts.new,
          rowsChange: counts.change,
          rowsSame: counts.same,
          rowsRefused: counts.refused,
          rowsWarning: counts.warning,
        }),
    ...(failure === undefined
      ? {}
      : {
          failureCode: failure?.code ?? null,
          failureText: failure === null ? null : failure.text.slice(0, MAX_FAILURE_CHARACTERS),
        }),
  };
}

/** Moves a run on by compare-and-set: false when it was in none of the expected states (or not of that version). */
export async function moveRun(
  db: Db | Tx,
  runId: string,
  expected: { readonly states: readonly RunState[]; readonly version?: number | undefined },
  to: RunState,
  change: RunChange = {},
): Promise<boolean> {
  const { count } = await db.importRun.updateMany({
    where: {
      id: runId,
      state: { in: [...expected.states] },
      ...(expected.version === undefined ? {} : { version: expected.version }),
    },
    data: {
      ...columnsOf(change),
      state: to,
      version: { increment: 1 },
      progressPhase: null,
      progressDone: 0,
      progressTotal: 0,
    },
  });
  return count === 1;
}

/** Shown while people wait; written outside the transaction of the work, so that others see it. */
export async function writeProgress(db: Db, runId: string, progress: RunProgress): Promise<void> {
  await db.importRun.updateMany({
    where: { id: runId },
    data: {
      progressPhase: progress.phase,
      progressDone: progress.done,
      progressTotal: progress.total,
    },
  });
}

export async function isAppliedKeyTaken(tx: Tx, appliedKey: string): Promise<boolean> {
  return (await tx.importRun.count({ where: { appliedKey } })) > 0;
}

/** Which kind a run is of: its desk checks who may see it. */
export async function findKindOfRun(db: Db | Tx, runId: string): Promise<string | null> {
  return (await db.importRun.findUnique({ where: { id: runId }, select: { kind: true } }))?.kind ?? null;
}

/** Until the end of the transaction, whoever asks for the same name waits. */
export async function lockByName(tx: Tx, name: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
}

const ISSUES_PER_INSERT = 5_000;
const MAX_TEXT = 500;
const MAX_NAME = 100;

function fit(text: string, characters: number): string {
  return text.length > characters ? `${text.slice(0, characters - 1)}…` : text;
}

/** Replaces the issues of a run. @param issues at most MAX_KEPT_ISSUES, in the order of the file */
export async function replaceIssues(tx: Tx, runId: string, issues: readonly RowIssue[]): Promise<void> {
  await tx.importRowIssue.deleteMany({ where: { runId } });
  for (let at = 0; at < issues.length; at += ISSUES_PER_INSERT) {
    const rows = issues.slice(at, at + ISSUES_PER_INSERT).map((issue, index) => ({
      ...issue,
      seq: at + index + 1,
      sheetName: fit(issue.sheetName, MAX_NAME),
      label: issue.label === null ? null : fit(issue.label, MAX_NAME),
      reason: fit(issue.reason, MAX_TEXT),
      fix: issue.fix === null ? null : fit(issue.fix, MAX_TEXT),
    }));
    await tx.$executeRaw`
      insert into import_row_issue
        (run_id, seq, sheet_name, row_number, cell, field_id, label, verdict, code, reason, fix)
      select ${runId}::uuid, r.seq, r."sheetName", r."rowNumber", r.cell, r."fieldId", r.label, r.verdict, r.code,
        r.reason, r.fix
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(seq int, "sheetName" text, "rowNumber" int,
        cell text, "fieldId" text, label text, verdict text, code text, reason text, fix text)`;
  }
}

const issueRow = z.object({
  sheetName: z.string(),
  rowNumber: z.number(),
  cell: z.string().nullable(),
  fieldId: z.string().nullable(),
  label: z.string().nullable(),
  verdict: z.enum(['refused', 'warning', 'change']),
  code: z.string(),
  reason: z.string(),
  fix: z.string().nullable(),
});

export interface IssueFilter {
  readonly verdict?: RowIssue['verdict'] | undefined;
  readonly code?: string | undefined;
}

function issueFilter(runId: string, { verdict, code }: IssueFilter) {
  return {
    runId,
    ...(verdict === undefined ? {} : { verdict }),
    ...(code === undefined ? {} : { code }),
  };
}

export async function countIssues(db: Db, runId: string, filter: IssueFilter): Promise<number> {
  return db.importRowIssue.count({ where: issueFilter(runId, filter) });
}

export async function listIssues(
  db: Db,
  runId: string,
  filter: IssueFilter,
  page: { readonly skip: number; readonly take: number },
): Promise<readonly (RowIssue & { readonly seq: number })[]> {
  const where = issueFilter(runId, filter);
  const rows = await db.importRowIssue.findMany({ where, orderBy: { seq: 'asc' }, ...page });
  return z.array(issueRow.extend({ seq: z.number() })).parse(rows);
}

/** What is wrong most often, refusals first. */
export async function countIssuesByCode(db: Db, runId: string): Promise<readonly IssueGroup[]> {
  const rows = await db.$queryRaw`
    select verdict, code, count(*)::int as count, min(reason) as reason
    from import_row_issue where run_id = ${runId}::uuid
    group by verdict, code order by (verdict = 'refused') desc, count(*) desc, code`;
  return z
    .array(
      z.object({
        verdict: z.enum(['refused', 'warning', 'change']),
        code: z.string(),
        count: z.number(),
        reason: z.string(),
      }),
    )
    .parse(rows);
}

export async function findRememberedMapping(
  db: Db | Tx,
  kind: string,
  headFingerprint: string,
): Promise<ColumnMapping | null> {
  const row = await db.importMapping.findUnique({
    where: { kind_headFingerprint: { kind, headFingerprint } },
  });
  return row === null ? null : mappingSchema.parse(row.mapping);
}

export interface MappingToRemember {
  readonly id: string;
  readonly kind: string;
  readonly headFingerprint: string;
  readonly mapping: ColumnMapping;
  readonly decidedById: string | null;
  readonly decidedAt: Date;
}

export async function rememberMapping(tx: Tx, { mapping, ...decided }: MappingToRemember): Promise<void> {
  const { kind, headFingerprint, decidedById, decidedAt } = decided;
  await tx.importMapping.upsert({
    where: { kind_headFingerprint: { kind, headFingerprint } },
    create: { ...decided, mapping: { ...mapping } },
    update: { mapping: { ...mapping }, decidedById, decidedAt },
  });
}

export async function deleteFile(tx: Tx, runId: string): Promise<void> {
  await tx.importRunFile.deleteMany({ where: { runId } });
}

/** Removes files and row texts (they name persons) of runs past their date; the runs and their figures stay. */
export async function deleteExpiredContent(tx: Tx, now: Date): Promise<number> {
  const files = await tx.importRunFile.deleteMany({ where: { run: { expiresAt: { lt: now } } } });
  await tx.importRowIssue.deleteMany({ where: { run: { expiresAt: { lt: now } } } });
  return files.count;
}
