import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { TargetRecord } from './campaign.store.server.ts';
import { lockCampaign, lockTarget } from './campaign.store.server.ts';
import type { FilePurpose, FileRefusal } from './campaign-file.ts';
import { FILE_PURPOSES, checkFile, shownFileName } from './campaign-file.ts';
import { holdsUnit } from './campaign-scope.server.ts';
import { countFiles, findFile, insertFile, readFileBytes, removeFile } from './file.store.server.ts';

interface FilePlace {
  readonly campaignId: string;
  readonly unitId: string;
}

type PlaceRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'CAMPAIGN_CLOSED' | 'ACCEPTED_ALREADY';
export type KeepFileRefusal = PlaceRefusal | FileRefusal;

/** The unit's part, still open for changes. */
async function openTarget(tx: Tx, place: FilePlace, refuse: Refuse<PlaceRefusal>): Promise<TargetRecord> {
  const campaign = await lockCampaign(tx, place.campaignId, 'share');
  const target = campaign === null ? null : await lockTarget(tx, place.campaignId, place.unitId);
  if (campaign === null || target === null) return refuse('NOT_FOUND');
  if (campaign.state !== 'open') return refuse('CAMPAIGN_CLOSED');
  return target.state === 'accepted' ? refuse('ACCEPTED_ALREADY') : target;
}

async function mayKeep(ctx: ActorCtx, unitId: string): Promise<Outcome<null, PlaceRefusal>> {
  if (!mayDo(ctx, 'campaign.answer')) return refused('FORBIDDEN');
  return (await reachFor(ctx, 'campaign.answer')).unitIds.has(unitId) ? done(null) : refused('NOT_FOUND');
}

/**
 * Keeps a stamped form or a proof of the unit. What it is, its bytes say. Refusals: FORBIDDEN; NOT_FOUND;
 * CAMPAIGN_CLOSED; ACCEPTED_ALREADY; FILE_EMPTY; FILE_TOO_LARGE; FILE_TYPE_UNKNOWN; TOO_MANY_FILES.
 */
export async function attachFile(
  ctx: ActorCtx,
  input: FilePlace & {
    readonly purpose: FilePurpose;
    readonly fileName: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
  },
): Promise<Outcome<{ fileId: string }, KeepFileRefusal>> {
  const allowed = await mayKeep(ctx, input.unitId);
  if (!allowed.ok) return allowed;
  const { purpose, bytes } = input;
  return inTransaction<{ fileId: string }, KeepFileRefusal>(
    ctx,
    'attach-campaign-file',
    async (tx, refuse) => {
      const target = await openTarget(tx, input, refuse);
      let before = 0;
      for (const one of FILE_PURPOSES) before += await countFiles(tx, target.id, one);
      const checked = checkFile(bytes, before);
      if (!checked.ok) return refuse(checked.code, checked.detail);
      const fileId = await insertFile(tx, {
        targetId: target.id,
        purpose,
        fileName: shownFileName(input.fileName),
        mediaType: checked.value.mediaType,
        bytes,
        uploadedBy: ctx.actorId,
        uploadedAt: ctx.clock.now(),
      });
      await appendAudit(tx, ctx, {
        action: 'campaign.attach_file',
        subjectKind: 'campaign_file',
        subjectId: fileId,
        unitId: target.unitId,
        detail: { purpose, bytes: bytes.byteLength },
      });
      return { fileId };
    },
  );
}

/** Takes a file out of the answer to come; its bytes stay for the history. Refusals: as for attaching. */
export async function detachFile(
  ctx: ActorCtx,
  input: FilePlace & { readonly fileId: string },
): Promise<Outcome<null, PlaceRefusal>> {
  const allowed = await mayKeep(ctx, input.unitId);
  if (!allowed.ok) return allowed;
  return inTransaction<null, PlaceRefusal>(ctx, 'detach-campaign-file', async (tx, refuse) => {
    const target = await openTarget(tx, input, refuse);
    const gone = { fileId: input.fileId, targetId: target.id, at: ctx.clock.now() };
    if (!(await removeFile(tx, gone))) refuse('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'campaign.detach_file',
      subjectKind: 'campaign_file',
      subjectId: input.fileId,
      unitId: target.unitId,
    });
    return null;
  });
}

export interface ServedFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** One file for who may see the unit's part; every reading leaves a trace. Refusals: FORBIDDEN, NOT_FOUND. */
export async function serveCampaignFile(
  ctx: ActorCtx,
  fileId: string,
): Promise<Outcome<ServedFile, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'campaign.read_file')) return refused('FORBIDDEN');
  const file = await findFile(ctx.pool, fileId);
  if (file === null || !(await holdsUnit(ctx, 'campaign.read_file', file))) return refused('NOT_FOUND');
  const bytes = await readFileBytes(ctx.pool, fileId);
  return inTransaction<ServedFile>(ctx, 'serve-campaign-file', async (tx) => {
    await appendAudit(tx, ctx, {
      action: 'campaign.read_file',
      subjectKind: 'campaign_file',
      subjectId: fileId,
      unitId: file.unitId,
    });
    return { fileName: file.fileName, mediaType: file.mediaType, bytes };
  });
}
