import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { BatchRecord, BatchState } from './batch.store.server.ts';
import type { DrawnItem } from './batch.store.server.ts';
import { countDrawn, listDrawn, listFailures, loadDrawnFiles } from './batch.store.server.ts';
import { documentDesk } from './desk.server.ts';
import { fileNameOf } from './document.ts';
import { withPictures } from './document-view.server.ts';
import { countUnnumberedOfBatch, listUnnumberedOfBatch } from './document.store.server.ts';
import { findOwnBatch, lastDayOf } from './draw-batch.server.ts';
import type { PaperKind } from './paper.ts';
import { mayRead } from './paper-reach.server.ts';
import { numberedCodes } from './settle-number.server.ts';
import { zipPaths, zipPieces } from './zip-stream.server.ts';

const NAMES_AT_MOST = 20;
const HAS_FILE: readonly BatchState[] = ['finished', 'stopped', 'cancelled'];

/** The zip of a batch: none while it is under way or with nothing drawn; gone after its week, or with all reach over it. */
export type BatchFileStand = 'none' | 'ready' | 'past' | 'out_of_reach';

export interface BatchPage {
  readonly batch: BatchRecord;
  readonly failures: readonly { readonly title: string; readonly failure: string }[];
  /** Drawn papers within the reach the person has now; none while the batch is under way. */
  readonly readable: number;
  /** Whether the zip opens, and why not. */
  readonly file: BatchFileStand;
  /** Last day on which the zip can be had. */
  readonly lastDay: Day;
  /** Drawn papers within reach that still wait for their 文号; the first of them by name. */
  readonly unnumbered: {
    readonly count: number;
    readonly first: readonly { readonly id: string; readonly title: string }[];
  };
  /** What may be drawn once more: papers that failed, or that a stopped batch never came to. */
  readonly left: number;
  readonly now: Date;
}

/** The kinds of paper in a batch that its person may see still: a paper in it asks the same reach as alone. */
async function readablePapers(
  ctx: ActorCtx,
  batch: BatchRecord,
  drawn: readonly Pick<DrawnItem, 'paperCode'>[],
): Promise<ReadonlyMap<string, PaperKind>> {
  const { papers } = documentDesk(ctx);
  const readable = new Map<string, PaperKind>();
  for (const code of new Set(drawn.map(({ paperCode }) => paperCode))) {
    const paper = papers.get(code);
    if (paper && (await mayRead(ctx, paper, batch))) readable.set(code, paper);
  }
  return readable;
}

const isWithinItsTime = (ctx: ActorCtx, batch: BatchRecord): boolean =>
  HAS_FILE.includes(batch.state) && ctx.clock.now() < batch.expiresAt;

function fileStand(facts: {
  readonly isOver: boolean;
  readonly drawn: number;
  readonly readable: number;
  readonly isWithinTime: boolean;
}): BatchFileStand {
  if (!facts.isOver || facts.drawn === 0) return 'none';
  if (facts.readable === 0) return 'out_of_reach';
  return facts.isWithinTime ? 'ready' : 'past';
}

/** One's own batch with what could not be drawn. Refusal: NOT_FOUND (also for others' batches). */
export async function batchView(ctx: ActorCtx, batchId: string): Promise<Outcome<BatchPage, 'NOT_FOUND'>> {
  const batch = await findOwnBatch(ctx, batchId);
  if (batch === null) return refused('NOT_FOUND');
  const failures = batch.failed > 0 ? await listFailures(ctx.pool, batch.id) : [];
  const isOver = batch.state !== 'waiting' && batch.state !== 'drawing';
  const drawn = isOver ? await countDrawn(ctx.pool, batch.id) : [];
  const papers = await readablePapers(ctx, batch, drawn);
  const readable = drawn
    .filter(({ paperCode }) => papers.has(paperCode))
    .reduce((sum, one) => sum + one.drawn, 0);
  const codes = numberedCodes(ctx).filter((code) => papers.has(code));
  const count = isOver ? await countUnnumberedOfBatch(ctx.db, batch.id, codes) : 0;
  const first = count > 0 ? await listUnnumberedOfBatch(ctx.db, batch.id, codes, NAMES_AT_MOST) : [];
  const isContinuable = batch.state === 'stopped' || batch.state === 'finished';
  return done({
    batch,
    failures,
    readable,
    file: fileStand({ isOver, drawn: batch.drawn, readable, isWithinTime: isWithinItsTime(ctx, batch) }),
    lastDay: lastDayOf(batch),
    unnumbered: { count, first },
    left: isContinuable ? batch.total - batch.drawn : 0,
    now: ctx.clock.now(),
  });
}

/** A zip that is made while it is sent. */
export interface ServedZip {
  readonly fileName: string;
  readonly pieces: AsyncGenerator<Uint8Array>;
}

/** Files read at once. */
const CHUNK = 20;

type ReadableItem = DrawnItem & { readonly paper: PaperKind };

/** The drawn files one after the other, photos put in as each is sent. */
async function* filesOf(
  ctx: ActorCtx,
  drawn: readonly ReadableItem[],
): AsyncGenerator<{ path: string; bytes: Uint8Array }> {
  const paths = zipPaths(drawn);
  for (let from = 0; from < drawn.length; from += CHUNK) {
    const chunk = drawn.slice(from, from + CHUNK);
    const files = await loadDrawnFiles(
      ctx.pool,
      chunk.map(({ documentId }) => documentId),
    );
    for (const [index, { documentId: id, paper, format, drawnAt }] of chunk.entries()) {
      const bytes = files.get(id);
      const path = paths[from + index];
      invariant(bytes !== undefined && path !== undefined, 'a drawn document has its file');
      yield { path, bytes: await withPictures(ctx, paper, { id, format, bytes, drawnAt }) };
    }
  }
}

/** The answer is on its way when a file fails: nobody but the log can say of which batch it was. */
async function* loggingFaults(
  ctx: ActorCtx,
  batchId: string,
  pieces: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } catch (err) {
    ctx.log.error({ err, requestId: ctx.requestId, batchId }, 'the zip of a batch broke off');
    throw err;
  }
}

/** The zip of one's own batch, of a stopped or cancelled one with what was drawn until then, papers within one's reach
 *  only. Refusal: NOT_FOUND (also while it is drawn, after its week, and when nothing in it may be seen). */
export async function batchFile(ctx: ActorCtx, batchId: string): Promise<Outcome<ServedZip, 'NOT_FOUND'>> {
  const batch = await findOwnBatch(ctx, batchId);
  if (batch === null || !isWithinItsTime(ctx, batch)) return refused('NOT_FOUND');
  const drawn = await listDrawn(ctx.pool, batch.id);
  const papers = await readablePapers(ctx, batch, drawn);
  const items = drawn.flatMap((item): ReadableItem[] => {
    const paper = papers.get(item.paperCode);
    return paper === undefined ? [] : [{ ...item, paper }];
  });
  if (items.length === 0) return refused('NOT_FOUND');
  return done({
    fileName: fileNameOf(batch.title, 'zip'),
    pieces: loggingFaults(ctx, batch.id, zipPieces(filesOf(ctx, items))),
  });
}
