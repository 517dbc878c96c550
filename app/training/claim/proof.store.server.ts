import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { Proof } from './proof.ts';

/** What binds a ciphertext to its row. */
const sealContext = (proofId: string): string => `training_proof:${proofId}`;

/** Keeps files, sealed. @returns their ids in the same order */
export async function insertProofs(
  tx: Tx,
  ctx: Pick<Ctx, 'secrets' | 'clock'> & { readonly actorId: string },
  proofs: readonly Proof[],
): Promise<string[]> {
  const ids: string[] = [];
  for (const { bytes, fileName, mediaType } of proofs) {
    const id = newId<'TrainingProof'>();
    const sealed = ctx.secrets.encrypt('field_encryption', Buffer.from(bytes), sealContext(id));
    await tx.trainingProof.create({
      data: {
        id,
        fileName,
        mediaType,
        byteCount: bytes.byteLength,
        contentHash: new Uint8Array(sha256(bytes)),
        uploadedBy: ctx.actorId,
        uploadedAt: ctx.clock.now(),
        payload: { create: { content: new Uint8Array(sealed) } },
      },
    });
    ids.push(id);
  }
  return ids;
}

const proofRow = z.object({
  id: z.string(),
  fileName: z.string(),
  byteCount: z.number(),
  uploadedAt: z.date(),
  isRemoved: z.boolean(),
});
export type ProofLine = z.infer<typeof proofRow>;

const PROOF = `f.id::text, f.file_name as "fileName", f.byte_count as "byteCount", f.uploaded_at as "uploadedAt"`;

/** Files of a claim, the oldest first; those taken out in a later round are marked. */
export async function listClaimProofs(reader: Reader, claimId: string): Promise<ProofLine[]> {
  const rows = await readRows(
    reader,
    `select ${PROOF}, u.removed_at is not null as "isRemoved" from external_claim_proof u
     join training_proof f on f.id = u.proof_id where u.claim_id = $1::uuid order by f.uploaded_at, f.id`,
    [claimId],
  );
  return z.array(proofRow).parse(rows);
}

/** Files of a correction request, the oldest first. */
export async function listCorrectionProofs(reader: Reader, correctionId: string): Promise<ProofLine[]> {
  const rows = await readRows(
    reader,
    `select ${PROOF}, false as "isRemoved" from hour_correction_proof u
     join training_proof f on f.id = u.proof_id where u.correction_id = $1::uuid order by f.uploaded_at, f.id`,
    [correctionId],
  );
  return z.array(proofRow).parse(rows);
}

const heldRow = z.object({
  fileName: z.string(),
  mediaType: z.string(),
  holders: z.array(z.object({ personId: z.string(), unitId: z.string() })),
});
export type HeldProof = z.infer<typeof heldRow>;

/** A file with whom and which units it is about; null when it does not exist. */
export async function findProof(pool: Pool, proofId: string): Promise<HeldProof | null> {
  const rows = await readRows(
    pool,
    `select f.file_name as "fileName", f.media_type as "mediaType",
       (select coalesce(jsonb_agg(jsonb_build_object('personId', h.person_id, 'unitId', h.unit_id)), '[]'::jsonb)
        from (select c.person_id, c.unit_id from external_claim_proof u join external_claim c on c.id = u.claim_id
              where u.proof_id = f.id
              union select c.person_id, c.unit_id from hour_correction_proof u
              join hour_correction c on c.id = u.correction_id where u.proof_id = f.id) h) as holders
     from training_proof f where f.id = $1::uuid`,
    [proofId],
  );
  return z.array(heldRow).parse(rows)[0] ?? null;
}

/** The file itself, opened. The caller has authorised it. */
export async function openProof(ctx: Pick<Ctx, 'pool' | 'secrets'>, proofId: string): Promise<Buffer> {
  const rows = await readRows(
    ctx.pool,
    'select content from training_proof_payload where proof_id = $1::uuid',
    [proofId],
  );
  const [row] = z
    .array(z.object({ content: z.instanceof(Uint8Array) }))
    .length(1)
    .parse(rows);
  return ctx.secrets.decrypt(
    'field_encryption',
    Buffer.from(row?.content ?? new Uint8Array()),
    sealContext(proofId),
  );
}
