import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { MAX_PROOF_BYTES } from '#app/office/approval/scan.ts';
import { readUploadedScan } from '#app/office/approval/uploaded-scan.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { FileExemption, FileExemptionRefusal } from './file-exemption.server.ts';
import { fileExemption } from './file-exemption.server.ts';

/** A request as a form sends it, with the scan as a file. Adds SCAN_UNREADABLE to the refusals of `fileExemption`. */
export async function fileExemptionForm(
  ctx: ActorCtx,
  request: Omit<FileExemption, 'scan'>,
  file: FormDataEntryValue | null,
): Promise<Outcome<{ requestId: string }, FileExemptionRefusal | 'SCAN_UNREADABLE'>> {
  const scan = await readUploadedScan(file, { mostBytes: MAX_PROOF_BYTES, name: '证明材料' });
  return scan.ok ? fileExemption(ctx, { ...request, scan: scan.value }) : scan;
}
