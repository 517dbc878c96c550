import { z } from 'zod';
import type { Db, Pool, Sql, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb, emptySql, joinSql, sql } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { DocumentSort } from './document-sorts.ts';
import { DOCUMENT_EVENTS } from './document.ts';
import type { DocumentEventKind } from './document.ts';
import type { PaperData } from './paper.ts';
import type { ReadableGroup } from './paper-reach.server.ts';

const documentRow = z.object({
  id: z.string(),
  paperCode: z.string(),
  subjectKind: z.string(),
  subjectId: z.string(),
  regionId: z.string(),
  unitId: z.string().nullable(),
  title: z.string(),
  format: z.enum(['docx', 'xlsx', 'pdf']),
  templateVersionId: z.string().nullable(),
  templateVersionNo: z.number().nullable(),
  drawnAt: z.date(),
  drawerName: z.string(),
  documentNo: z.string().nullable(),
  scans: z.number(),
  /** event that brought the newest scan */
  lastScanId: z.string().nullable(),
  isWithdrawn: z.boolean(),
});
export type DocumentRecord = z.infer<typeof documentRow>;

const COLUMNS = sql`
  select d.id::text, d.paper_code as "paperCode", d.subject_kind as "subjectKind", d.subject_id as "subjectId",
    d.region_id::text as "regionId", d.unit_id::text as "unitId", d.title, d.format,
    d.template_version_id::text as "templateVersionId", t.version_no as "templateVersionNo",
    d.drawn_at as "drawnAt", a.display_name as "drawerName", n.document_no as "documentNo",
    (select count(*)::int from document_event s where s.document_id = d.id and s.kind = 'scan_attached') as scans,
    (select s.id::text from document_event s where s.document_id = d.id and s.kind = 'scan_attached'
      order by s.seq desc limit 1) as "lastScanId",
    exists (select from document_event w where w.document_id = d.id and w.kind = 'withdrawn') as "isWithdrawn"
  from document d join account a on a.id = d.drawn_by
    left join template_version t on t.id = d.template_version_id
    left join lateral (select e.document_no from document_event e where e.document_id = d.id
      and e.document_no is not null order by e.seq desc limit 1) n on true`;

/** One document; null when there is none. The caller checks that the viewer may see it. */
export async function findDocument(db: Db | Tx, documentId: string): Promise<DocumentRecord | null> {
  const rows = await db.$queryRaw(sql`${COLUMNS} where d.id = ${documentId}::uuid`);
  return z.array(documentRow).parse(rows)[0] ?? null;
}

/** Rows of the groups a viewer may see; none for an empty list of groups. */
function visibleTo(groups: readonly ReadableGroup[]): Sql {
  if (groups.length === 0) return sql`false`;
  const parts = groups.map(
    ({ paperCodes, regionIds, unitIds }) => sql`(d.paper_code = any(${[...paperCodes]}::text[])
      and (d.region_id = any(${[...regionIds]}::uuid[]) or d.unit_id = any(${[...unitIds]}::uuid[])))`,
  );
  return sql`(${joinSql(parts, ' or ')})`;
}

/** Documents of subjects of one kind, newest first. */
export async function listDocumentsOf(
  db: Db,
  groups: readonly ReadableGroup[],
  subjects: { readonly kind: string; readonly ids: readonly string[]; readonly isSingly?: boolean },
): Promise<DocumentRecord[]> {
  const singly =
    subjects.isSingly === true
      ? sql`and not exists (select from document_batch_item i where i.document_id = d.id)`
      : emptySql;
  const rows = await db.$queryRaw(sql`${COLUMNS}
    where d.subject_kind = ${subjects.kind} and d.subject_id = any(${[...subjects.ids]}::text[]) ${singly}
      and ${visibleTo(groups)} order by d.drawn_at desc, d.id desc limit 200`);
  return z.array(documentRow).parse(rows);
}

/** Closed list from column names to SQL; what a person asks for never becomes SQL. */
const SORT_SQL: Readonly<Record<DocumentSort, Sql>> = {
  drawnAt: sql`d.drawn_at`,
  title: sql`d.title`,
  documentNo: sql`n.document_no`,
};

export interface DocumentQuery {
  readonly text: string;
  readonly paperCode: string | null;
  readonly isNumbered: boolean | null;
  /** Kinds that get a number: only they can wait for one. */
  readonly numberedCodes: readonly string[];
  readonly sort: { readonly field: DocumentSort; readonly direction: 'asc' | 'desc' };
}

