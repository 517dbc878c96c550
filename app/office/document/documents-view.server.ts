import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import type { BatchRecord } from './batch.store.server.ts';
import { listOwnBatches } from './batch.store.server.ts';
import { documentDesk } from './desk.server.ts';
import type { DocumentSort } from './document-sorts.ts';
import type { DocumentRecord } from './document.store.server.ts';
import { countDocuments, listDocuments, listDocumentsOf } from './document.store.server.ts';
import { bearsNumber } from './paper.ts';
import { readableGroups } from './paper-reach.server.ts';

/** One document in a list. */
export interface DocumentLine extends Pick<
  DocumentRecord,
  | 'id'
  | 'title'
  | 'format'
  | 'documentNo'
  | 'scans'
  | 'lastScanId'
  | 'isWithdrawn'
  | 'templateVersionNo'
  | 'drawnAt'
  | 'drawerName'
> {
  readonly paperTitle: string;
  /** A paper of this kind gets a 文号. */
  readonly bearsNumber: boolean;
}

function toLine(ctx: ActorCtx, record: DocumentRecord): DocumentLine {
  const { id, title, format, documentNo, scans, drawnAt, drawerName } = record;
  const { lastScanId, isWithdrawn, templateVersionNo } = record;
  const paper = documentDesk(ctx).papers.get(record.paperCode);
  return {
    ...{
      id,
      title,
      format,
      documentNo,
      scans,
      drawnAt,
      drawerName,
      lastScanId,
      isWithdrawn,
      templateVersionNo,
    },
    paperTitle: paper?.title ?? '',
    bearsNumber: paper !== undefined && bearsNumber(paper),
  };
}

/**
 * Documents of one or several subjects of a kind, as far as the viewer may see them; for `<DocumentList>`.
 * @param subjects.isSingly leaves out what was drawn in a batch: hundreds of tickets are found in their file
 */
export async function documentsOf(
  ctx: ActorCtx,
  subjects: { readonly kind: string; readonly ids: readonly string[]; readonly isSingly?: boolean },
): Promise<DocumentLine[]> {
  const groups = await readableGroups(ctx, documentDesk(ctx).papers.values());
  if (groups.length === 0 || subjects.ids.length === 0) return [];
  return (await listDocumentsOf(ctx.db, groups, subjects)).map((record) => toLine(ctx, record));
}

/** A batch in a list. */
export type BatchLine = Pick<BatchRecord, 'id' | 'title' | 'state' | 'total' | 'drawn' | 'startedAt'>;

const toBatchLine = ({ id, title, state, total, drawn, startedAt }: BatchRecord): BatchLine => ({
  ...{ id, title, state, total, drawn, startedAt },
});

/** The viewer's own batches about a subject that can still be fetched, newest first. */
export async function ownBatchesOf(
  ctx: ActorCtx,
  subject: { readonly kind: string; readonly id: string },
): Promise<BatchLine[]> {
  return (await listOwnBatches(ctx.pool, ctx.actorId))
    .filter((one) => one.subjectKind === subject.kind && one.subjectId === subject.id)
    .filter(({ state }) => state !== 'expired')
    .map(toBatchLine);
}

export interface DocumentsPage {
  readonly rows: readonly DocumentLine[];
  readonly total: number;
  readonly page: number;
  readonly papers: readonly { readonly value: string; readonly label: string }[];
  /** The viewer's own batches of the last week. */
  readonly batches: readonly BatchLine[];
}

/** Every document within the viewer's reach, one page of them. Refusal: FORBIDDEN. */
export async function documentsView(
  ctx: ActorCtx,
  query: TableQuery<DocumentSort, 'paper' | 'numbered'>,
): Promise<Outcome<DocumentsPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'document.read')) return refused('FORBIDDEN');
  const { papers } = documentDesk(ctx);
  const groups = await readableGroups(ctx, papers.values());
  const { numbered } = query.filters;
  const asked = {
    text: query.q,
    paperCode: query.filters.paper ?? null,
    numberedCodes: [...papers.values()].filter(bearsNumber).map(({ code }) => code),
    isNumbered: numbered === 'yes' ? true : numbered === 'no' ? false : null,
    sort: query.sort,
  };
  const total = await countDocuments(ctx.db, groups, asked);
  const { page, offset } = pageBounds(total, query.page, query.size);
  const records = await listDocuments(ctx.db, groups, asked, { limit: query.size, offset });
  const readable = new Set(groups.flatMap((group) => group.paperCodes));
  const batches = await listOwnBatches(ctx.pool, ctx.actorId);
  return done({
    rows: records.map((record) => toLine(ctx, record)),
    total,
    page,
    papers: [...papers.values()]
      .filter(({ code }) => readable.has(code))
      .map(({ code, title }) => ({ value: code, label: title })),
    batches: batches.filter(({ state }) => state !== 'expired').map(toBatchLine),
  });
}
