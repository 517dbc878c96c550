import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { DocumentLine } from '#app/office/document/documents-view.server.ts';
import { documentsOf } from '#app/office/document/documents-view.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { listApproved } from './approved.store.server.ts';
import type { Phase } from './batch.ts';
import { phaseOf } from './batch.ts';
import type { Batch, BatchEvent, BatchLine } from './batch.store.server.ts';
import { listBatches, listBatchEvents } from './batch.store.server.ts';
import { takeManagedBatch } from './batch-scope.server.ts';
import { BATCH_SUBJECT } from './papers/draw-registration-paper.server.ts';
import { isClean } from './registration/decision.ts';
import { listThrough } from './registration/exam-standing.store.server.ts';
import { countToApprove } from './registration/for-bulk.server.ts';
import { townshipOf } from './registration/office-tasks.server.ts';
import { listOwn } from './registration/own-registrations.server.ts';
import type { LastRecheck } from './registration/recheck.store.server.ts';
import { findLastRecheck } from './registration/recheck.store.server.ts';
import type { Registration } from './registration/registration.store.server.ts';
import type { BatchFigures, RegistrationSort } from './registration/registrations.store.server.ts';
import { countRegistrations, queryRegistrations } from './registration/registrations.store.server.ts';
import { listWatching, namesOf } from '../seating/own-watch.store.server.ts';
import type { SittingPhase } from '../sitting/sitting-list.ts';
import { sittingPhase } from '../sitting/sitting-list.ts';
import type { BatchSitting } from './sittings-of-batch.store.server.ts';
import { listSittingsOfBatch } from './sittings-of-batch.store.server.ts';

export interface BatchesPage {
  readonly rows: readonly (BatchLine & { readonly regionName: string; readonly phase: Phase })[];
  readonly total: number;
  readonly page: number;
}

/** Batches of the bureau's regions. Refusal: FORBIDDEN. */
export async function viewBatches(
  ctx: ActorCtx,
  query: TableQuery<string, 'status'>,
): Promise<Outcome<BatchesPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'exam.manage');
  const read = (page: number) =>
    listBatches(ctx.pool, {
      regionIds: [...regionIds],
      text: query.q,
      status: query.filters.status ?? null,
      limit: query.size,
      offset: (page - 1) * query.size,
    });
  let rows = await read(query.page);
  const total = rows[0]?.total ?? (query.page > 1 ? ((await read(1))[0]?.total ?? 0) : 0);
  const { page } = pageBounds(total, query.page, query.size);
  if (page !== query.page) rows = await read(page);
  const now = ctx.clock.now();
  return done({
    rows: rows.map((row) => ({
      ...row,
      regionName: tree.regions.get(row.regionId)?.name ?? '',
      phase: phaseOf(row, now),
    })),
    total,
    page,
  });
}

export interface RegistrationLine extends Registration {
  /** Lies in a township and the 司法所 has not checked yet. */
  readonly waitsForFirstCheck: boolean;
  /** Undecided, and the exam they belong to was held: the bulk approval leaves them out. */
  readonly isHeld: boolean;
  /** As the rules said last; the bulk approval asks them again. */
  readonly isClean: boolean;
}

export interface SittingLine extends BatchSitting {
  readonly phase: SittingPhase;
  /** Those who wait, but watch over this remote sitting: 编入 leaves them out. */
  readonly watching: { readonly count: number; readonly names: string };
}

/** Of a remote sitting, whom 编入 leaves out of those who wait. */
async function watchingOf(
  ctx: ActorCtx,
  { sittingId, placeMode }: BatchSitting,
  waiting: readonly string[],
): Promise<SittingLine['watching']> {
  if (placeMode !== 'remote' || waiting.length === 0) return { count: 0, names: '' };
  const watching = await listWatching(ctx.db, sittingId, waiting);
  return { count: watching.length, names: namesOf(watching) };
}

