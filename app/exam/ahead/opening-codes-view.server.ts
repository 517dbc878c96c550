import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { takeWatch } from '../invigilation/scope.server.ts';
import { codeNo, openingCode } from './ahead-keys.server.ts';
import type { CodeRoom } from './ahead.store.server.ts';
import { listCodeRooms } from './ahead.store.server.ts';
import { groupedOpeningCode } from './opening-code.ts';

export interface RoomOpeningCode {
  readonly no: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly place: string;
  readonly releasedAt: Date;
  /** In groups of four. */
  readonly code: string;
  /** Of the last release: what pages that were fetched since are locked with. */
  readonly isLast: boolean;
}

export interface OpeningCodesPage {
  readonly sitting: { readonly id: string; readonly title: string; readonly opensAt: Date };
  /** Null before the bell: then nobody is shown a code. Empty where there is none: no bell, no rooms, no release. */
  readonly codes: readonly RoomOpeningCode[] | null;
}

const firstOfRoom = (rooms: readonly CodeRoom[], at: number): boolean =>
  rooms[at]?.roomId !== rooms[at - 1]?.roomId;

/**
 * 开卷口令 of the rooms the viewer watches: all of them for the bureau, one's own for invigilators. Shown from the bell on
 * only, and each look at them is in the audit log. Refuses FORBIDDEN, NOT_FOUND (no room within reach).
 */
export async function viewOpeningCodes(
  ctx: ActorCtx,
  sittingId: string,
): Promise<Outcome<OpeningCodesPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const watched = await takeWatch(ctx, sittingId);
  if (!watched.ok) return watched;
  const { id, title, opensAt, regionId, startMode } = watched.value.sitting;
  const sitting = { id, title, opensAt };
  const mine = new Set(watched.value.rooms.map((room) => room.id));
  if (startMode !== 'bell' || mine.size === 0) return done({ sitting, codes: [] });
  if (ctx.clock.now().getTime() < opensAt.getTime()) return done({ sitting, codes: null });
  const rooms = (await listCodeRooms(ctx.pool, sittingId)).filter((room) => mine.has(room.roomId));
  if (rooms.length > 0)
    await inTransaction(ctx, 'read-opening-codes', (tx) =>
      appendAudit(tx, ctx, {
        action: 'exam.read_opening_code',
        subjectKind: 'exam_sitting',
        subjectId: sittingId,
        regionId,
        detail: { codes: rooms.map(codeNo) },
      }),
    );
  const codes = rooms.map((room, at) => ({
    ...{ roomId: room.roomId, roomName: room.roomName, place: room.place, releasedAt: room.releasedAt },
    no: codeNo(room),
    code: groupedOpeningCode(openingCode(ctx.secrets, room)),
    isLast: firstOfRoom(rooms, at),
  }));
  return done({ sitting, codes });
}
