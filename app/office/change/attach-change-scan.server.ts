import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { findChange, lockChange } from '#app/organization/change/change.store.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { keepScanIn, scanFingerprint } from '../approval/keep-scan.server.ts';
import type { UploadedScan } from '../approval/uploaded-scan.server.ts';

export type AttachChangeScanRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'NO_FILE' | 'TOO_MANY_SCANS' | 'COMMAND_REUSED';

/**
 * Puts the scan of the 批文 beside an act, at filing or later; an act of the past may still get its paper. Refusals:
 * FORBIDDEN; NOT_FOUND (also for acts of other regions); NO_FILE; TOO_MANY_SCANS; COMMAND_REUSED.
 */
export async function attachChangeScan(
  ctx: ActorCtx,
  input: { readonly changeId: string; readonly scan: UploadedScan | null; readonly commandId: string },
): Promise<Outcome<{ scanId: string }, AttachChangeScanRefusal>> {
  if (!mayDo(ctx, 'organization.change')) return refused('FORBIDDEN');
  const { changeId, scan, commandId } = input;
  const known = await findChange(ctx.pool, changeId);
  if (known === null || !(await reachFor(ctx, 'organization.change')).regionIds.has(known.regionId))
    return refused('NOT_FOUND');
  if (scan === null) return refused('NO_FILE');
  const key = {
    actorId: ctx.actorId,
    commandId,
    kind: 'organization.change_scan',
    input: { changeId, scan: scanFingerprint(scan) },
  };
  return inTransaction<{ scanId: string }, AttachChangeScanRefusal>(ctx, 'attach-change-scan', (tx, refuse) =>
    withReceipt(tx, key, z.object({ scanId: z.string() }), refuse, async () => {
      const change = await lockChange(tx, changeId);
      if (change === null) return refuse('NOT_FOUND');
      const subject = { kind: 'organisation_change' as const, id: change.id, regionId: change.regionId };
      return { scanId: await keepScanIn(tx, ctx, { subject, purpose: 'approval_document', scan }, refuse) };
    }),
  );
}
