import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { SCAN_TYPES, fileNameOf, isWithdrawn, lastSeq, sniffScan } from './document.ts';
import { appendDocumentEvent, listDocumentEvents } from './document.store.server.ts';
import { MAX_SCAN_BYTES } from './limits.ts';
import { takeDocument } from './number-document.server.ts';

export type AttachScanRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'
  | 'WITHDRAWN'
  | 'NO_FILE'
  | 'FILE_TOO_LARGE'
  | 'SCAN_WRONG_TYPE';

/** Keeps the stamped scan beside its document. Told by its content: PDF, JPEG or PNG. A later scan stands beside it. */
export async function attachScan(
  ctx: ActorCtx,
  input: { readonly documentId: string; readonly bytes: Uint8Array },
): Promise<Outcome<{ eventId: string }, AttachScanRefusal>> {
  const taken = await takeDocument(ctx, input.documentId);
  if (!taken.ok) return taken;
  const { document } = taken.value;
  const { bytes } = input;
  if (bytes.length === 0) return refused('NO_FILE');
  if (bytes.length > MAX_SCAN_BYTES) return refused('FILE_TOO_LARGE', { most: MAX_SCAN_BYTES / 1024 / 1024 });
  const type = sniffScan(bytes);
  if (type === null) return refused('SCAN_WRONG_TYPE');
  const events = await listDocumentEvents(ctx.db, document.id);
  if (isWithdrawn(events)) return refused('WITHDRAWN');
  const seq = lastSeq(events) + 1;
  const eventId = newId<'DocumentEvent'>();
  const name = fileNameOf(`${document.title}（盖章扫描件）`, SCAN_TYPES[type]);
  return inTransaction<{ eventId: string }, AttachScanRefusal>(ctx, 'attach-scan', async (tx, refuse) => {
    const isFirst = await appendDocumentEvent(tx, {
      id: eventId,
      documentId: document.id,
      seq,
      kind: 'scan_attached',
      scan: { name, type, bytes, hash: sha256(bytes) },
      reason: null,
      actorId: ctx.actorId,
      occurredAt: ctx.clock.now(),
    });
    if (!isFirst) return refuse('CHANGED_MEANWHILE');
    await appendAudit(tx, ctx, {
      action: 'document.attach_scan',
      subjectKind: 'document',
      subjectId: document.id,
      regionId: document.regionId,
      unitId: document.unitId,
      detail: { type, bytes: bytes.length },
    });
    return { eventId };
  });
}
