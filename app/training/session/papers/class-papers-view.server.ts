import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf } from '#app/office/document/documents-view.server.ts';
import type { SessionView } from '../session-view.server.ts';
import { classFile, papersOfClass } from './class-data.ts';
import { CLASS_SUBJECT } from './draw-class-paper.server.ts';

/** What can be drawn for a class now, how many papers its zip would hold, and what was drawn. */
export async function viewClassPapers(
  ctx: ActorCtx,
  view: SessionView,
): Promise<{
  readonly offered: readonly { readonly value: string; readonly label: string }[];
  readonly fileCount: number;
  readonly documents: readonly DocumentLine[];
}> {
  const isDrawing = mayDo(ctx, 'document.draw') && view.session.status !== 'cancelled';
  const papers = isDrawing ? papersOfClass(view.session.status) : [];
  return {
    offered: papers.map(({ code, title }) => ({ value: code, label: title })),
    fileCount: isDrawing ? classFile(view).length : 0,
    documents: await documentsOf(ctx, { kind: CLASS_SUBJECT, ids: [view.session.id] }),
  };
}
