import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { ImportRun, ImportRunView } from './import-run.ts';
import type { IssueFilter } from './import-run.store.server.ts';
import { countIssues, countIssuesByCode, listIssues } from './import-run.store.server.ts';

export interface IssueQuery extends IssueFilter {
  /** From 1. */
  readonly page: number;
  readonly size: number;
}

/** Read model of one run's page. The caller has found the run through its desk, which checked the scope. */
export async function importRunView(ctx: Ctx, run: ImportRun, query: IssueQuery): Promise<ImportRunView> {
  const hasReport = run.state === 'checked' || run.state === 'applying' || run.state === 'applied';
  const { page, size, ...filter } = query;
  const issuesShown = hasReport ? await countIssues(ctx.db, run.id, filter) : 0;
  const { offset } = pageBounds(issuesShown, page, size);
  const issues =
    issuesShown === 0 ? [] : await listIssues(ctx.db, run.id, filter, { skip: offset, take: size });
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
    issues,
    issuesShown,
    issuesTotal: run.issuesTotal,
  };
}
