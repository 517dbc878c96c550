import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { SittingPhase, SittingSort } from './sitting-list.ts';
import { sittingPhase } from './sitting-list.ts';
import type { SittingRow } from './sittings.store.server.ts';
import { listSittings } from './sittings.store.server.ts';

export interface SittingLine extends Omit<SittingRow, 'total'> {
  readonly regionName: string;
  readonly phase: SittingPhase;
}

export interface SittingsPage {
  readonly rows: readonly SittingLine[];
  readonly total: number;
  readonly page: number;
}

/** Sittings of the actor's regions with their figures. Refuses FORBIDDEN. */
export async function viewSittings(
  ctx: ActorCtx,
  query: TableQuery<SittingSort, 'phase'>,
): Promise<Outcome<SittingsPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'exam.manage');
  const now = ctx.clock.now();
  const read = (page: number) =>
    listSittings(ctx.pool, {
      regionIds: [...regionIds],
      text: query.q,
      phase: query.filters.phase ?? null,
      now,
      sort: query.sort,
      limit: query.size,
      offset: (page - 1) * query.size,
    });
  let rows = await read(query.page);
  // A page beyond the last shows the last one; only the first page says how many there are then.
  const total = rows[0]?.total ?? (query.page > 1 ? ((await read(1))[0]?.total ?? 0) : 0);
  const { page } = pageBounds(total, query.page, query.size);
  if (page !== query.page) rows = await read(page);
  return done({
    rows: rows.map(({ total: _, ...row }) => ({
      ...row,
      regionName: tree.regions.get(row.regionId)?.name ?? '',
      phase: sittingPhase(row, now),
    })),
    total,
    page,
  });
}
