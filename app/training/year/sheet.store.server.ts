import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';

const sheetRow = z.object({
  id: z.string(),
  closingId: z.string(),
  round: z.number(),
  fileName: z.string(),
  mediaType: z.string(),
  byteCount: z.number(),
  at: z.date(),
});
export type SignedSheet = z.infer<typeof sheetRow>;

const SELECT = `select s.id::text, s.closing_id::text as "closingId", s.round, s.file_name as "fileName",
  s.media_type as "mediaType", s.byte_count as "byteCount", s.occurred_at as at from year_sheet s`;

/** Scans of the signed list, oldest first. */
export async function listSheets(reader: Reader, closingId: string): Promise<SignedSheet[]> {
  const rows = await readRows(
    reader,
    `${SELECT} where s.closing_id = $1::uuid order by s.occurred_at, s.id`,
    [closingId],
  );
  return z.array(sheetRow).parse(rows);
}

export async function findSheet(reader: Reader, sheetId: string): Promise<SignedSheet | null> {
  const rows = await readRows(reader, `${SELECT} where s.id = $1::uuid`, [sheetId]);
  return z.array(sheetRow).parse(rows)[0] ?? null;
}

export async function readSheetBytes(reader: Reader, sheetId: string): Promise<Uint8Array> {
  const rows = await readRows(reader, `select content from year_sheet_payload where sheet_id = $1::uuid`, [
    sheetId,
  ]);
  const [row] = z.array(z.object({ content: z.instanceof(Uint8Array) })).parse(rows);
  return row?.content ?? new Uint8Array();
}

/** @returns id of the sheet */
export async function insertSheet(
  tx: Tx,
  sheet: {
    readonly closingId: string;
    readonly round: number;
    readonly fileName: string;
    readonly mediaType: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
    readonly actorId: string;
    readonly at: Date;
  },
): Promise<string> {
  const { bytes, at, ...row } = sheet;
  const id = newId<'YearSheet'>();
  await tx.yearSheet.create({
    data: {
      ...row,
      id,
      byteCount: bytes.byteLength,
      contentHash: new Uint8Array(sha256(bytes)),
      occurredAt: at,
    },
  });
  await tx.yearSheetPayload.create({ data: { sheetId: id, content: bytes } });
  return id;
}
