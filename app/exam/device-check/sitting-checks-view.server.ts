import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { currentTree } from '#app/organization/tree/current-tree.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { TableQuery } from '#app/platform/ui/table/table-query.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { roomIdsOf, takeWatch } from '../invigilation/scope.server.ts';
import { readCheckState } from './sitting-checks.ts';
import type { SittingCheckRow } from './sitting-checks.store.server.ts';
import { countSittingChecks, listSittingChecks } from './sitting-checks.store.server.ts';

export interface SittingCheckLine extends Omit<SittingCheckRow, 'total' | 'unitId'> {
  readonly unitName: string;
}

export interface SittingChecks {
  readonly sittingId: string;
  readonly title: string;
  readonly rows: readonly SittingCheckLine[];
  readonly total: number;
  readonly page: number;
  /** Candidates within reach, and those of them without a check. */
  readonly candidates: number;
  readonly unchecked: number;
  readonly notReady: number;
}

/**
 * Who of a sitting has checked the machine and rehearsed, for its bureau and, room by room, its invigilators. Refuses
 * FORBIDDEN, and NOT_FOUND for a sitting out of reach.
 */
export async function viewSittingChecks(
  ctx: ActorCtx,
  sittingId: string,
  query: TableQuery<'seat', 'state'>,
): Promise<Outcome<SittingChecks, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const watch = await takeWatch(ctx, sittingId);
  if (!watch.ok) return watch;
  const scope = { sittingId, roomIds: roomIdsOf(watch.value) };
  const read = (page: number) =>
    listSittingChecks(ctx.pool, {
      ...scope,
      state: readCheckState(query.filters.state),
      text: query.q,
      limit: query.size,
      offset: (page - 1) * query.size,
    });
  const tree = await currentTree(ctx);
  const counts = await countSittingChecks(ctx.pool, scope);
  let rows = await read(query.page);
  const total = rows[0]?.total ?? (query.page > 1 ? ((await read(1))[0]?.total ?? 0) : 0);
  const { page } = pageBounds(total, query.page, query.size);
  if (page !== query.page) rows = await read(page);
  return done({
    sittingId,
    title: watch.value.sitting.title,
    ...{ total, page },
    rows: rows.map(({ total: _, unitId, ...row }) => ({
      ...row,
      unitName: tree.units.get(unitId)?.name ?? '',
    })),
    candidates: [...counts.values()].reduce((sum, count) => sum + count, 0),
    unchecked: counts.get('unchecked') ?? 0,
    notReady: counts.get('not_ready') ?? 0,
  });
}
