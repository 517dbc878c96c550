/** A room as a grid of desks. Seats are numbered from 1, column by column in S form, beginning at the front left. */
export interface RoomGrid {
  readonly id: string;
  /** desks one behind the other, 1 … 60 */
  readonly rows: number;
  /** desks side by side, 1 … 60 */
  readonly columns: number;
}

/** Row and column from 0; row 0 is nearest to the invigilator. */
export interface SeatPlace {
  readonly row: number;
  readonly column: number;
}

export interface Seat {
  readonly roomId: string;
  readonly seatNo: number;
}

export const seatsOf = (room: RoomGrid): number => room.rows * room.columns;

/** @param seatNo 1 … rows × columns */
export function placeOf(room: RoomGrid, seatNo: number): SeatPlace {
  const column = Math.floor((seatNo - 1) / room.rows);
  const step = (seatNo - 1) % room.rows;
  return { column, row: column % 2 === 0 ? step : room.rows - 1 - step };
}

/** Number of the seat at a place; the inverse of `placeOf`. */
export function seatAt(room: RoomGrid, place: SeatPlace): number {
  const step = place.column % 2 === 0 ? place.row : room.rows - 1 - place.row;
  return place.column * room.rows + step + 1;
}

const NEXT_DOOR = [
  { row: -1, column: 0 },
  { row: 1, column: 0 },
  { row: 0, column: -1 },
  { row: 0, column: 1 },
] as const;

/** Numbers of the seats in front, behind, left and right of one. */
export function neighboursOf(room: RoomGrid, seatNo: number): number[] {
  const { row, column } = placeOf(room, seatNo);
  return NEXT_DOOR.map((step) => ({ row: row + step.row, column: column + step.column }))
    .filter((at) => at.row >= 0 && at.row < room.rows && at.column >= 0 && at.column < room.columns)
    .map((at) => seatAt(room, at));
}

/** Rows of a plan as one looks from the front: seat numbers, left to right. */
export function planRows(room: RoomGrid): number[][] {
  return Array.from({ length: room.rows }, (_, row) =>
    Array.from({ length: room.columns }, (__, column) => seatAt(room, { row, column })),
  );
}
