import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { completionWorkbook } from './completion-workbook.server.ts';
import type { CompletionInput } from './unit-completion-view.server.ts';
import { unitCompletion } from './unit-completion-view.server.ts';

export interface CompletionFile {
  readonly fileName: string;
  readonly content: Buffer;
}

/**
 * The figures of one place and day as a workbook, from the same view as the page. Taking names away is recorded.
 * Refusals: those of `unitCompletion`.
 */
export async function exportCompletion(
  ctx: ActorCtx,
  input: CompletionInput,
): Promise<Outcome<CompletionFile, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const outcome = await unitCompletion(ctx, input);
  if (!outcome.ok) return outcome;
  const page = outcome.value;
  const content = await completionWorkbook(page, {
    exportedBy: ctx.actor.displayName,
    exportedAt: ctx.clock.now(),
  });
  const { unitId, regionId } = page.place;
  await inTransaction(ctx, 'export-completion', (tx) =>
    appendAudit(tx, ctx, {
      action: 'figures.export',
      subjectKind: unitId === null ? 'region' : 'unit',
      subjectId: unitId ?? regionId,
      detail: { day: page.day, persons: page.persons?.rows.length ?? 0 },
    }),
  );
  return done({ fileName: `${page.title}学时达标情况（截至${page.day}）.xlsx`, content });
}
