import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { ColumnMapping, MappingRefusal } from './column-mapping.ts';
import { refuseMapping } from './column-mapping.ts';
import { documentDesk } from './desk.server.ts';
import { fileNameOf } from './document.ts';
import type { TemplateRefusal } from './format/read-template.server.ts';
import { readTemplate } from './format/read-template.server.ts';
import type { PaperKind } from './paper.ts';
import { isRestylable } from './paper.ts';
import type { NewVersion, TemplateVersion } from './template.store.server.ts';
import {
  findVersion,
  insertContent,
  insertVersion,
  loadContent,
  lockRegion,
  startUse,
} from './template.store.server.ts';

export type TemplateCommandRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'NO_FILE'
  | 'TEMPLATE_NOT_READY'
  | 'START_IN_PAST'
  | MappingRefusal
  | TemplateRefusal;

const NOTE_LENGTH = 200;

/** The paper, when the person keeps templates for that region; others' regions do not exist. */
async function takePaper(
  ctx: ActorCtx,
  asked: { readonly paperCode: string; readonly regionId: string },
): Promise<PaperKind | null> {
  if (!mayDo(ctx, 'template.manage')) return null;
  const { regionIds } = await reachFor(ctx, 'template.manage');
  const kind = documentDesk(ctx).papers.get(asked.paperCode);
  return regionIds.has(asked.regionId) && kind && isRestylable(kind) ? kind : null;
}

async function keepVersion(
  ctx: ActorCtx,
  version: Omit<NewVersion, 'uploadedBy' | 'occurredAt'>,
  bytes: Uint8Array | null,
): Promise<Outcome<{ versionId: string; needsMapping: boolean }, never>> {
  return inTransaction<{ versionId: string; needsMapping: boolean }>(ctx, 'keep-template', async (tx) => {
    await lockRegion(tx, version.regionId);
    if (bytes !== null) await insertContent(tx, version.contentHash, bytes);
    const { id, versionNo } = await insertVersion(tx, {
      ...version,
      uploadedBy: ctx.actorId,
      occurredAt: ctx.clock.now(),
    });
    await appendAudit(tx, ctx, {
      action: 'template.upload',
      subjectKind: 'template_version',
      subjectId: id,
      regionId: version.regionId,
      detail: { paper: version.paperCode, versionNo, contentHash: version.contentHash },
    });
    return { versionId: id, needsMapping: !version.isReady };
  });
}

/**
 * Keeps a new version of a template after it has been looked at from the outside in and filled on trial. A workbook
 * without fields is kept too, but not ready: its columns are named next. Refusals: FORBIDDEN, NOT_FOUND, NO_FILE,
 * TEMPLATE_REFUSED, TEMPLATE_HAS_PROBLEMS (detail: text).
 */
export async function uploadTemplate(
  ctx: ActorCtx,
  input: {
    readonly paperCode: string;
    readonly regionId: string;
    readonly fileName: string;
    readonly bytes: Uint8Array;
    readonly note: string;
  },
): Promise<Outcome<{ versionId: string; needsMapping: boolean }, TemplateCommandRefusal>> {
  if (!mayDo(ctx, 'template.manage')) return refused('FORBIDDEN');
  const kind = await takePaper(ctx, input);
  if (kind === null) return refused('NOT_FOUND');
  if (input.fileName === '') return refused('NO_FILE');
  const read = await readTemplate(kind, input.bytes);
  if (!read.ok) return read;
  const { format, needsMapping } = read.value;
  if (needsMapping && !kind.fields.some((field) => field.repeats !== undefined))
    return refused('TEMPLATE_HAS_PROBLEMS', {
      count: 1,
      text: '没有找到任何字段。请按字段表在要填写的单元格里写上“{字段名}”后再上传。',
    });
  const base = input.fileName.replace(/\.[^.]*$/, '').replace(/^.*[\\/]/, '');
  return keepVersion(
    ctx,
    {
      paperCode: kind.code,
      regionId: input.regionId,
      format,
      contentHash: sha256(input.bytes).toString('hex'),
      mapping: null,
      isReady: !needsMapping,
      fileName: fileNameOf(base, format),
      sizeBytes: input.bytes.length,
      note: input.note.trim().slice(0, NOTE_LENGTH),
    },
    input.bytes,
  );
}

