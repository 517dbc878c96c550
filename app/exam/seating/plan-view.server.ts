import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { countNeighbourPairs } from './layout.ts';
import type { SeatedPerson } from './plan.store.server.ts';
import { listSeatedPeople } from './plan.store.server.ts';
import { takeSitting } from './scope.server.ts';
import { neighboursOf, planRows } from './seat-grid.ts';
import type { OtherSitting, RoomRow, SeatingSitting } from './seating.store.server.ts';
import { listOtherSittings, listRooms } from './seating.store.server.ts';

export interface PlanSeat {
  readonly seatNo: number;
  readonly person: SeatedPerson | null;
  /** Somebody of the same unit sits in front, behind or beside. */
  readonly isBesideColleague: boolean;
}

export interface PlanPage {
  readonly sitting: SeatingSitting;
  readonly rooms: readonly RoomRow[];
  /** The room that is shown; null while there is none. */
  readonly room: RoomRow | null;
  /** As one looks from the front. */
  readonly grid: readonly (readonly PlanSeat[])[];
  readonly seatedCount: number;
  readonly neighbourPairs: number;
  readonly commandId: string;
  readonly toSittingCommandId: string;
  /** Of the same batch, where somebody may be moved to; none once this one was held. */
  readonly otherSittings: readonly OtherSitting[];
}

function gridOf(room: RoomRow, people: readonly SeatedPerson[]): PlanSeat[][] {
  const at = new Map(people.filter((one) => one.roomId === room.id).map((one) => [one.seatNo, one]));
  return planRows(room).map((row) =>
    row.map((seatNo) => {
      const person = at.get(seatNo) ?? null;
      const isBesideColleague =
        person !== null &&
        neighboursOf(room, seatNo).some((other) => at.get(other)?.unitId === person.unitId);
      return { seatNo, person, isBesideColleague };
    }),
  );
}

/**
 * Who sits where in one room of a sitting. Refusals: FORBIDDEN, NOT_FOUND.
 * @param roomId the room to show; anything else shows the first
 */
export async function viewPlan(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly roomId: string | null },
): Promise<Outcome<PlanPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  const now = ctx.clock.now();
  const mayLeave = sitting.status === 'published' && sitting.latestEntryAt > now;
  const [rooms, people, otherSittings] = await Promise.all([
    listRooms(ctx.db, sitting.id),
    listSeatedPeople(ctx.pool, sitting.id),
    mayLeave ? listOtherSittings(ctx.db, sitting, now) : [],
  ]);
  const room = rooms.find(({ id }) => id === input.roomId) ?? rooms[0] ?? null;
  const seated = people.map(({ registrationId, unitId, roomId, seatNo }) => ({
    id: registrationId,
    unitId,
    roomId,
    seatNo,
  }));
  return done({
    sitting,
    rooms,
    room,
    grid: room === null ? [] : gridOf(room, people),
    seatedCount: people.length,
    neighbourPairs: countNeighbourPairs(rooms, seated),
    commandId: newId(),
    toSittingCommandId: newId(),
    otherSittings,
  });
}
