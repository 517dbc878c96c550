import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { WatchedRoom, WatchedSitting } from './scope.store.server.ts';
import { findWatchedSitting, listWatchedRooms } from './scope.store.server.ts';

/** What one person may watch of a sitting. */
export interface Watch {
  readonly sitting: WatchedSitting;
  /** Rooms within reach, in their order; empty for a remote sitting. */
  readonly rooms: readonly WatchedRoom[];
  /** The bureau of the region: every candidate, also those without a room. */
  readonly isBureau: boolean;
}

/** The rooms a query is narrowed to; null = all candidates of the sitting. */
export const roomIdsOf = (watch: Watch): readonly string[] | null =>
  watch.isBureau ? null : watch.rooms.map((room) => room.id);

/**
 * Second lock of every page and act: the bureau of the sitting's region watches all of it, an invigilator the rooms the
 * bureau has assigned. Refuses FORBIDDEN, and NOT_FOUND for any other sitting.
 */
export async function takeWatch(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<Watch, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.invigilate')) return refused('FORBIDDEN');
  const sitting = await findWatchedSitting(ctx.pool, sittingId);
  if (!sitting) return refused('NOT_FOUND');
  const rooms = await listWatchedRooms(ctx.pool, sittingId, ctx.actorId);
  const { regionIds } = await reachFor(ctx, 'exam.manage');
  if (regionIds.has(sitting.regionId)) return done({ sitting, rooms, isBureau: true });
  const own = rooms.filter((room) => room.isMine);
  return own.length > 0 ? done({ sitting, rooms: own, isBureau: false }) : refused('NOT_FOUND');
}
