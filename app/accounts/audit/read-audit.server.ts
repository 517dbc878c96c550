import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { ActorCtx } from '../actor.server.ts';
import { mayDo } from '../actor.server.ts';
import type { AskedAudit } from './asked-audit.ts';
import { MAX_EXPORT_ROWS } from './asked-audit.ts';
import type { AuditRow } from './audit.store.server.ts';
import { countAuditEvents, listAuditEvents } from './audit.store.server.ts';
import { auditWorkbook } from './audit-workbook.server.ts';

export interface AuditPage {
  readonly rows: readonly AuditRow[];
  readonly total: number;
  readonly page: number;
}

/** Reading is an act like any other: who looked for what stands in the log, too. */
async function noteReading(ctx: ActorCtx, action: 'audit.read' | 'audit.export', asked: AskedAudit) {
  const { fromDay, toDay, actor, action: sought, subject, page } = asked;
  await inTransaction(ctx, action, (tx) =>
    appendAudit(tx, ctx, {
      action,
      subjectKind: 'audit_event',
      subjectId: null,
      detail: { fromDay, toDay, actor, action: sought, subject, page },
    }),
  );
}

/** One page of the log. A page beyond the end is answered with the last one. Refusal: FORBIDDEN. */
export async function readAudit(ctx: ActorCtx, asked: AskedAudit): Promise<Outcome<AuditPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'audit.read')) return refused('FORBIDDEN');
  const total = await countAuditEvents(ctx.pool, asked);
  const { page, offset } = pageBounds(total, asked.page, asked.size);
  const rows = await listAuditEvents(ctx.pool, asked, { offset, limit: asked.size });
  await noteReading(ctx, 'audit.read', asked);
  return done({ rows, total, page });
}

/** What the page shows, all pages of it, as a workbook. Refusals: FORBIDDEN, TOO_MANY_ROWS. */
export async function exportAudit(
  ctx: ActorCtx,
  asked: AskedAudit,
): Promise<Outcome<{ fileName: string; content: Uint8Array }, 'FORBIDDEN' | 'TOO_MANY_ROWS'>> {
  if (!mayDo(ctx, 'audit.read')) return refused('FORBIDDEN');
  const total = await countAuditEvents(ctx.pool, asked);
  if (total > MAX_EXPORT_ROWS) return refused('TOO_MANY_ROWS', { total });
  const rows = await listAuditEvents(ctx.pool, asked, { offset: 0, limit: MAX_EXPORT_ROWS });
  await noteReading(ctx, 'audit.export', asked);
  const content = await auditWorkbook(rows, asked);
  return done({ fileName: `审计日志 ${asked.fromDay} 至 ${asked.toDay}.xlsx`, content });
}
