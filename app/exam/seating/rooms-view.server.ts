import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { ChangedCandidate } from '../batch/registration/changed-eligibility.server.ts';
import { listChangedCandidates } from '../batch/registration/changed-eligibility.server.ts';
import { groupedCode } from './access-code.ts';
import type { Invigilator } from './assign-invigilators.server.ts';
import { listInvigilators } from './assign-invigilators.server.ts';
import { countNeighbourPairs } from './layout.ts';
import { listWaitingApart, namesOf } from './own-watch.store.server.ts';
import { readRoomCodes } from './room-code.server.ts';
import { takeSitting } from './scope.server.ts';
import type { RoomRow, SeatingSitting } from './seating.store.server.ts';
import { hasStarted, listRooms, listSeated } from './seating.store.server.ts';

export interface RoomLine extends RoomRow {
  /** Empty unless the codes were asked for. */
  readonly code: string;
  readonly invigilators: readonly Invigilator[];
  /** Ids of the forms of this room. */
  readonly commandIds: {
    readonly room: string;
    readonly code: string;
    readonly remove: string;
    readonly people: string;
  };
}

export interface RoomsPage {
  readonly sitting: SeatingSitting;
  readonly rooms: readonly RoomLine[];
  /** Everybody who may be assigned. */
  readonly invigilators: readonly Invigilator[];
  readonly seatCount: number;
  readonly seatedCount: number;
  readonly waitingCount: number;
  /** Names of those who wait, but watch over this sitting and are not seated in it; empty when there are none. */
  readonly watchingNames: string;
  /** Pairs of people of one unit who sit in front of, behind or beside each other. */
  readonly neighbourPairs: number;
  readonly hasStarted: boolean;
  /** Approved people whom the rules would refuse today; nobody once somebody has begun. */
  readonly changed: readonly ChangedCandidate[];
  readonly commandIds: { readonly newRoom: string; readonly layOut: string };
}

/**
 * Rooms of a sitting with their people and what is left to seat. Refusals: FORBIDDEN, NOT_FOUND.
 * @param options.withCodes shows 开考口令; that somebody looked is noted
 */
export async function viewRooms(
  ctx: ActorCtx,
  sittingId: string,
  options: { readonly withCodes: boolean },
): Promise<Outcome<RoomsPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeSitting(ctx, sittingId);
  if (!taken.ok) return taken;
  const { sitting, tree } = taken.value;
  const [rooms, seated, waiting, invigilators, isStarted] = await Promise.all([
    listRooms(ctx.db, sitting.id),
    listSeated(ctx.db, sitting.id),
    listWaitingApart(ctx.db, sitting),
    listInvigilators(ctx.pool, tree, sitting.regionId, dayOf(ctx.clock.now())),
    hasStarted(ctx.db, sitting.id),
  ]);
  const codes = options.withCodes ? await readRoomCodes(ctx, sitting.id) : null;
  const codeOf = (roomId: string): string => (codes?.ok ? (codes.value.get(roomId) ?? '') : '');
  return done({
    sitting,
    rooms: rooms.map((room) => ({
      ...room,
      code: groupedCode(codeOf(room.id)).trim(),
      invigilators: invigilators.filter((one) => room.invigilatorIds.includes(one.accountId)),
      commandIds: { room: newId(), code: newId(), remove: newId(), people: newId() },
    })),
    invigilators,
    seatCount: rooms.reduce((sum, room) => sum + room.rows * room.columns, 0),
    seatedCount: seated.length,
    waitingCount: waiting.sitters.length,
    watchingNames: namesOf(waiting.watching),
    neighbourPairs: countNeighbourPairs(rooms, seated),
    hasStarted: isStarted,
    changed: isStarted ? [] : await listChangedCandidates(ctx, sitting),
    commandIds: { newRoom: newId(), layOut: newId() },
  });
}
