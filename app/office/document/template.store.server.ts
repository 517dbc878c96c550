import { z } from 'zod';
import type { JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { columnMappingSchema } from './column-mapping.ts';
import type { ColumnMapping } from './column-mapping.ts';

const versionRow = z.object({
  id: z.string(),
  paperCode: z.string(),
  regionId: z.string(),
  versionNo: z.number(),
  format: z.enum(['docx', 'xlsx']),
  contentHash: z.string(),
  mapping: columnMappingSchema.nullable(),
  isReady: z.boolean(),
  fileName: z.string(),
  sizeBytes: z.number(),
  note: z.string(),
  uploaderName: z.string(),
  occurredAt: z.date(),
});
export type TemplateVersion = z.infer<typeof versionRow>;

const VERSION_COLUMNS = `v.id::text, v.paper_code as "paperCode", v.region_id::text as "regionId",
  v.version_no as "versionNo", v.format, v.content_hash as "contentHash", v.mapping, v.is_ready as "isReady",
  v.file_name as "fileName", v.size_bytes as "sizeBytes", v.note, a.display_name as "uploaderName",
  v.occurred_at as "occurredAt"`;

/** Versions a region has uploaded for a paper, newest first. */
export async function listVersions(
  pool: Pool,
  paperCode: string,
  regionId: string,
): Promise<TemplateVersion[]> {
  const { rows } = await pool.query({
    name: 'document-template-versions',
    text: `select ${VERSION_COLUMNS} from template_version v join account a on a.id = v.uploaded_by
           where v.paper_code = $1 and v.region_id = $2 order by v.version_no desc`,
    values: [paperCode, regionId],
  });
  return z.array(versionRow).parse(rows);
}

export async function findVersion(pool: Pool, versionId: string): Promise<TemplateVersion | null> {
  const { rows } = await pool.query({
    name: 'document-template-version',
    text: `select ${VERSION_COLUMNS} from template_version v join account a on a.id = v.uploaded_by where v.id = $1`,
    values: [versionId],
  });
  return z.array(versionRow).parse(rows)[0] ?? null;
}

const bytesRow = z.object({ bytes: z.instanceof(Uint8Array) });

/** The uploaded bytes; their hash is the key, so they are what was checked. */
export async function loadContent(pool: Pool, contentHash: string): Promise<Uint8Array> {
  const { rows } = await pool.query({
    name: 'document-template-content',
    text: 'select bytes from template_content where content_hash = $1',
    values: [contentHash],
  });
  return bytesRow.parse(rows[0]).bytes;
}

/** The region's templates are changed by one person at a time: version numbers and days of use stay in order. */
export async function lockRegion(tx: Tx, regionId: string): Promise<void> {
  await tx.$queryRaw`select id::text from region where id = ${regionId}::uuid for update`;
}

export interface NewVersion {
  readonly paperCode: string;
  readonly regionId: string;
  readonly format: 'docx' | 'xlsx';
  readonly contentHash: string;
  readonly mapping: ColumnMapping | null;
  readonly isReady: boolean;
  readonly fileName: string;
  readonly sizeBytes: number;
  readonly note: string;
  readonly uploadedBy: string;
  readonly occurredAt: Date;
}

/** Takes the next number of the region and paper; the region is locked. @returns id and number */
export async function insertVersion(tx: Tx, version: NewVersion): Promise<{ id: string; versionNo: number }> {
  const { _max } = await tx.templateVersion.aggregate({
    where: { paperCode: version.paperCode, regionId: version.regionId },
    _max: { versionNo: true },
  });
  const id = newId<'TemplateVersion'>();
  const versionNo = (_max.versionNo ?? 0) + 1;
  const { mapping, ...rest } = version;
  await tx.templateVersion.create({
    data: { id, versionNo, ...rest, ...(mapping === null ? {} : { mapping: mapping satisfies JsonInput }) },
  });
  return { id, versionNo };
}

export async function insertContent(tx: Tx, contentHash: string, bytes: Uint8Array): Promise<void> {
  await tx.templateContent.createMany({
    data: [{ contentHash, bytes: new Uint8Array(bytes) }],
    skipDuplicates: true,
  });
}

const useRow = z.object({
  paperCode: z.string(),
  regionId: z.string(),
  versionId: z.string().nullable(),
  versionNo: z.number().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});
/** Which template a region draws a paper with, since when; without a version: the default. */
export type TemplateUse = z.infer<typeof useRow>;

/** A tree has four levels; a broken parent chain ends here instead of looping. */
const MAX_LEVELS = 8;

/** The choice that holds in a region on a day for every paper that has one: its own, else of the nearest region above. */
export async function usesOn(pool: Pool, regionId: string, day: Day): Promise<Map<string, TemplateUse>> {
  const { rows } = await pool.query({
    name: 'document-template-uses',
    text: `with recursive line (region_id, parent_id, depth) as (
        select v.region_id, v.parent_id, 0 from region_version v
        where v.region_id = $1 and v.superseded_at is null and v.valid_from <= $2::date
          and (v.valid_to is null or v.valid_to > $2::date)
        union all
        select v.region_id, v.parent_id, line.depth + 1 from region_version v
        join line on v.region_id = line.parent_id
        where line.depth < $3 and v.superseded_at is null and v.valid_from <= $2::date
          and (v.valid_to is null or v.valid_to > $2::date))
      select distinct on (u.paper_code) u.paper_code as "paperCode", u.region_id::text as "regionId",
        u.template_version_id::text as "versionId", t.version_no as "versionNo", u.valid_from as "validFrom",
        u.valid_to as "validTo"
      from line join template_use u on u.region_id = line.region_id
        left join template_version t on t.id = u.template_version_id
      where u.superseded_at is null and u.valid_from <= $2::date and (u.valid_to is null or u.valid_to > $2::date)
      order by u.paper_code, line.depth`,
    values: [regionId, day, MAX_LEVELS],
  });
  return new Map(
    z
      .array(useRow)
      .parse(rows)
      .map((use) => [use.paperCode, use]),
  );
}

/** A region's own choices for a paper as known now, by day. */
export async function listUses(reader: Pool, paperCode: string, regionId: string): Promise<TemplateUse[]> {
  const { rows } = await reader.query({
    name: 'document-template-own-uses',
    text: `select u.paper_code as "paperCode", u.region_id::text as "regionId",
        u.template_version_id::text as "versionId", t.version_no as "versionNo", u.valid_from as "validFrom",
        u.valid_to as "validTo"
      from template_use u left join template_version t on t.id = u.template_version_id
      where u.paper_code = $1 and u.region_id = $2 and u.superseded_at is null order by u.valid_from`,
    values: [paperCode, regionId],
  });
  return z.array(useRow).parse(rows);
}

const spanRow = z.object({ id: z.string(), validFrom: z.string() });

/**
 * Makes `versionId` (null: the default) what the region draws with from `fromDay` on: what was to begin later gives way,
 * what holds on that day ends there. The region is locked.
 */
export async function startUse(
  tx: Tx,
  use: {
    readonly paperCode: string;
    readonly regionId: string;
    readonly versionId: string | null;
    readonly fromDay: Day;
    readonly decidedBy: string;
    readonly now: Date;
  },
): Promise<void> {
  const touched = z.array(spanRow).parse(
    await tx.$queryRaw`
      select id::text, valid_from::text as "validFrom" from template_use
      where paper_code = ${use.paperCode} and region_id = ${use.regionId}::uuid and superseded_at is null
        and (valid_to is null or valid_to > ${use.fromDay}::date)`,
  );
  for (const { id, validFrom } of touched) {
    await tx.$executeRaw`update template_use set superseded_at = ${use.now} where id = ${id}::uuid`;
    if (validFrom < use.fromDay)
      await tx.$executeRaw`
        insert into template_use (id, paper_code, region_id, template_version_id, valid_from, valid_to, decided_by,
          recorded_at)
        select ${newId<'TemplateUse'>()}::uuid, paper_code, region_id, template_version_id, valid_from,
          ${use.fromDay}::date, decided_by, ${use.now} from template_use where id = ${id}::uuid`;
  }
  await tx.$executeRaw`
    insert into template_use (id, paper_code, region_id, template_version_id, valid_from, decided_by, recorded_at)
    values (${newId<'TemplateUse'>()}::uuid, ${use.paperCode}, ${use.regionId}::uuid, ${use.versionId}::uuid,
      ${use.fromDay}::date, ${use.decidedBy}::uuid, ${use.now})`;
}
