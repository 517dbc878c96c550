import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countNeighbourPairs, layOutSeats } from '#app/exam/seating/layout.ts';
import type { RoomGrid } from '#app/exam/seating/seat-grid.ts';
import { neighboursOf, placeOf, seatAt, seatsOf } from '#app/exam/seating/seat-grid.ts';

const ROOM: RoomGrid = { id: 'r1', rows: 3, columns: 4 };

const roomsOf = fc
  .array(fc.record({ rows: fc.integer({ min: 1, max: 8 }), columns: fc.integer({ min: 1, max: 8 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((grids) => grids.map((grid, index) => ({ ...grid, id: `r${index}` })));

/** People of up to six units. */
const unitsOf = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 120 });
const sittersOf = (units: readonly number[], prefix = 'p') =>
  units.map((unit, index) => ({ id: `${prefix}${String(index).padStart(4, '0')}`, unitId: `u${unit}` }));
const keysOf = (seated: readonly { roomId: string; seatNo: number }[]) =>
  seated.map((one) => `${one.roomId}:${one.seatNo}`);

describe('seats of a room', () => {
  it('are numbered in S form from the front left', () => {
    expect([1, 2, 3, 4, 5, 6].map((seatNo) => placeOf(ROOM, seatNo))).toEqual([
      { column: 0, row: 0 },
      { column: 0, row: 1 },
      { column: 0, row: 2 },
      { column: 1, row: 2 },
      { column: 1, row: 1 },
      { column: 1, row: 0 },
    ]);
  });

  it('have each one place and each place one seat', () => {
    fc.assert(
      fc.property(roomsOf, ([room]) => {
        if (!room) return;
        for (let seatNo = 1; seatNo <= seatsOf(room); seatNo += 1)
          expect(seatAt(room, placeOf(room, seatNo))).toBe(seatNo);
      }),
    );
  });

  it('know who sits in front, behind and beside', () => {
    expect(neighboursOf(ROOM, 1).sort((a, b) => a - b)).toEqual([2, 6]);
    expect(neighboursOf(ROOM, 5).sort((a, b) => a - b)).toEqual([2, 4, 6, 8]);
  });
});

describe('a layout', () => {
  it('gives no seat twice and leaves nobody out while there are seats', () => {
    fc.assert(
      fc.property(roomsOf, unitsOf, fc.string(), (rooms, units, seed) => {
        const sitters = sittersOf(units);
        const { placed, unplaced } = layOutSeats({ rooms, seated: [], sitters, seed });
        const seats = rooms.reduce((sum, room) => sum + seatsOf(room), 0);
        expect(new Set(keysOf(placed)).size).toBe(placed.length);
        expect(placed.length).toBe(Math.min(seats, sitters.length));
        expect([...placed, ...unplaced].map((one) => one.id).sort()).toEqual(sitters.map((one) => one.id));
        for (const one of placed) {
          const room = rooms.find((other) => other.id === one.roomId);
          expect(one.seatNo).toBeLessThanOrEqual(room ? seatsOf(room) : 0);
        }
      }),
    );
  });

  it('depends on people, rooms and seed alone, never on the order in which the people come', () => {
    fc.assert(
      fc.property(roomsOf, unitsOf, fc.string(), (rooms, units, seed) => {
        const sitters = sittersOf(units);
        const once = layOutSeats({ rooms, seated: [], sitters, seed });
        const again = layOutSeats({ rooms, seated: [], sitters: [...sitters].reverse(), seed });
        expect(again).toEqual(once);
      }),
    );
  });

  it('moves nobody who sits when late registrations come', () => {
    fc.assert(
      fc.property(roomsOf, unitsOf, unitsOf, fc.string(), (rooms, units, lateUnits, seed) => {
        const first = layOutSeats({ rooms, seated: [], sitters: sittersOf(units), seed });
        const late = layOutSeats({ rooms, seated: first.placed, sitters: sittersOf(lateUnits, 'q'), seed });
        const all = [...first.placed, ...late.placed];
        expect(new Set(keysOf(all)).size).toBe(all.length);
        expect(late.placed.every((one) => one.id.startsWith('q'))).toBe(true);
        expect(late.neighbourPairs).toBe(countNeighbourPairs(rooms, all));
      }),
    );
  });

  it('keeps colleagues apart completely where no unit has more than a third of a hall', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 3, max: 6 }), (seed, unitCount) => {
        const rooms = [
          { id: 'a', rows: 6, columns: 5 },
          { id: 'b', rows: 6, columns: 5 },
        ];
        const sitters = sittersOf(Array.from({ length: 60 }, (_, index) => index % unitCount));
        expect(layOutSeats({ rooms, seated: [], sitters, seed }).neighbourPairs).toBe(0);
      }),
    );
  });

  it('uses free seats to keep the people of one unit apart', () => {
    const rooms = [{ id: 'a', rows: 4, columns: 4 }];
    const { neighbourPairs } = layOutSeats({
      rooms,
      seated: [],
      sitters: sittersOf([0, 0, 0, 0]),
      seed: 's',
    });
    expect(neighbourPairs).toBe(0);
  });

  it('says how many pairs remain where a unit is too large', () => {
    const rooms = [{ id: 'a', rows: 2, columns: 2 }];
    const { neighbourPairs } = layOutSeats({
      rooms,
      seated: [],
      sitters: sittersOf([0, 0, 0, 0]),
      seed: 's',
    });
    expect(neighbourPairs).toBe(4);
  });
});
