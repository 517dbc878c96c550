import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { DocumentNumber } from './document.ts';
import { cleanData, withNumber } from './document.ts';
import { appendDocumentEvent, insertDocument } from './document.store.server.ts';
import type { Template } from './fill-paper.server.ts';
import { fillPaper, templateInUse } from './fill-paper.server.ts';
import type { TemplateRefusal } from './format/read-template.server.ts';
import { MAX_ROWS } from './limits.ts';
import { openTasks } from '../task/open-tasks.server.ts';
import { numberTask } from './number-task.ts';
import type { PaperData, PaperKind } from './paper.ts';
import { bearsNumber } from './paper.ts';
import { mayIssue } from './paper-reach.server.ts';

export interface DrawInput {
  readonly paper: PaperKind;
  readonly regionId: string;
  /** The unit the paper is from or about, where there is one. */
  readonly unitId?: string | null | undefined;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly title: string;
  readonly data: PaperData;
  /** A number that stands already, e.g. of a decision entered with its 文号. */
  readonly number?: DocumentNumber | null | undefined;
  /** From the form: sent twice, the paper is drawn once. */
  readonly commandId?: string | undefined;
}

export type DrawRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'TOO_MANY_ROWS' | 'COMMAND_REUSED' | TemplateRefusal;

const drawnShape = z.object({ documentId: z.string() });
export type Drawn = z.infer<typeof drawnShape>;

const TITLE_LENGTH = 120;

/**
 * Draws one paper with the template its region uses today and keeps it with its data. The slice has authorised the
 * person for the data; here the person must issue papers there. Refusals: FORBIDDEN, NOT_FOUND (outside the reach),
 * TOO_MANY_ROWS, TEMPLATE_REFUSED and TEMPLATE_HAS_PROBLEMS (a template that cannot be filled), COMMAND_REUSED.
 */
export async function drawPaper(ctx: ActorCtx, input: DrawInput): Promise<Outcome<Drawn, DrawRefusal>> {
  const place = { regionId: input.regionId, unitId: input.unitId ?? null };
  if (!(await mayIssue(ctx, input.paper.issuer, place))) return refused('NOT_FOUND');
  const template = await templateInUse(ctx.pool, input.paper, input.regionId, dayOf(ctx.clock.now()));
  const made = await makeDocument(ctx, { ...input, id: newId<'Document'>(), drawnBy: ctx.actorId }, template);
  if (!made.ok) return made;
  return inTransaction<Drawn, 'COMMAND_REUSED'>(ctx, 'draw-paper', async (tx, refuse) => {
    const write = async (): Promise<Drawn> => {
      await writeDocument(tx, ctx, made.value);
      await openNumberTask(tx, ctx, made.value);
      return { documentId: made.value.id };
    };
    if (input.commandId === undefined) return write();
    const key = {
      actorId: ctx.actorId,
      commandId: input.commandId,
      kind: 'document.draw',
      input: { paper: input.paper.code, subject: input.subject },
    };
    return withReceipt(tx, key, drawnShape, refuse, write);
  });
}

export interface MadeDocument extends Omit<DrawInput, 'commandId'> {
  readonly id: string;
  readonly drawnBy: string;
  readonly template: Template;
  readonly bytes: Uint8Array;
}

/** Fills the file; nothing is written yet. */
export async function makeDocument(
  ctx: Pick<Ctx, 'clock'>,
  asked: Omit<DrawInput, 'commandId'> & { readonly id: string; readonly drawnBy: string },
  template: Template,
): Promise<Outcome<MadeDocument, TemplateRefusal | 'TOO_MANY_ROWS'>> {
  const data = cleanData(asked.data);
  if (Object.values(data.rows ?? {}).some((rows) => rows.length > MAX_ROWS))
    return refused('TOO_MANY_ROWS', { most: MAX_ROWS });
  const filled = await fillPaper(
    asked.paper,
    template,
    withNumber(data, asked.number ?? null, dayOf(ctx.clock.now())),
  );
  return filled.ok ? done({ ...asked, data, template, bytes: filled.value }) : filled;
}

/** What is given out under a number waits for it from the start. */
async function openNumberTask(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId'>,
  made: MadeDocument,
): Promise<void> {
  if (made.number || !bearsNumber(made.paper)) return;
  const document = { ...made, unitId: made.unitId ?? null };
  await openTasks(tx, ctx, [numberTask(document, made.paper.issuer)]);
}

/** Writes a made document with its number, if it has one already, and its trace. */
export async function writeDocument(
  tx: Tx,
  ctx: Pick<Ctx, 'clock' | 'actorId' | 'requestId'>,
  made: MadeDocument,
): Promise<void> {
  const now = ctx.clock.now();
  const place = { regionId: made.regionId, unitId: made.unitId ?? null };
  await insertDocument(
    tx,
    {
      id: made.id,
      paperCode: made.paper.code,
      subjectKind: made.subject.kind,
      subjectId: made.subject.id,
      ...place,
      title: made.title.slice(0, TITLE_LENGTH),
      format: made.template.format,
      templateVersionId: made.template.versionId,
      dataHash: sha256(canonicalJson(made.data)),
      drawnBy: made.drawnBy,
      drawnAt: now,
    },
    { data: made.data, bytes: made.bytes },
  );
  if (made.number)
    await appendDocumentEvent(tx, {
      id: newId(),
      documentId: made.id,
      seq: 1,
      kind: 'numbered',
      ...made.number,
      reason: null,
      actorId: made.drawnBy,
      occurredAt: now,
    });
  await appendAudit(tx, ctx, {
    action: 'document.draw',
    subjectKind: 'document',
    subjectId: made.id,
    ...place,
    detail: { paper: made.paper.code, subject: `${made.subject.kind}:${made.subject.id}` },
  });
}
