import { drawRandom } from '../paper/draw-random.ts';
import type { Board, Seated, Sitter } from './layout-board.ts';
import { createBoard } from './layout-board.ts';
import type { RoomGrid, Seat } from './seat-grid.ts';
import { seatsOf } from './seat-grid.ts';

export interface LayoutInput {
  /** In the order in which they are filled. */
  readonly rooms: readonly RoomGrid[];
  /** People who sit already; nobody of them is moved. */
  readonly seated: readonly Seated[];
  readonly sitters: readonly Sitter[];
  /** The same people, rooms and seed give the same seats, in whatever order the people come. */
  readonly seed: string;
}

export interface Layout {
  /** By room and seat. */
  readonly placed: readonly Seated[];
  /** People for whom there was no seat left. */
  readonly unplaced: readonly Sitter[];
  /** Pairs of neighbours (front, back, left, right) of one unit, everybody in these rooms counted. */
  readonly neighbourPairs: number;
}

interface Queue {
  readonly unitId: string;
  readonly waiting: Sitter[];
}

/** Rounds of improvement; a round without a change ends them early. */
const MAX_ROUNDS = 6;

/** People by unit, units and people in the seed's order. */
function queuesOf({ sitters, seed }: LayoutInput): Queue[] {
  const sorted = [...sitters].sort((a, b) => (a.id < b.id ? -1 : 1));
  const queues = new Map<string, Queue>();
  for (const sitter of drawRandom(`seats\n${seed}`).shuffle(sorted)) {
    const queue = queues.get(sitter.unitId) ?? { unitId: sitter.unitId, waiting: [] };
    queue.waiting.push(sitter);
    queues.set(sitter.unitId, queue);
  }
  return [...queues.values()];
}

/** Free seats in the order in which they are filled: room by room, by number. */
function freeSeats({ rooms, seated }: LayoutInput): Seat[] {
  const taken = new Set(seated.map((one) => `${one.roomId}:${one.seatNo}`));
  return rooms.flatMap((room) =>
    Array.from({ length: seatsOf(room) }, (_, index) => ({ roomId: room.id, seatNo: index + 1 })).filter(
      (seat) => !taken.has(`${seat.roomId}:${seat.seatNo}`),
    ),
  );
}

/** Who comes next on a seat: the unit with the fewest colleagues around it; of several, the one with most to come. */
function nextQueue(board: Board, queues: readonly Queue[], seat: Seat): Queue | null {
  let best: { queue: Queue; pairs: number } | null = null;
  for (const queue of queues) {
    if (queue.waiting.length === 0) continue;
    const pairs = board.pairsAt(seat, queue.unitId);
    const isBetter =
      best === null ||
      pairs < best.pairs ||
      (pairs === best.pairs && queue.waiting.length > best.queue.waiting.length);
    if (isBetter) best = { queue, pairs };
  }
  return best?.queue ?? null;
}

/**
 * Seats people so that nobody sits in front of, behind or beside a colleague of the same unit where the rooms allow it
 * (domain.md §5.5). Whoever sits already stays. Seats are filled from the first on; farther seats are used only where
 * that keeps colleagues apart.
 */
export function layOutSeats(input: LayoutInput): Layout {
  const board = createBoard(input.rooms, input.seated);
  const free = freeSeats(input);
  const queues = queuesOf(input);
  for (const seat of free) {
    const sitter = nextQueue(board, queues, seat)?.waiting.shift();
    if (sitter === undefined) break;
    board.put(seat, sitter);
  }
  for (let round = 0; round < MAX_ROUNDS; round += 1) if (!board.improve(free)) break;
  const order = new Map(input.rooms.map((room, index) => [room.id, index]));
  return {
    placed: board
      .placed()
      .sort((a, b) => (order.get(a.roomId) ?? 0) - (order.get(b.roomId) ?? 0) || a.seatNo - b.seatNo),
    unplaced: queues.flatMap((queue) => queue.waiting),
    neighbourPairs: board.pairs(),
  };
}

/** Pairs of neighbours of one unit among people who sit. */
export function countNeighbourPairs(rooms: readonly RoomGrid[], seated: readonly Seated[]): number {
  return createBoard(rooms, seated).pairs();
}
