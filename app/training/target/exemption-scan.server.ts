import type { UploadedScan } from '#app/office/approval/uploaded-scan.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { SealedScan } from './exemption.store.server.ts';

const contextOf = (requestId: string): string => `exemption_request:${requestId}:scan`;

/** Medical and personnel papers are kept sealed and opened for one answer at a time. */
export function sealExemptionScan(
  ctx: Pick<Ctx, 'secrets'>,
  requestId: string,
  scan: UploadedScan,
): SealedScan {
  const cipher = ctx.secrets.encrypt('field_encryption', Buffer.from(scan.bytes), contextOf(requestId));
  return { type: scan.type, name: scan.name, cipher };
}

export function openExemptionScan(ctx: Pick<Ctx, 'secrets'>, requestId: string, cipher: Uint8Array): Buffer {
  return ctx.secrets.decrypt('field_encryption', Buffer.from(cipher), contextOf(requestId));
}
