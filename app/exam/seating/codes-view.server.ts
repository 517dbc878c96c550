import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { findWatchedSitting } from '../invigilation/scope.store.server.ts';
import { groupedCode } from './access-code.ts';
import { readRoomCodes } from './room-code.server.ts';
import { listRooms } from './seating.store.server.ts';

export interface RoomCode {
  readonly roomId: string;
  readonly name: string;
  readonly place: string;
  /** In two groups, for reading out. */
  readonly code: string;
}

export interface CodesPage {
  readonly sitting: { readonly id: string; readonly title: string };
  /** Begins at a common bell: where the network fails at that moment, a 开卷口令 opens the paper. */
  readonly hasBell: boolean;
  readonly rooms: readonly RoomCode[];
}

/** 开考口令 of the rooms the viewer may know, by room. Refusals: FORBIDDEN, NOT_FOUND; looking is noted. */
export async function viewCodes(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<CodesPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const codes = await readRoomCodes(ctx, sittingId);
  if (!codes.ok) return codes;
  const sitting = await findWatchedSitting(ctx.pool, sittingId);
  if (sitting === null) return refused('NOT_FOUND');
  const rooms = await listRooms(ctx.db, sittingId);
  const { id, title, startMode } = sitting;
  return done({
    sitting: { id, title },
    hasBell: startMode === 'bell',
    rooms: rooms.flatMap((room) => {
      const code = codes.value.get(room.id);
      return code === undefined
        ? []
        : [{ roomId: room.id, name: room.name, place: room.place, code: groupedCode(code) }];
    }),
  });
}
