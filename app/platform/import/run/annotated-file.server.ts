import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { MAX_KEPT_ISSUES } from '../limits.ts';
import { annotatedWorkbook } from '../workbook/read-workbook.server.ts';
import { issueWorkbook } from '../workbook/issue-workbook.server.ts';
import type { ImportRun } from './import-run.ts';
import { listIssues } from './import-run.store.server.ts';
import { openRunFile } from './read-run-file.server.ts';

export interface AnnotatedFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** The person's file with what is wrong marked in it. Refusals: FILE_GONE (past its week, withdrawn, never readable). */
export async function annotatedRunFile(
  ctx: Ctx,
  run: ImportRun,
): Promise<Outcome<AnnotatedFile, 'FILE_GONE'>> {
  const bytes = run.layout === null ? null : await openRunFile(ctx, run.id);
  if (bytes === null || run.layout === null) return refused('FILE_GONE');
  const issues = await listIssues(ctx.db, run.id, {}, { skip: 0, take: MAX_KEPT_ISSUES });
  const fileName = `${run.fileName.replace(/\.[^.]+$/, '')}（错误说明）.xlsx`;
  // What is no workbook comes back as the list of what was wrong in it.
  if (run.fileFormat === 'zip') return done({ fileName, bytes: await issueWorkbook(issues) });
  const marked = await annotatedWorkbook(bytes, run.layout.tables, issues);
  invariant(!('code' in marked), 'a file that was checked can be opened again');
  return done({ fileName, bytes: marked });
}
