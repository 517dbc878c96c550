import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { BatchLine, DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf, ownBatchesOf } from '#app/office/document/documents-view.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { PaperSitting } from './candidates.store.server.ts';
import { findPaperSitting, listPaperCandidates } from './candidates.store.server.ts';
import { papersOfSitting, sittingData } from './sitting-data.ts';

export const SITTING_SUBJECT = 'exam_sitting';

export interface SittingPapersPage {
  readonly sitting: PaperSitting;
  readonly offered: readonly { readonly value: string; readonly label: string }[];
  readonly documents: readonly DocumentLine[];
  /** Packs of this sitting that the viewer had drawn. */
  readonly packs: readonly BatchLine[];
}

/** A sitting whose papers the viewer may draw. Refusals: FORBIDDEN; NOT_FOUND (also outside the reach). */
export async function takePaperSitting(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<{ sitting: PaperSitting; tree: OrgTree }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'exam.manage');
  const sitting = await findPaperSitting(ctx.pool, sittingId);
  return sitting && regionIds.has(sitting.regionId) ? done({ sitting, tree }) : refused('NOT_FOUND');
}

/** The justice bureau of a region as it signs; the region's name where it has none. */
export function officeOf(tree: OrgTree, regionId: string): string {
  const office = (tree.unitsOfRegion.get(regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  return office?.name ?? tree.regions.get(regionId)?.name ?? '';
}

/** The papers of a sitting that can be drawn now, and those that were. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewSittingPapers(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<SittingPapersPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takePaperSitting(ctx, sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  return done({
    sitting,
    offered: papersOfSitting(sitting, ctx.clock.now()).map(({ code, title }) => ({
      value: code,
      label: title,
    })),
    documents: await documentsOf(ctx, { kind: SITTING_SUBJECT, ids: [sitting.id], isSingly: true }),
    packs: await ownBatchesOf(ctx, { kind: SITTING_SUBJECT, id: sitting.id }),
  });
}

/** Draws one paper of a sitting. Refusals: FORBIDDEN, NOT_FOUND (also outside the reach), those of `drawPaper`. */
export async function drawSittingPaper(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly paperCode: string; readonly commandId: string },
): Promise<Outcome<Drawn, DrawRefusal>> {
  const taken = await takePaperSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { sitting, tree } = taken.value;
  const now = ctx.clock.now();
  const paper = papersOfSitting(sitting, now).find(({ code }) => code === input.paperCode);
  if (!paper) return refused('NOT_FOUND');
  const rules = await loadRules(ctx.pool, sitting.regionId, dayOf(now));
  return drawPaper(ctx, {
    paper,
    regionId: sitting.regionId,
    subject: { kind: SITTING_SUBJECT, id: sitting.id },
    title: `${paper.title}（${sitting.title}）`,
    data: sittingData({
      sitting,
      candidates: await listPaperCandidates(ctx.pool, sitting.id),
      office: officeOf(tree, sitting.regionId),
      subject: rules.examSubjectLabel.value,
    }),
    commandId: input.commandId,
  });
}
