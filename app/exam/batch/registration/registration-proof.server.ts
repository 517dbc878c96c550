import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { UploadedScan } from '#app/office/approval/uploaded-scan.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Asked } from './registration.store.server.ts';
import { takeRegistration } from './take-registration.server.ts';

const contextOf = (proofId: string): string => `registration_proof:${proofId}`;

export const proofPath = (proofId: string): string => `/coordinate/registrations/proofs/${proofId}`;

/** Keeps a proof (a diagnosis, a 法律职业资格证书) encrypted beside its row. */
export async function keepProof(
  tx: Tx,
  ctx: Pick<Ctx, 'secrets' | 'clock'> & { readonly actorId: string },
  kept: { readonly registrationId: string; readonly purpose: Asked; readonly proof: UploadedScan },
): Promise<void> {
  const { registrationId, purpose, proof } = kept;
  const id = newId<'RegistrationProof'>();
  const cipher = ctx.secrets.encrypt('field_encryption', Buffer.from(proof.bytes), contextOf(id));
  await tx.registrationProof.create({
    data: {
      id,
      registrationId,
      purpose,
      fileName: proof.name,
      mediaType: proof.type,
      byteCount: proof.bytes.byteLength,
      contentHash: new Uint8Array(sha256(proof.bytes)),
      uploadedBy: ctx.actorId,
      uploadedAt: ctx.clock.now(),
    },
  });
  await tx.registrationProofPayload.create({ data: { proofId: id, cipher: new Uint8Array(cipher) } });
}

const proofRow = z.object({
  id: z.string(),
  registrationId: z.string(),
  purpose: z.enum(['defer', 'exempt']),
  fileName: z.string(),
  mediaType: z.string(),
  byteCount: z.number(),
});
export type ProofLine = z.infer<typeof proofRow>;

const PROOF = `f.id::text, f.registration_id::text as "registrationId", f.purpose, f.file_name as "fileName",
  f.media_type as "mediaType", f.byte_count as "byteCount"`;

export async function listProofs(pool: Pool, registrationId: string): Promise<ProofLine[]> {
  const { rows } = await pool.query({
    name: 'exam-registration-proofs',
    text: `select ${PROOF} from registration_proof f where f.registration_id = $1 order by f.uploaded_at, f.id`,
    values: [registrationId],
  });
  return z.array(proofRow).parse(rows);
}

export interface OpenedProof {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** One proof for whoever reads the registration; every reading is audited. Refusals: FORBIDDEN, NOT_FOUND. */
export async function readProof(
  ctx: ActorCtx,
  proofId: string,
): Promise<Outcome<OpenedProof, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const { rows } = await ctx.pool.query({
    text: `select ${PROOF}, p.cipher from registration_proof f join registration_proof_payload p on p.proof_id = f.id
           where f.id = $1`,
    values: [proofId],
  });
  const [found] = z.array(proofRow.extend({ cipher: z.instanceof(Uint8Array) })).parse(rows);
  if (found === undefined) return refused('NOT_FOUND');
  const taken = await takeRegistration(ctx, 'exam.read_registration', found.registrationId);
  if (!taken.ok) return taken;
  await inTransaction(ctx, 'read-registration-proof', (tx) =>
    appendAudit(tx, ctx, {
      action: 'exam.read_proof',
      subjectKind: 'registration_proof',
      subjectId: found.id,
      unitId: taken.value.registration.unitId,
    }),
  );
  const bytes = ctx.secrets.decrypt('field_encryption', Buffer.from(found.cipher), contextOf(found.id));
  return done({ name: found.fileName, type: found.mediaType, bytes });
}
