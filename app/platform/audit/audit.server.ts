import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';

export interface AuditEntry {
  /** Dotted, as in the permission that was used: `certificate.suspend`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string | null;
  readonly regionId?: string | null | undefined;
  readonly unitId?: string | null | undefined;
  /** Personal or bulky details; kept as payload, so that retention can clear it while the event stays. */
  readonly detail?: JsonInput | undefined;
}

/** Appends who did what, in the transaction of the change: there is no change without its trace, nor the reverse. */
export async function appendAudit(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId' | 'requestId'>,
  entry: AuditEntry,
): Promise<void> {
  await appendAudits(tx, ctx, [entry]);
}

export async function appendAudits(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId' | 'requestId'>,
  entries: readonly AuditEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({ id: newId(), entry, detail: entry.detail ?? {} }));
  await tx.auditEvent.createMany({
    data: rows.map(({ id, entry, detail }) => ({
      id,
      occurredAt: ctx.clock.now(),
      actorId: ctx.actorId,
      action: entry.action,
      subjectKind: entry.subjectKind,
      subjectId: entry.subjectId,
      regionId: entry.regionId ?? null,
      unitId: entry.unitId ?? null,
      requestId: ctx.requestId,
      payloadHash: new Uint8Array(sha256(canonicalJson(detail))),
    })),
  });
  await tx.auditPayload.createMany({ data: rows.map(({ id, detail }) => ({ auditEventId: id, detail })) });
}
