import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { RowCounts, RowIssue } from '../report.ts';
import type { ImportRun, RunProgress, RunState } from './import-run.ts';
import type { ImportLayout } from './import-run.schema.ts';
import type { IssueFilter, IssueGroup } from './import-run.store.server.ts';
import { countIssuesByCode, listIssues } from './import-run.store.server.ts';

/** What the page of one run shows; plain data, without the file. */
export interface ImportRunView {
  readonly id: string;
  readonly state: RunState;
  readonly version: number;
  readonly fileName: string;
  readonly fileBytes: number;
  readonly mode: ImportRun['mode'];
  readonly isRecheck: boolean;
  readonly startedAt: Date;
  readonly checkedAt: Date | null;
  readonly appliedAt: Date | null;
  readonly expiresAt: Date;
  readonly counts: RowCounts;
  readonly progress: RunProgress | null;
  readonly failure: ImportRun['failure'];
  readonly layout: ImportLayout | null;
  readonly mapping: ImportRun['mapping'];
  readonly groups: readonly IssueGroup[];
  readonly issues: readonly (RowIssue & { readonly seq: number })[];
  /** Issues that match the filter and are kept. */
  readonly issuesShown: number;
  /** All issues found, kept or not. */
  readonly issuesTotal: number;
}

export interface IssueQuery extends IssueFilter {
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

/** Read model of one run's page. The caller has found the run through its desk, which checked the scope. */
export async function importRunView(ctx: Ctx, run: ImportRun, query: IssueQuery): Promise<ImportRunView> {
  const hasReport = run.state === 'checked' || run.state === 'applying' || run.state === 'applied';
  const { page, size, ...filter } = query;
  const listed = hasReport
    ? await listIssues(ctx.db, run.id, filter, { skip: (page - 1) * size, take: size })
    : { issues: [], total: 0 };
  return {
    id: run.id,
    state: run.state,
    version: run.version,
    fileName: run.fileName,
    fileBytes: run.fileBytes,
    mode: run.mode,
    isRecheck: run.isRecheck,
    startedAt: run.startedAt,
    checkedAt: run.checkedAt,
    appliedAt: run.appliedAt,
    expiresAt: run.expiresAt,
    counts: run.counts,
    progress: run.progress,
    failure: run.failure,
    layout: run.layout,
    mapping: run.mapping,
    groups: hasReport ? await countIssuesByCode(ctx.db, run.id) : [],
    issues: listed.issues,
    issuesShown: listed.total,
    issuesTotal: run.issuesTotal,
  };
}

/** Just enough for a progress bar that is asked for every second. */
export function progressOf(run: ImportRun): { readonly state: RunState; readonly progress: RunProgress | null } {
  return { state: run.state, progress: run.progress };
}
