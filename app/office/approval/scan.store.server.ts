import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { SCAN_PURPOSES, SCAN_SUBJECTS } from './scan.ts';
import type { ScanPurpose, ScanSubjectKind } from './scan.ts';

const scanRow = z.object({
  id: z.string(),
  subjectKind: z.enum(SCAN_SUBJECTS),
  subjectId: z.string(),
  regionId: z.string(),
  purpose: z.enum(SCAN_PURPOSES),
  fileName: z.string(),
  mediaType: z.string(),
  byteCount: z.number(),
  actorName: z.string().nullable(),
  occurredAt: z.date(),
});
export type ApprovalScanRecord = z.infer<typeof scanRow>;

const SCAN = `select s.id::text, s.subject_kind as "subjectKind", s.subject_id::text as "subjectId",
    s.region_id::text as "regionId", s.purpose, s.file_name as "fileName", s.media_type as "mediaType",
    s.byte_count as "byteCount", a.display_name as "actorName", s.occurred_at as "occurredAt"
  from approval_scan s left join account a on a.id = s.actor_id`;

/** Scans of an act or approval, the oldest first. */
export async function listScansOf(pool: Pool, subjectId: string): Promise<ApprovalScanRecord[]> {
  const { rows } = await pool.query({
    name: 'office-approval-scans',
    text: `${SCAN} where s.subject_id = $1::uuid order by s.occurred_at, s.id`,
    values: [subjectId],
  });
  return z.array(scanRow).parse(rows);
}

export async function findApprovalScan(pool: Pool, scanId: string): Promise<ApprovalScanRecord | null> {
  const { rows } = await pool.query({
    name: 'office-approval-scan',
    text: `${SCAN} where s.id = $1::uuid`,
    values: [scanId],
  });
  return z.array(scanRow).parse(rows)[0] ?? null;
}

export async function readScanBytes(pool: Pool, scanId: string): Promise<Uint8Array> {
  const { rows } = await pool.query({
    name: 'office-approval-scan-bytes',
    text: `select content from approval_scan_payload where scan_id = $1::uuid`,
    values: [scanId],
  });
  const [row] = z
    .array(z.object({ content: z.instanceof(Uint8Array) }))
    .length(1)
    .parse(rows);
  return row?.content ?? new Uint8Array();
}

export async function countScansOf(tx: Tx, subjectId: string): Promise<number> {
  return tx.approvalScan.count({ where: { subjectId } });
}

export interface NewApprovalScan {
  readonly id: string;
  readonly subjectKind: ScanSubjectKind;
  readonly subjectId: string;
  readonly regionId: string;
  readonly purpose: ScanPurpose;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentHash: Uint8Array<ArrayBuffer>;
  readonly actorId: string;
  readonly occurredAt: Date;
}

export async function insertApprovalScan(tx: Tx, { bytes, ...scan }: NewApprovalScan): Promise<void> {
  await tx.approvalScan.create({ data: { ...scan, byteCount: bytes.byteLength } });
  await tx.approvalScanPayload.create({ data: { scanId: scan.id, content: bytes } });
}
