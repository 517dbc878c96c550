import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { documentDesk } from './desk.server.ts';
import type { DocumentNumber, NumberRefusal } from './document.ts';
import { decideNumber, lastSeq, withNumber } from './document.ts';
import type { DocumentRecord } from './document.store.server.ts';
import {
  appendDocumentEvent,
  findDocument,
  insertFile,
  listDocumentEvents,
  loadData,
} from './document.store.server.ts';
import { fillPaper, templateOfVersion } from './fill-paper.server.ts';
import type { PaperKind } from './paper.ts';
import { mayIssue, mayRead } from './paper-reach.server.ts';
import { settleNumberTasks } from './settle-number.server.ts';

export interface NumberInput {
  readonly documentId: string;
  /** Number of the last event the person saw. */
  readonly expectedSeq: number;
  readonly documentNo: string;
  readonly signedDay: Day;
  readonly reason: string | null;
}

export type NumberDocumentRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'CHANGED_MEANWHILE' | NumberRefusal;

/** A document the person may handle: number it, attach its scan. */
export async function takeDocument(
  ctx: ActorCtx,
  documentId: string,
): Promise<Outcome<{ document: DocumentRecord; paper: PaperKind }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const document = await findDocument(ctx.db, documentId);
  const paper = document ? documentDesk(ctx).papers.get(document.paperCode) : undefined;
  if (!document || !paper || !(await mayRead(ctx, paper, document))) return refused('NOT_FOUND');
  return (await mayIssue(ctx, paper.issuer, document)) ? done({ document, paper }) : refused('FORBIDDEN');
}

/**
 * Enters the 文号 after signing, once; a second time it is a correction with its reason. The file is drawn anew with
 * the number; what was drawn before stays. Two at once: one wins, the other is told CHANGED_MEANWHILE.
 */
export async function numberDocument(
  ctx: ActorCtx,
  input: NumberInput,
): Promise<Outcome<{ seq: number }, NumberDocumentRefusal>> {
  const taken = await takeDocument(ctx, input.documentId);
  if (!taken.ok) return taken;
  const { document, paper } = taken.value;
  const events = await listDocumentEvents(ctx.db, document.id);
  if (lastSeq(events) !== input.expectedSeq) return refused('CHANGED_MEANWHILE');
  const decided = decideNumber(events, input, dayOf(ctx.clock.now()));
  if (!decided.ok) return decided;
  const bytes = await drawAgain(ctx, document, paper, decided.value);
  const seq = input.expectedSeq + 1;
  return inTransaction<{ seq: number }, NumberDocumentRefusal>(ctx, 'number-document', async (tx, refuse) => {
    const { kind, documentNo, signedDay, reason } = decided.value;
    const isFirst = await appendDocumentEvent(tx, {
      id: newId(),
      documentId: document.id,
      seq,
      kind,
      documentNo,
      signedDay,
      reason,
      actorId: ctx.actorId,
      occurredAt: ctx.clock.now(),
    });
    if (!isFirst) return refuse('CHANGED_MEANWHILE');
    if (bytes !== null) await insertFile(tx, document.id, seq, bytes);
    await settleNumberTasks(tx, ctx, document.id, 'done');
    await appendAudit(tx, ctx, {
      action: 'document.number',
      subjectKind: 'document',
      subjectId: document.id,
      regionId: document.regionId,
      unitId: document.unitId,
      detail: { kind, documentNo, signedDay, reason },
    });
    return { seq };
  });
}

/** Null when its template cannot be filled any more: the number is entered all the same. */
async function drawAgain(
  ctx: ActorCtx,
  document: DocumentRecord,
  paper: PaperKind,
  number: DocumentNumber,
): Promise<Uint8Array | null> {
  const template = await templateOfVersion(ctx.pool, paper, document.templateVersionId);
  const data = withNumber(await loadData(ctx.pool, document.id), number, dayOf(document.drawnAt));
  const filled = await fillPaper(paper, template, data);
  if (!filled.ok) ctx.log.warn({ documentId: document.id, code: filled.code }, 'document not drawn anew');
  return filled.ok ? filled.value : null;
}
