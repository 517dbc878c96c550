import { invariant } from '#app/platform/result/invariant.ts';
import type { RoomGrid, Seat } from './seat-grid.ts';
import { neighboursOf } from './seat-grid.ts';

/** Somebody to be seated. */
export interface Sitter {
  /** The registration. */
  readonly id: string;
  /** People with the same key are kept apart. */
  readonly unitId: string;
}

/** Somebody who sits. */
export interface Seated extends Sitter, Seat {}

/** Who sits where while a layout is being made. */
export interface Board {
  put(seat: Seat, sitter: Sitter): void;
  /** Colleagues in front of, behind and beside a seat. */
  pairsAt(seat: Seat, unitId: string): number;
  /** Everybody who was put here, without those who sat before. */
  placed(): Seated[];
  /** Pairs of neighbours of one unit. */
  pairs(): number;
  /**
   * One round: everybody who was put beside a colleague changes places with somebody else who was put here, or moves to
   * a free seat, where that leaves fewer pairs. @returns whether anything changed
   */
  improve(seats: readonly Seat[]): boolean;
}

const keyOf = (seat: Seat): string => `${seat.roomId}:${seat.seatNo}`;

/** Seats around each seat, worked out once. */
function surroundings(rooms: readonly RoomGrid[]): (seat: Seat) => readonly string[] {
  const grids = new Map(rooms.map((room) => [room.id, room]));
  const known = new Map<string, readonly string[]>();
  return (seat) => {
    const key = keyOf(seat);
    const hit = known.get(key);
    if (hit) return hit;
    const room = grids.get(seat.roomId);
    invariant(room, 'a seat lies in a room of the layout');
    const keys = neighboursOf(room, seat.seatNo).map((seatNo) => keyOf({ roomId: seat.roomId, seatNo }));
    known.set(key, keys);
    return keys;
  };
}

/** @param seated people who stay where they are */
export function createBoard(rooms: readonly RoomGrid[], seated: readonly Seated[]): Board {
  const around = surroundings(rooms);
  const fixed = new Set(seated.map(keyOf));
  const at = new Map<string, Seated>(seated.map((one) => [keyOf(one), one]));

  const put = (seat: Seat, { id, unitId }: Sitter): void => {
    invariant(!at.has(keyOf(seat)), 'a seat is given once');
    at.set(keyOf(seat), { id, unitId, roomId: seat.roomId, seatNo: seat.seatNo });
  };
  /** @param except the seat of somebody who is about to leave it */
  const count = (seat: Seat, unitId: string, except: string | null): number =>
    around(seat).filter((key) => key !== except && at.get(key)?.unitId === unitId).length;
  const placed = (): Seated[] => [...at].filter(([key]) => !fixed.has(key)).map(([, one]) => one);

  /** Pairs fewer if the people of two seats change places; the second seat may be empty. */
  const gain = (one: Seated, other: Seat): number => {
    const two = at.get(keyOf(other));
    if (keyOf(one) === keyOf(other) || one.unitId === two?.unitId) return 0;
    const before = count(one, one.unitId, null) + (two ? count(other, two.unitId, null) : 0);
    const after = count(other, one.unitId, keyOf(one)) + (two ? count(one, two.unitId, keyOf(other)) : 0);
    return before - after;
  };
  const swap = (one: Seated, other: Seat): void => {
    const two = at.get(keyOf(other));
    at.delete(keyOf(one));
    at.delete(keyOf(other));
    put(other, one);
    if (two) put(one, two);
  };

  return {
    put,
    placed,
    pairsAt: (seat, unitId) => count(seat, unitId, null),
    // Each pair is seen from both sides.
    pairs: () => [...at.values()].reduce((sum, one) => sum + count(one, one.unitId, null), 0) / 2,
    improve: (seats) => {
      let isChanged = false;
      for (const { roomId, seatNo } of placed()) {
        const one = at.get(keyOf({ roomId, seatNo }));
        if (!one || count(one, one.unitId, null) === 0) continue;
        const better = seats.find((other) => gain(one, other) > 0);
        if (better === undefined) continue;
        swap(one, better);
        isChanged = true;
      }
      return isChanged;
    },
  };
}
