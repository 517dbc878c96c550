import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import type { Picture } from './picture.ts';
import type { RegisterSource } from './reviewer.store.server.ts';

const hashRow = z.object({ personId: z.string(), sha256: z.string() });

/** Hashes of the present photos of these persons. */
export async function listPhotoHashes(
  reader: Reader,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await readRows(
    reader,
    `select y.person_id::text as "personId", f.sha256 from person_photo_payload y join person_photo f on f.id = y.photo_id
     where y.person_id = any($1::uuid[])`,
    [[...personIds]],
  );
  return new Map(
    z
      .array(hashRow)
      .parse(rows)
      .map((row) => [row.personId, row.sha256]),
  );
}

export interface NewPhoto extends Picture {
  readonly personId: string;
  readonly byteCount: number;
  readonly sha256: string;
  readonly contentCipher: Buffer;
}

/** The new picture takes the place of the old one, of which only the record stays. */
export async function writePhoto(tx: Tx, photo: NewPhoto, source: RegisterSource): Promise<void> {
  const id = newId<'PersonPhoto'>();
  const { personId, mediaType, byteCount, widthPx, heightPx, sha256, contentCipher } = photo;
  await tx.$executeRaw`
    insert into person_photo (id, person_id, media_type, byte_count, width_px, height_px, sha256, source_kind, source_id,
      actor_id, occurred_at)
    values (${id}::uuid, ${personId}::uuid, ${mediaType}, ${byteCount}, ${widthPx}, ${heightPx}, ${sha256},
      ${source.sourceKind}, ${source.sourceId}, ${source.actorId}::uuid, ${source.at})`;
  const content = new Uint8Array(contentCipher);
  await tx.personPhotoPayload.upsert({
    where: { personId },
    create: { personId, photoId: id, contentCipher: content },
    update: { photoId: id, contentCipher: content },
  });
}

const photoRow = z.object({
  mediaType: z.enum(['image/jpeg', 'image/png']),
  content: z.instanceof(Uint8Array),
});
export type StoredPhoto = z.infer<typeof photoRow>;

export async function findPhoto(reader: Reader, personId: string): Promise<StoredPhoto | null> {
  const rows = await readRows(
    reader,
    `select f.media_type as "mediaType", y.content_cipher as content from person_photo_payload y
     join person_photo f on f.id = y.photo_id where y.person_id = $1::uuid`,
    [personId],
  );
  return z.array(photoRow).parse(rows)[0] ?? null;
}

const listedRow = photoRow.extend({
  personId: z.string(),
  widthPx: z.number(),
  heightPx: z.number(),
  /** Null for what was replaced since, and for what goes beyond the measure. */
  content: z.instanceof(Uint8Array).nullable(),
  /** It took the place of a photo that was there at the time asked for. */
  isReplaced: z.boolean(),
});
export type ListedPhoto = z.infer<typeof listedRow>;

/**
 * Present photos of these persons, sealed, the smallest first.
 * @param asked `mostBytes`: of all contents together  `at`: a photo that has replaced an earlier one since is told, not given
 */
export async function listPhotos(
  reader: Reader,
  personIds: readonly string[],
  asked: { readonly mostBytes: number; readonly at: Date },
): Promise<ListedPhoto[]> {
  const rows = await readRows(
    reader,
    `select "personId", "mediaType", "widthPx", "heightPx", "isReplaced",
       case when so_far <= $2 and not "isReplaced" then content end as content from (
       select y.person_id::text as "personId", f.media_type as "mediaType", f.width_px as "widthPx",
         f.height_px as "heightPx", y.content_cipher as content,
         r."isReplaced", sum(f.byte_count) filter (where not r."isReplaced")
           over (order by f.byte_count, f.id rows unbounded preceding) as so_far
       from person_photo_payload y join person_photo f on f.id = y.photo_id
         cross join lateral (select f.occurred_at > $3 and exists (select from person_photo e
           where e.person_id = f.person_id and e.occurred_at <= $3) as "isReplaced") r
       where y.person_id = any($1::uuid[])) p
     order by so_far, "personId"`,
    [[...personIds], asked.mostBytes, asked.at],
  );
  return z.array(listedRow).parse(rows);
}

const facelessRow = z.object({
  personId: z.string(),
  personName: z.string(),
  idNumberMasked: z.string(),
  unitName: z.string(),
});
export type Faceless = z.infer<typeof facelessRow>;

const WITHOUT = `from person_unit_link l join person p on p.id = l.person_id
  join unit_version u on u.unit_id = l.unit_id and u.superseded_at is null and u.valid_from <= $2::date
    and (u.valid_to is null or u.valid_to > $2::date)
  where l.kind = 'home' and l.superseded_at is null and l.unit_id = any($1::uuid[]) and l.is_enforcement_post
    and l.valid_from <= $2::date and (l.valid_to is null or l.valid_to > $2::date)
    and not exists (select 1 from person_photo_payload y where y.person_id = l.person_id)`;

/** People in enforcement posts of these units of whom there is no photo. */
export async function listFaceless(
  reader: Reader,
  unitIds: readonly string[],
  day: Day,
  slice: { readonly limit: number; readonly offset: number },
): Promise<{ readonly rows: Faceless[]; readonly total: number }> {
  const rows = await readRows(
    reader,
    `select p.id::text as "personId", p.name as "personName", p.id_number_masked as "idNumberMasked",
       u.name as "unitName" ${WITHOUT} order by u.name_pinyin, u.unit_id, p.name_pinyin, p.id limit $3 offset $4`,
    [[...unitIds], day, slice.limit, slice.offset],
  );
  const counted = await readRows(reader, `select count(*)::int as total ${WITHOUT}`, [[...unitIds], day]);
  const total = z.array(z.object({ total: z.number() })).parse(counted)[0]?.total ?? 0;
  return { rows: z.array(facelessRow).parse(rows), total };
}
