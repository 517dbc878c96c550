import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { formatRange } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import type { OwnSession, SessionQuery, SessionRow } from './session-list.store.server.ts';
import { countSessions, listOwnSessions, listSessions } from './session-list.store.server.ts';

export interface SessionLine extends SessionRow {
  readonly unitName: string;
  /** 11月23日 09:00–16:30 */
  readonly when: string;
  /** Over, but not closed: its hours wait. */
  readonly isDue: boolean;
}

export interface SessionsView {
  readonly rows: readonly SessionLine[];
  readonly total: number;
  readonly page: number;
  readonly maySchedule: boolean;
}

/** Classes of the units the actor reaches. */
export async function sessionsView(
  ctx: ActorCtx,
  query: SessionQuery,
): Promise<Outcome<SessionsView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'session.read')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'session.read');
  const ids = [...unitIds];
  const total = await countSessions(ctx.pool, ids, query);
  const { page } = pageBounds(total, query.page, query.size);
  const rows = await listSessions(ctx.pool, ids, { ...query, page });
  const now = ctx.clock.now();
  return done({
    rows: rows.map((row) => ({
      ...row,
      unitName: tree.units.get(row.unitId)?.name ?? '',
      when: formatRange(row.startsAt, row.endsAt),
      isDue: row.status === 'scheduled' && row.endsAt <= now,
    })),
    total,
    page,
    maySchedule: mayDo(ctx, 'session.schedule'),
  });
}

export interface OwnSessionLine extends Omit<OwnSession, 'blocks'> {
  readonly blocks: readonly string[];
  readonly isOver: boolean;
}

export interface MySessionsView {
  readonly coming: readonly OwnSessionLine[];
  readonly past: readonly OwnSessionLine[];
}

/** An officer's own classes: what comes, soonest first; what was, with what it has credited. */
export async function mySessionsView(ctx: ActorCtx): Promise<Outcome<MySessionsView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'session.attend')) return refused('FORBIDDEN');
  const now = ctx.clock.now();
  const lines = (await listOwnSessions(ctx.pool, ownPersonId(ctx))).map((session): OwnSessionLine => {
    const lastEnd = Math.max(...session.blocks.map((block) => block.endsAt.getTime()));
    return {
      ...session,
      blocks: session.blocks.map((block) => formatRange(block.startsAt, block.endsAt)),
      isOver: lastEnd <= now.getTime(),
    };
  });
  return done({
    coming: lines.filter((line) => !line.isOver && line.status === 'scheduled').reverse(),
    past: lines.filter((line) => line.isOver || line.status !== 'scheduled'),
  });
}
