import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
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

/** 开考口令 of the rooms the viewer may know, by room. Refusals: FORBIDDEN, NOT_FOUND; looking is noted. */
export async function viewCodes(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<readonly RoomCode[], 'FORBIDDEN' | 'NOT_FOUND'>> {
  const codes = await readRoomCodes(ctx, sittingId);
  if (!codes.ok) return codes;
  const rooms = await listRooms(ctx.db, sittingId);
  return done(
    rooms.flatMap(({ id, name, place }) => {
      const code = codes.value.get(id);
      return code === undefined ? [] : [{ roomId: id, name, place, code: groupedCode(code) }];
    }),
  );
}
