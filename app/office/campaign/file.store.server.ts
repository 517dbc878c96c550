import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { FilePurpose } from './campaign-file.ts';
import { FILE_PURPOSES } from './campaign-file.ts';

const fileRow = z.object({
  id: z.string(),
  targetId: z.string(),
  purpose: z.enum(FILE_PURPOSES),
  fileName: z.string(),
  mediaType: z.string(),
  byteCount: z.number(),
  uploadedAt: z.date(),
});
export type CampaignFileRecord = z.infer<typeof fileRow>;

const FILE = `f.id, f.target_id as "targetId", f.purpose, f.file_name as "fileName", f.media_type as "mediaType",
  f.byte_count as "byteCount", f.uploaded_at as "uploadedAt"`;

/** Files of a unit that have not been removed, the oldest first. */
export async function listFiles(pool: Pool, targetId: string): Promise<CampaignFileRecord[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-files',
    text: `select ${FILE} from campaign_file f where f.target_id = $1 and f.removed_at is null order by f.uploaded_at, f.id`,
    values: [targetId],
  });
  return z.array(fileRow).parse(rows);
}

const placedFile = fileRow.extend({
  campaignId: z.string(),
  unitId: z.string(),
  regionId: z.string(),
});
export type PlacedFile = z.infer<typeof placedFile>;

/** A file with the unit it belongs to, removed ones too: history stays readable. */
export async function findFile(pool: Pool, fileId: string): Promise<PlacedFile | null> {
  const { rows } = await pool.query({
    name: 'office-campaign-file',
    text: `select ${FILE}, t.campaign_id as "campaignId", t.unit_id as "unitId", t.region_id as "regionId"
           from campaign_file f join campaign_target t on t.id = f.target_id where f.id = $1`,
    values: [fileId],
  });
  return z.array(placedFile).parse(rows)[0] ?? null;
}

export async function readFileBytes(pool: Pool, fileId: string): Promise<Uint8Array> {
  const { rows } = await pool.query({
    name: 'office-campaign-file-bytes',
    text: `select content from campaign_file_payload where file_id = $1`,
    values: [fileId],
  });
  const [row] = z
    .array(z.object({ content: z.instanceof(Uint8Array) }))
    .length(1)
    .parse(rows);
  return row?.content ?? new Uint8Array();
}

export async function countFiles(tx: Tx, targetId: string, purpose: FilePurpose): Promise<number> {
  return tx.campaignFile.count({ where: { targetId, purpose, removedAt: null } });
}

export interface NewFile {
  readonly targetId: string;
  readonly purpose: FilePurpose;
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly uploadedBy: string;
  readonly uploadedAt: Date;
}

/** @returns id of the file */
export async function insertFile(tx: Tx, file: NewFile): Promise<string> {
  const { bytes, ...row } = file;
  const id = newId<'CampaignFile'>();
  await tx.campaignFile.create({
    data: { ...row, id, byteCount: bytes.byteLength, contentHash: new Uint8Array(sha256(bytes)) },
  });
  await tx.campaignFilePayload.create({ data: { fileId: id, content: bytes } });
  return id;
}

/** @returns whether the file was there to be removed */
export async function removeFile(
  tx: Tx,
  asked: { readonly fileId: string; readonly targetId: string; readonly at: Date },
): Promise<boolean> {
  const { count } = await tx.campaignFile.updateMany({
    where: { id: asked.fileId, targetId: asked.targetId, removedAt: null },
    data: { removedAt: asked.at },
  });
  return count === 1;
}