export interface BatchPage {
  readonly batch: Batch;
  readonly regionName: string;
  readonly phase: Phase;
  readonly figures: BatchFigures;
  readonly sittings: readonly SittingLine[];
  readonly events: readonly BatchEvent[];
  readonly documents: readonly DocumentLine[];
  readonly registrations: readonly RegistrationLine[];
  readonly total: number;
  /** Of those, over all pages, for whom the bulk approval is offered. */
  readonly forBulk: number;
  readonly page: number;
  /** Whether the results of each sitting may be released now. */
  readonly releasable: readonly string[];
  /** Approved and without a sitting. */
  readonly unplaced: number;
  /** The last 重新核对资格 and who stands approved against it; null where nobody has asked again. */
  readonly recheck: LastRecheck | null;
}

export type RegistrationTableQuery = TableQuery<
  RegistrationSort,
  'status' | 'verdict' | 'route' | 'asked' | 'unit'
>;

/** The filters of the URL as the store takes them. */
export function registrationQuery(batchId: string, query: RegistrationTableQuery) {
  const { status, verdict, route, asked, unit } = query.filters;
  return {
    batchId,
    unitIds: null,
    // One search field finds persons and units; the filter of the column narrows by unit alone, and both hold together.
    text: query.q,
    unitText: unit ?? null,
    status: status ?? null,
    verdict: verdict ?? null,
    route: route ?? null,
    asked: asked ?? null,
    sort: query.sort,
  };
}

async function linesOf(
  ctx: ActorCtx,
  at: { readonly batchId: string; readonly tree: OrgTree; readonly now: Date },
  rows: readonly Registration[],
): Promise<RegistrationLine[]> {
  const ids = rows.map((row) => row.id);
  const through = await listThrough(ctx.pool, at.batchId, at.now, ids);
  const own = await listOwn(ctx.db, ctx, rows);
  return rows.map((row) => {
    const isTownship = townshipOf(at.tree, row.unitId) !== null;
    const isThrough = through.has(row.id);
    const clean = { ...row, verdict: row.verdict ?? 'needs_look', isTownship, isOwn: own.has(row.id) };
    return {
      ...row,
      waitsForFirstCheck: isTownship && row.status === 'registered',
      isHeld: isThrough && (row.status === 'registered' || row.status === 'first_checked'),
      isClean: !isThrough && isClean(clean),
    };
  });
}

/** One batch with its sittings, figures, what happened, and a page of its registrations. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewBatch(
  ctx: ActorCtx,
  batchId: string,
  query: RegistrationTableQuery,
): Promise<Outcome<BatchPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeManagedBatch(ctx, batchId);
  if (!taken.ok) return taken;
  const { batch, tree } = taken.value;
  const now = ctx.clock.now();
  const read = (page: number) =>
    queryRegistrations(ctx.pool, {
      ...registrationQuery(batchId, query),
      limit: query.size,
      offset: (page - 1) * query.size,
    });
  const first = await read(query.page);
  const { page } = pageBounds(first.total, query.page, query.size);
  const { rows, total } = page === query.page ? first : await read(page);
  const sittings = await listSittingsOfBatch(ctx.pool, batchId);
  const waiting = (await listApproved(ctx.pool, batchId)).map((one) => one.registrationId);
  const lines: SittingLine[] = [];
  for (const one of sittings) {
    const watching = await watchingOf(ctx, one, waiting);
    lines.push({ ...one, phase: sittingPhase(one, now), watching });
  }
  return done({
    batch,
    regionName: tree.regions.get(batch.regionId)?.name ?? '',
    phase: phaseOf(batch, now),
    figures: await countRegistrations(ctx.pool, batchId),
    sittings: lines,
    events: await listBatchEvents(ctx.pool, batchId),
    documents: await documentsOf(ctx, { kind: BATCH_SUBJECT, ids: [batchId] }),
    registrations: await linesOf(ctx, { batchId, tree, now }, rows),
    total,
    forBulk: await countToApprove(ctx, { tree, filters: registrationQuery(batchId, query) }),
    page,
    recheck: await findLastRecheck(ctx.pool, { batchId, now }),
    unplaced: waiting.length,
    releasable: sittings
      .filter((one) => one.resultRelease === 'by_bureau' && one.resultsReleasedAt === null)
      .filter((one) => one.running === 0 && now > one.latestEntryAt)
      .map((one) => one.sittingId),
  });
}
