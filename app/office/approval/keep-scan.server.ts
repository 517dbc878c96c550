import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { MAX_SCANS } from './scan.ts';
import type { ScanPurpose, ScanSubjectKind } from './scan.ts';
import { countScansOf, insertApprovalScan } from './scan.store.server.ts';
import type { UploadedScan } from './uploaded-scan.server.ts';

/** The fingerprint of a scan as a receipt keeps it. */
export const scanFingerprint = (scan: UploadedScan | null): string | null =>
  scan === null ? null : sha256(scan.bytes).toString('hex');

/**
 * Keeps a scan beside an act or approval whose row the caller has locked and authorised. Append-only: one that was wrong
 * stays, the right one comes after it. Refusal: TOO_MANY_SCANS.
 * @returns id of the scan
 */
export async function keepScanIn(
  tx: Tx,
  ctx: ActorCtx,
  input: {
    readonly subject: { readonly kind: ScanSubjectKind; readonly id: string; readonly regionId: string };
    readonly purpose: ScanPurpose;
    readonly scan: UploadedScan;
  },
  refuse: Refuse<'TOO_MANY_SCANS'>,
): Promise<string> {
  const { subject, purpose, scan } = input;
  if ((await countScansOf(tx, subject.id)) >= MAX_SCANS) return refuse('TOO_MANY_SCANS', { most: MAX_SCANS });
  const id = newId<'ApprovalScan'>();
  await insertApprovalScan(tx, {
    id,
    subjectKind: subject.kind,
    subjectId: subject.id,
    regionId: subject.regionId,
    purpose,
    fileName: scan.name,
    mediaType: scan.type,
    bytes: scan.bytes,
    contentHash: new Uint8Array(sha256(scan.bytes)),
    actorId: ctx.actorId,
    occurredAt: ctx.clock.now(),
  });
  await appendAudit(tx, ctx, {
    action: 'approval.attach_scan',
    subjectKind: subject.kind,
    subjectId: subject.id,
    regionId: subject.regionId,
    detail: { scanId: id, purpose, bytes: scan.bytes.byteLength },
  });
  return id;
}