function matching(groups: readonly ReadableGroup[], query: DocumentQuery): Sql {
  const text =
    query.text === ''
      ? emptySql
      : sql`and (strpos(d.title, ${query.text}) > 0 or strpos(coalesce(n.document_no, ''), ${query.text}) > 0)`;
  const paper = query.paperCode === null ? emptySql : sql`and d.paper_code = ${query.paperCode}`;
  const numbered =
    query.isNumbered === null
      ? emptySql
      : query.isNumbered
        ? sql`and n.document_no is not null`
        : sql`and n.document_no is null and d.paper_code = any(${[...query.numberedCodes]}::text[])
            and not exists (select from document_event w where w.document_id = d.id and w.kind = 'withdrawn')`;
  return sql`where ${visibleTo(groups)} ${text} ${paper} ${numbered}`;
}

export async function countDocuments(
  db: Db,
  groups: readonly ReadableGroup[],
  query: DocumentQuery,
): Promise<number> {
  const rows = await db.$queryRaw(sql`
    select count(*)::int as count from document d
      left join lateral (select e.document_no from document_event e where e.document_id = d.id
        and e.document_no is not null order by e.seq desc limit 1) n on true
    ${matching(groups, query)}`);
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

export async function listDocuments(
  db: Db,
  groups: readonly ReadableGroup[],
  query: DocumentQuery,
  slice: { readonly limit: number; readonly offset: number },
): Promise<DocumentRecord[]> {
  const direction = query.sort.direction === 'asc' ? sql`asc` : sql`desc`;
  const rows = await db.$queryRaw(sql`${COLUMNS} ${matching(groups, query)}
    order by ${SORT_SQL[query.sort.field]} ${direction} nulls last, d.id desc
    limit ${slice.limit} offset ${slice.offset}`);
  return z.array(documentRow).parse(rows);
}

/** Papers of a batch that still wait for a number: not withdrawn, of a kind that gets one. */
const UNNUMBERED_OF_BATCH = (batchId: string, codes: readonly string[]): Sql => sql`
  from document_batch_item i join document d on d.id = i.document_id
  where i.batch_id = ${batchId}::uuid and d.paper_code = any(${[...codes]}::text[])
    and not exists (select from document_event e where e.document_id = d.id
      and (e.document_no is not null or e.kind = 'withdrawn'))`;

export async function countUnnumberedOfBatch(
  db: Db | Tx,
  batchId: string,
  codes: readonly string[],
): Promise<number> {
  const rows = await db.$queryRaw(sql`select count(*)::int as count ${UNNUMBERED_OF_BATCH(batchId, codes)}`);
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

const unnumberedRow = z.object({ id: z.string(), title: z.string() });

export async function listUnnumberedOfBatch(
  db: Db,
  batchId: string,
  codes: readonly string[],
  limit: number,
): Promise<z.infer<typeof unnumberedRow>[]> {
  const rows = await db.$queryRaw(
    sql`select d.id::text, d.title ${UNNUMBERED_OF_BATCH(batchId, codes)} order by i.position limit ${limit}`,
  );
  return z.array(unnumberedRow).parse(rows);
}

const eventRow = z.object({
  id: z.string(),
  seq: z.number(),
  kind: z.enum(DOCUMENT_EVENTS),
  documentNo: z.string().nullable(),
  signedDay: z.string().nullable(),
  scanName: z.string().nullable(),
  scanType: z.string().nullable(),
  scanBytes: z.number().nullable(),
  reason: z.string().nullable(),
  actorName: z.string(),
  occurredAt: z.date(),
});
export type DocumentEvent = z.infer<typeof eventRow>;

/** What happened to a document, in order. */
export async function listDocumentEvents(db: Db | Tx, documentId: string): Promise<DocumentEvent[]> {
  const rows = await db.$queryRaw`
    select e.id::text, e.seq, e.kind, e.document_no as "documentNo", e.signed_day::text as "signedDay",
      e.scan_name as "scanName", e.scan_type as "scanType", e.scan_bytes as "scanBytes", e.reason,
      a.display_name as "actorName", e.occurred_at as "occurredAt"
    from document_event e join account a on a.id = e.actor_id
    where e.document_id = ${documentId}::uuid order by e.seq`;
  return z.array(eventRow).parse(rows);
}

export interface NewDocument {
  readonly id: string;
  readonly paperCode: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly regionId: string;
  readonly unitId: string | null;
  readonly title: string;
  readonly format: 'docx' | 'xlsx' | 'pdf';
  readonly templateVersionId: string | null;
  readonly dataHash: Uint8Array;
  readonly drawnBy: string;
  readonly drawnAt: Date;
}

/** The document with what it was drawn with and the file as drawn. */
export async function insertDocument(
  tx: Tx,
  document: NewDocument,
  content: { readonly data: PaperData; readonly bytes: Uint8Array },
): Promise<void> {
  await tx.document.create({ data: { ...document, dataHash: new Uint8Array(document.dataHash) } });
  await tx.$executeRaw`insert into document_payload (document_id, data)
    values (${document.id}::uuid, ${JSON.stringify(content.data)}::jsonb)`;
  await insertFile(tx, document.id, 0, content.bytes);
}

/** @param seq 0 as drawn, else the event after which it was drawn anew */
export async function insertFile(tx: Tx, documentId: string, seq: number, bytes: Uint8Array): Promise<void> {
  await tx.documentFile.create({ data: { documentId, seq, bytes: new Uint8Array(bytes) } });
}

export interface NewDocumentEvent {
  readonly id: string;
  readonly documentId: string;
  readonly seq: number;
  readonly kind: DocumentEventKind;
  readonly documentNo?: string;
  readonly signedDay?: Day;
  readonly scan?: {
    readonly name: string;
    readonly type: string;
    readonly bytes: Uint8Array;
    readonly hash: Uint8Array;
  };
  readonly reason: string | null;
  readonly actorId: string;
  readonly occurredAt: Date;
}

/** @returns false when somebody else entered an event in the meantime; the caller rolls back */
export async function appendDocumentEvent(tx: Tx, event: NewDocumentEvent): Promise<boolean> {
  const { scan } = event;
  const { count } = await tx.documentEvent.createMany({
    data: [
      {
        id: event.id,
        documentId: event.documentId,
        seq: event.seq,
        kind: event.kind,
        documentNo: event.documentNo ?? null,
        signedDay: event.signedDay === undefined ? null : dayToDb(event.signedDay),
        scanName: scan?.name ?? null,
        scanType: scan?.type ?? null,
        scanBytes: scan?.bytes.length ?? null,
        scanHash: scan ? new Uint8Array(scan.hash) : null,
        reason: event.reason,
        actorId: event.actorId,
        occurredAt: event.occurredAt,
      },
    ],
    skipDuplicates: true,
  });
  if (count === 0) return false;
  if (scan) await tx.documentScan.create({ data: { eventId: event.id, bytes: new Uint8Array(scan.bytes) } });
  return true;
}

const rowSchema = z.record(z.string(), z.string());
export const paperDataSchema = z.object({
  values: rowSchema,
  rows: z.record(z.string(), z.array(rowSchema)).optional(),
});

/** The values a document was drawn with. */
export async function loadData(pool: Pool, documentId: string): Promise<PaperData> {
  const { rows } = await pool.query({
    name: 'document-data',
    text: 'select data from document_payload where document_id = $1',
    values: [documentId],
  });
  return z.object({ data: paperDataSchema }).parse(rows[0]).data;
}

const bytesRow = z.object({ bytes: z.instanceof(Uint8Array) });

/** The newest file of a document: with its number once it has one. */
export async function loadFile(pool: Pool, documentId: string): Promise<Uint8Array> {
  const { rows } = await pool.query({
    name: 'document-file',
    text: 'select bytes from document_file where document_id = $1 order by seq desc limit 1',
    values: [documentId],
  });
  return bytesRow.parse(rows[0]).bytes;
}

/** A scan of this document; null for another document's. */
export async function loadScan(pool: Pool, documentId: string, eventId: string): Promise<Uint8Array | null> {
  const { rows } = await pool.query({
    name: 'document-scan',
    text: `select s.bytes from document_scan s join document_event e on e.id = s.event_id
           where e.id = $1 and e.document_id = $2`,
    values: [eventId, documentId],
  });
  const [row] = rows as unknown[];
  return row === undefined ? null : bytesRow.parse(row).bytes;
}

/** Other documents of the region that carry the same number: told, not refused (one act may have two papers). */
export async function listSameNumber(
  db: Db,
  groups: readonly ReadableGroup[],
  document: { readonly id: string; readonly regionId: string; readonly documentNo: string },
): Promise<{ id: string; title: string }[]> {
  const rows = await db.$queryRaw(sql`
    select d.id::text, d.title from document d
      join lateral (select e.document_no from document_event e where e.document_id = d.id
        and e.document_no is not null order by e.seq desc limit 1) n on true
    where d.region_id = ${document.regionId}::uuid and d.id <> ${document.id}::uuid
      and n.document_no = ${document.documentNo} and ${visibleTo(groups)} order by d.drawn_at desc limit 5`);
  return z.array(z.object({ id: z.string(), title: z.string() })).parse(rows);
}
