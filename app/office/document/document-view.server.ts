import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { documentDesk } from './desk.server.ts';
import type { DocumentNumber, ScanType } from './document.ts';
import { SCAN_TYPES, fileNameOf, lastSeq, numberOf, withNumber } from './document.ts';
import type { DocumentEvent, DocumentRecord } from './document.store.server.ts';
import {
  findDocument,
  listDocumentEvents,
  listSameNumber,
  loadData,
  loadFile,
  loadScan,
} from './document.store.server.ts';
import { showPictures } from './fill-paper.server.ts';
import { drawPdf } from './format/pdf.server.ts';
import { loadPictures } from './load-pictures.server.ts';
import type { PaperKind } from './paper.ts';
import { bearsNumber } from './paper.ts';
import { hasPictures } from './picture-marks.ts';
import { mayIssue, mayRead, readableGroups } from './paper-reach.server.ts';

export interface DocumentPage {
  readonly document: DocumentRecord;
  readonly paperTitle: string;
  /** A paper of this kind gets a 文号. */
  readonly bearsNumber: boolean;
  readonly placeName: string;
  readonly number: DocumentNumber | null;
  readonly events: readonly DocumentEvent[];
  readonly lastSeq: number;
  readonly mayIssue: boolean;
  readonly today: Day;
  /** Other documents with the same number. */
  readonly sameNumber: readonly { readonly id: string; readonly title: string }[];
}

async function takeReadable(
  ctx: ActorCtx,
  documentId: string,
): Promise<{ document: DocumentRecord; paper: PaperKind } | null> {
  const document = await findDocument(ctx.db, documentId);
  const paper = document ? documentDesk(ctx).papers.get(document.paperCode) : undefined;
  return document && paper && (await mayRead(ctx, paper, document)) ? { document, paper } : null;
}

/** Who gives the paper out: the unit itself, or the justice bureau of the region. */
function issuerName(tree: OrgTree, paper: PaperKind, document: DocumentRecord): string {
  if (paper.issuer === 'unit') return placeName(tree, document);
  const justice = (tree.unitsOfRegion.get(document.regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  return justice?.name ?? tree.regions.get(document.regionId)?.name ?? '';
}

/** The unit, else the region the paper belongs to. */
function placeName(tree: OrgTree, { unitId, regionId }: DocumentRecord): string {
  const unit = unitId === null ? undefined : tree.units.get(unitId);
  return unit?.name ?? tree.regions.get(regionId)?.name ?? '';
}

/** One document: its number, its scans, what happened. Refusal: NOT_FOUND (also outside the reach). */
export async function documentView(
  ctx: ActorCtx,
  documentId: string,
): Promise<Outcome<DocumentPage, 'NOT_FOUND'>> {
  const taken = await takeReadable(ctx, documentId);
  if (taken === null) return refused('NOT_FOUND');
  const { document, paper } = taken;
  const events = await listDocumentEvents(ctx.db, document.id);
  const number = numberOf(events);
  const groups = await readableGroups(ctx, documentDesk(ctx).papers.values());
  const same =
    number === null
      ? []
      : await listSameNumber(ctx.db, groups, { ...document, documentNo: number.documentNo });
  return done({
    document,
    paperTitle: paper.title,
    bearsNumber: bearsNumber(paper),
    placeName: placeName(await currentTree(ctx), document),
    number,
    events,
    lastSeq: lastSeq(events),
    mayIssue: await mayIssue(ctx, paper.issuer, document),
    today: dayOf(ctx.clock.now()),
    sameNumber: same,
  });
}

export interface ServedFile {
  readonly fileName: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

export const OFFICE_TYPES = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;

/** A kept file of a document as it is given out: photos of its people are put in for this one answer. */
export async function withPictures(
  ctx: Ctx,
  paper: PaperKind,
  file: {
    readonly id: string;
    readonly format: PaperKind['format'];
    readonly bytes: Uint8Array;
    readonly drawnAt: Date;
  },
): Promise<Uint8Array> {
  if (file.format !== 'docx' || !hasPictures(paper)) return file.bytes;
  const data = await loadData(ctx.pool, file.id);
  return showPictures(paper, file, await loadPictures(ctx, paper, data, file.drawnAt));
}

/**
 * A file of a document: the drawn one, its print as PDF, or a scan by its event. Refusal: NOT_FOUND (also outside the
 * reach, and for scans of other documents).
 */
export async function documentFile(
  ctx: ActorCtx,
  documentId: string,
  part: { readonly is: 'original' | 'pdf' } | { readonly is: 'scan'; readonly eventId: string },
): Promise<Outcome<ServedFile, 'NOT_FOUND'>> {
  const taken = await takeReadable(ctx, documentId);
  if (taken === null) return refused('NOT_FOUND');
  const { document, paper } = taken;
  if (part.is === 'original' || (part.is === 'pdf' && document.format === 'pdf')) {
    const bytes = await loadFile(ctx.pool, document.id);
    return done({
      fileName: fileNameOf(document.title, document.format),
      type: OFFICE_TYPES[document.format],
      bytes: await withPictures(ctx, paper, { ...document, bytes }),
    });
  }
  const events = await listDocumentEvents(ctx.db, document.id);
  if (part.is === 'scan') {
    const event = events.find((one) => one.id === part.eventId);
    const bytes = event ? await loadScan(ctx.pool, document.id, event.id) : null;
    const type = event?.scanType ?? '';
    if (!event || bytes === null || !(type in SCAN_TYPES)) return refused('NOT_FOUND');
    return done({
      fileName: event.scanName ?? fileNameOf('扫描件', SCAN_TYPES[type as ScanType]),
      type,
      bytes,
    });
  }
  const number = numberOf(events);
  const drawnDay = dayOf(document.drawnAt);
  const data = withNumber(await loadData(ctx.pool, document.id), number, drawnDay);
  const edge = {
    unitName: issuerName(await currentTree(ctx), paper, document),
    day: formatDay(number?.signedDay ?? drawnDay),
    mark: `文书编号 ${document.id.slice(-12)}`,
  };
  const bytes = await drawPdf(paper, data, edge, await loadPictures(ctx, paper, data, document.drawnAt));
  return done({ fileName: fileNameOf(document.title, 'pdf'), type: 'application/pdf', bytes });
}