/** A version the person may use: of this paper, of a region within reach. */
export async function takeVersion(
  ctx: ActorCtx,
  asked: { readonly paperCode: string; readonly versionId: string },
): Promise<{ version: TemplateVersion; kind: PaperKind } | null> {
  const version = await findVersion(ctx.pool, asked.versionId);
  if (version === null || version.paperCode !== asked.paperCode) return null;
  const kind = await takePaper(ctx, version);
  return kind === null ? null : { version, kind };
}

/**
 * Names the columns of a workbook without fields; the result is a new version over the same bytes. Refusals: FORBIDDEN,
 * NOT_FOUND, those of `refuseMapping`, TEMPLATE_REFUSED, TEMPLATE_HAS_PROBLEMS.
 */
export async function mapTemplate(
  ctx: ActorCtx,
  input: { readonly paperCode: string; readonly versionId: string; readonly mapping: ColumnMapping },
): Promise<Outcome<{ versionId: string; needsMapping: boolean }, TemplateCommandRefusal>> {
  if (!mayDo(ctx, 'template.manage')) return refused('FORBIDDEN');
  const taken = await takeVersion(ctx, input);
  if (taken === null) return refused('NOT_FOUND');
  const { version, kind } = taken;
  const wrong = refuseMapping(kind, input.mapping);
  if (wrong !== null) return refused(wrong);
  const read = await readTemplate(kind, await loadContent(ctx.pool, version.contentHash), input.mapping);
  if (!read.ok) return read;
  const { paperCode, regionId, format, contentHash, fileName, sizeBytes, note } = version;
  const kept = { paperCode, regionId, format, contentHash, fileName, sizeBytes, note };
  return keepVersion(ctx, { ...kept, mapping: input.mapping, isReady: true }, null);
}

/**
 * From a day on the region draws the paper with this version, or with the default again (`versionId` null); regions
 * below follow unless they have chosen themselves. Refusals: FORBIDDEN, NOT_FOUND, TEMPLATE_NOT_READY, START_IN_PAST.
 */
export async function activateTemplate(
  ctx: ActorCtx,
  input: {
    readonly paperCode: string;
    readonly regionId: string;
    readonly versionId: string | null;
    readonly fromDay: Day;
  },
): Promise<Outcome<null, TemplateCommandRefusal>> {
  if (!mayDo(ctx, 'template.manage')) return refused('FORBIDDEN');
  const kind = await takePaper(ctx, input);
  if (kind === null) return refused('NOT_FOUND');
  const version = input.versionId === null ? null : await findVersion(ctx.pool, input.versionId);
  if (input.versionId !== null && (version?.paperCode !== kind.code || version.regionId !== input.regionId))
    return refused('NOT_FOUND');
  if (version?.isReady === false) return refused('TEMPLATE_NOT_READY');
  const now = ctx.clock.now();
  if (input.fromDay < dayOf(now)) return refused('START_IN_PAST');
  const { regionId, versionId, fromDay } = input;
  return inTransaction<null>(ctx, 'activate-template', async (tx) => {
    await lockRegion(tx, regionId);
    await startUse(tx, { paperCode: kind.code, regionId, versionId, fromDay, decidedBy: ctx.actorId, now });
    await appendAudit(tx, ctx, {
      action: 'template.activate',
      subjectKind: 'template_version',
      subjectId: versionId,
      regionId,
      detail: { paper: kind.code, fromDay, versionNo: version?.versionNo ?? null },
    });
    return null;
  });
}
