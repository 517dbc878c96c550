import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { SCAN_TYPES } from '../document/document.ts';
import type { ServedFile } from '../document/document-view.server.ts';
import { loadSecondPersons } from './load-second-persons.server.ts';
import { SCAN_PURPOSE_LABELS } from './scan.ts';
import { findApprovalScan, readScanBytes } from './scan.store.server.ts';

/** The bureau of the region, and the 分管领导 who is asked about what it proves. */
async function reaches(ctx: ActorCtx, regionId: string): Promise<boolean> {
  const { regionIds } = await reachFor(ctx, 'approval.read_scan');
  if (regionIds.has(regionId)) return true;
  return (await loadSecondPersons(ctx, { makerId: null, regionId })).standing === 'leader';
}

/** One scan for who may see what it proves; every reading leaves a trace. Refusals: FORBIDDEN, NOT_FOUND. */
export async function serveApprovalScan(
  ctx: ActorCtx,
  scanId: string,
): Promise<Outcome<ServedFile, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'approval.read_scan')) return refused('FORBIDDEN');
  const scan = isId(scanId) ? await findApprovalScan(ctx.pool, scanId) : null;
  if (scan === null || !(await reaches(ctx, scan.regionId))) return refused('NOT_FOUND');
  const bytes = await readScanBytes(ctx.pool, scanId);
  const ending = Object.entries(SCAN_TYPES).find(([type]) => type === scan.mediaType)?.[1] ?? 'bin';
  return inTransaction<ServedFile>(ctx, 'serve-approval-scan', async (tx) => {
    await appendAudit(tx, ctx, {
      action: 'approval.read_scan',
      subjectKind: scan.subjectKind,
      subjectId: scan.subjectId,
      regionId: scan.regionId,
      detail: { scanId },
    });
    return {
      fileName: `${SCAN_PURPOSE_LABELS[scan.purpose]}.${ending}`,
      type: scan.mediaType,
      bytes: Buffer.from(bytes),
    };
  });
}
