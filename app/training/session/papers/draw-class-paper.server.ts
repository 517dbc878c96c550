import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { reachFor } from '#app/accounts/actor.server.ts';
import type { BatchRefusal } from '#app/office/document/draw-batch.server.ts';
import { startBatch } from '#app/office/document/draw-batch.server.ts';
import type { Drawn, DrawRefusal } from '#app/office/document/draw-paper.server.ts';
import { drawPaper } from '#app/office/document/draw-paper.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { SessionView } from '../session-view.server.ts';
import { sessionView } from '../session-view.server.ts';
import { classData, classFile, papersOfClass } from './class-data.ts';

export const CLASS_SUBJECT = 'training_session';

/** The class with the region its organising unit lies in today. */
async function takeClass(
  ctx: ActorCtx,
  sessionId: string,
): Promise<Outcome<{ view: SessionView; regionId: string }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const view = await sessionView(ctx, sessionId);
  if (!view.ok) return view;
  const { tree } = await reachFor(ctx, 'session.read');
  const regionId = tree.units.get(view.value.session.unitId)?.regionId;
  return regionId === undefined ? refused('NOT_FOUND') : done({ view: view.value, regionId });
}

/** One paper of the whole class. Refusals: FORBIDDEN, NOT_FOUND (also outside the reach), those of `drawPaper`. */
export async function drawClassPaper(
  ctx: ActorCtx,
  input: { readonly sessionId: string; readonly paperCode: string; readonly commandId: string },
): Promise<Outcome<Drawn, DrawRefusal>> {
  const taken = await takeClass(ctx, input.sessionId);
  if (!taken.ok) return taken;
  const { view, regionId } = taken.value;
  const paper = papersOfClass(view.session.status).find(({ code }) => code === input.paperCode);
  if (!paper) return refused('NOT_FOUND');
  return drawPaper(ctx, {
    paper,
    regionId,
    unitId: view.session.unitId,
    subject: { kind: CLASS_SUBJECT, id: view.session.id },
    title: `${paper.title}（${view.session.title}）`,
    data: classData(view),
    commandId: input.commandId,
  });
}

/** 一班一档: everything of the class as one zip, drawn in the background. Refusals: those of `startBatch`. */
export async function drawClassFile(
  ctx: ActorCtx,
  input: { readonly sessionId: string; readonly commandId: string },
): Promise<Outcome<{ batchId: string }, BatchRefusal>> {
  const taken = await takeClass(ctx, input.sessionId);
  if (!taken.ok) return taken;
  const { view, regionId } = taken.value;
  const subject = { kind: CLASS_SUBJECT, id: view.session.id };
  return startBatch(ctx, {
    title: `${view.session.title}（一班一档）`,
    subject,
    regionId,
    unitId: view.session.unitId,
    items: classFile(view).map((item) => ({ ...item, subject })),
    commandId: input.commandId,
  });
}
