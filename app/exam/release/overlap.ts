import type { FrozenPaper } from '../paper/frozen-paper.ts';

/** Question versions of a paper in the order of their positions. */
export type PaperItems = readonly string[];

export const itemsOf = (paper: FrozenPaper): PaperItems => paper.items.map((item) => item.questionVersionId);

/** A seat that is laid out: place within its room, from 0. */
export interface SeatedPaper {
  readonly registrationId: string;
  readonly roomId: string;
  readonly row: number;
  readonly column: number;
}

export type Pair = readonly [string, string];

/** Who sits beside, before or behind whom; every pair once. */
export function neighbourPairs(seats: readonly SeatedPaper[]): Pair[] {
  const at = new Map(seats.map((seat) => [`${seat.roomId}/${seat.row}/${seat.column}`, seat.registrationId]));
  return seats.flatMap(({ registrationId, roomId, row, column }) =>
    [at.get(`${roomId}/${row}/${column + 1}`), at.get(`${roomId}/${row + 1}/${column}`)].flatMap((other) =>
      other === undefined ? [] : [[registrationId, other] as const],
    ),
  );
}

/** Neighbours of each seat. */
export function neighbourMap(pairs: readonly Pair[]): Map<string, string[]> {
  const neighbours = new Map<string, string[]>();
  const add = (one: string, other: string): void => {
    const known = neighbours.get(one);
    if (known) known.push(other);
    else neighbours.set(one, [other]);
  };
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  return neighbours;
}

/** Positions at which both papers ask the same question: what a glance at the next desk is worth. */
export function samePlaces(one: PaperItems, other: PaperItems): number {
  return one.reduce((sum, item, index) => sum + (item === other[index] ? 1 : 0), 0);
}

/** Questions both papers ask, wherever they stand. */
export function sharedItems(one: PaperItems, other: PaperItems): number {
  const known = new Set(one);
  return other.reduce((sum, item) => sum + (known.has(item) ? 1 : 0), 0);
}

/** How alike neighbours' papers are; kept with the seal and shown. */
export interface NeighbourMeasure {
  readonly pairs: number;
  /** Pairs with at least one question at the same position. */
  readonly pairsAlike: number;
  /** Most questions at the same position in one pair. */
  readonly samePlacesWorst: number;
  /** Mean of questions two neighbours share anywhere, in tenths, rounded down. */
  readonly sharedMeanTenths: number;
}

export function measureNeighbours(
  pairs: readonly Pair[],
  papers: ReadonlyMap<string, PaperItems>,
): NeighbourMeasure {
  let measured = 0;
  let pairsAlike = 0;
  let samePlacesWorst = 0;
  let shared = 0;
  for (const [one, other] of pairs) {
    const [left, right] = [papers.get(one), papers.get(other)];
    if (!left || !right) continue;
    const same = samePlaces(left, right);
    measured += 1;
    pairsAlike += same > 0 ? 1 : 0;
    samePlacesWorst = Math.max(samePlacesWorst, same);
    shared += sharedItems(left, right);
  }
  return {
    pairs: measured,
    pairsAlike,
    samePlacesWorst,
    sharedMeanTenths: measured === 0 ? 0 : Math.floor((shared * 10) / measured),
  };
}

/** Orders tried for one paper before the best of them is taken; beside two neighbours every seventh shares no position. */
export const MAX_ARRANGEMENTS = 100;

/** The first order that shares no position with the neighbours' papers, else the one that shares fewest. */
export function chooseArrangement(
  arrange: (arrangement: number) => FrozenPaper,
  neighbours: readonly PaperItems[],
): { readonly arrangement: number; readonly paper: FrozenPaper } {
  let best = { arrangement: 0, paper: arrange(0) };
  let least = clashes(best.paper, neighbours);
  for (let arrangement = 1; least > 0 && arrangement < MAX_ARRANGEMENTS; arrangement += 1) {
    const paper = arrange(arrangement);
    const same = clashes(paper, neighbours);
    if (same < least) {
      least = same;
      best = { arrangement, paper };
    }
  }
  return best;
}

function clashes(paper: FrozenPaper, neighbours: readonly PaperItems[]): number {
  const items = itemsOf(paper);
  return neighbours.reduce((sum, other) => sum + samePlaces(items, other), 0);
}
