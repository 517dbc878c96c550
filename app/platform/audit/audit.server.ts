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
  /** Whose request it was, where requests of several people share a transaction. Left out: the context's. */
  readonly by?: { readonly actorId: string | null; readonly requestId: string } | undefined;
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
  const rows = entries.map((entry) => {
    const detail = entry.detail ?? {};
    const { action, subjectKind, subjectId, regionId = null, unitId = null } = entry;
    const hash = sha256(canonicalJson(detail)).toString('hex');
    const { actorId, requestId } = entry.by ?? ctx;
    return {
      id: newId(),
      action,
      subjectKind,
      subjectId,
      regionId,
      unitId,
      actorId,
      requestId,
      hash,
      detail,
    };
  });
  // One statement for any number of rows: a hall that ends together writes hundreds.
  await tx.$executeRaw`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g(id uuid, action text, "subjectKind" text,
        "subjectId" text, "regionId" uuid, "unitId" uuid, "actorId" uuid, "requestId" text, hash text, detail jsonb)
    ), written as (
      insert into audit_event (id, occurred_at, actor_id, action, subject_kind, subject_id, region_id, unit_id,
        request_id, payload_hash)
      select id, ${ctx.clock.now()}, "actorId", action, "subjectKind", "subjectId", "regionId", "unitId", "requestId",
        decode(hash, 'hex') from given
    )
    insert into audit_payload (audit_event_id, detail) select id, detail from given`;
}
