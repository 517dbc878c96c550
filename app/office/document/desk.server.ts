import type { Pool } from '#app/platform/db/db.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Jobs } from '#app/platform/jobs/jobs.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { PaperKind } from './paper.ts';

/** The paper counter of the running application: every kind the slices contribute, and the queue for batches. */
export interface DocumentDesk {
  readonly papers: ReadonlyMap<string, PaperKind>;
  readonly jobs: Pick<Jobs, 'enqueue'>;
}

const desks = new WeakMap<Pool, DocumentDesk>();

/** Set once by the composition root (and by tests). */
export function provideDocumentDesk(
  pool: Pool,
  desk: { readonly papers: readonly PaperKind[]; readonly jobs: DocumentDesk['jobs'] },
): void {
  const papers = new Map(desk.papers.map((paper) => [paper.code, paper]));
  invariant(papers.size === desk.papers.length, 'every paper has its own code');
  desks.set(pool, { papers, jobs: desk.jobs });
}

export function documentDesk(ctx: Pick<Ctx, 'pool'>): DocumentDesk {
  const desk = desks.get(ctx.pool);
  invariant(desk, 'the office was composed before it is used');
  return desk;
}
