/** What the board knows of one candidate; flat, so that two of them are quickly compared. Instants in milliseconds. */
export interface Tile {
  readonly registrationId: string;
  readonly attemptId: string | null;
  readonly roomId: string | null;
  readonly roomNo: number | null;
  readonly seatNo: number | null;
  readonly name: string;
  readonly unitName: string;
  readonly ticketNo: string;
  readonly admittedAtMs: number | null;
  readonly state: 'none' | 'in_progress' | 'finalised' | 'void';
  readonly isHandedIn: boolean;
  readonly answered: number;
  readonly itemCount: number;
  /** Ahead of now for who waits for the bell with the paper on the machine. */
  readonly startedAtMs: number | null;
  readonly deadlineAtMs: number | null;
  readonly pausedAtMs: number | null;
  /** Last acknowledged answer or sign of life of the device it runs on. */
  readonly heardAtMs: number | null;
  readonly epoch: number;
  readonly isReleased: boolean;
  readonly focusLosses: number;
  readonly gaps: number;
  readonly marks: number;
  readonly incidents: number;
}

/** How a candidate stands, from what needs a look first to what needs none. */
export const CONDITIONS = [
  'silent',
  'paused',
  'noticed',
  'running',
  'waiting',
  'admitted',
  'expected',
  'absent',
  'ended',
  'void',
] as const;
export type Condition = (typeof CONDITIONS)[number];

export const CONDITION_LABELS: Readonly<Record<Condition, string>> = {
  silent: '失联',
  paused: '暂停中',
  noticed: '有异常',
  running: '作答中',
  waiting: '候考',
  admitted: '已入场',
  expected: '未到场',
  absent: '缺考',
  ended: '已结束',
  void: '已作废',
};

/** A device says something at least every 19 s (client/timing.ts); three times in a row is no accident. */
export const SILENT_MS = 60_000;

/** Signs for a person to look at; none of them says anything by itself (behaviour.md 2.5). */
export const signsOf = (tile: Tile): number => tile.focusLosses + tile.gaps + tile.marks + tile.incidents;

export interface TileMoment {
  readonly nowMs: number;
  /** Nobody enters after it. */
  readonly latestEntryAtMs: number;
}

export function conditionOf(tile: Tile, { nowMs, latestEntryAtMs }: TileMoment): Condition {
  if (tile.state === 'void') return 'void';
  if (tile.state === 'finalised') return 'ended';
  if (tile.state === 'none') {
    if (nowMs > latestEntryAtMs) return 'absent';
    return tile.admittedAtMs === null ? 'expected' : 'admitted';
  }
  if (tile.startedAtMs !== null && nowMs < tile.startedAtMs) return 'waiting';
  if (tile.pausedAtMs !== null) return 'paused';
  if (nowMs - (tile.heardAtMs ?? 0) > SILENT_MS) return 'silent';
  return signsOf(tile) > 0 || tile.epoch > 1 ? 'noticed' : 'running';
}

/** Answering time left; null while there is none to count. */
export function timeLeftMs(tile: Tile, nowMs: number): number | null {
  if (tile.state !== 'in_progress' || tile.deadlineAtMs === null) return null;
  return Math.max(0, tile.deadlineAtMs - (tile.pausedAtMs ?? nowMs));
}

const seatOrder = (a: Tile, b: Tile): number =>
  (a.roomNo ?? 0) - (b.roomNo ?? 0) ||
  (a.seatNo ?? 0) - (b.seatNo ?? 0) ||
  (a.ticketNo < b.ticketNo ? -1 : 1);

/** Worst first: by condition, within it the longest silent, the longest paused, the most signs; then by seat. */
export function worstFirst(tiles: readonly Tile[], moment: TileMoment): Tile[] {
  const ranked = tiles.map((tile) => {
    const condition = conditionOf(tile, moment);
    const weight =
      condition === 'silent'
        ? moment.nowMs - (tile.heardAtMs ?? 0)
        : condition === 'paused'
          ? moment.nowMs - (tile.pausedAtMs ?? 0)
          : condition === 'noticed'
            ? signsOf(tile)
            : 0;
    return { tile, rank: CONDITIONS.indexOf(condition), weight };
  });
  ranked.sort((a, b) => a.rank - b.rank || b.weight - a.weight || seatOrder(a.tile, b.tile));
  return ranked.map(({ tile }) => tile);
}

export interface TileFilter {
  readonly roomId: string | null;
  readonly condition: Condition | null;
  /** Part of name, unit, ticket or seat; empty = all. */
  readonly q: string;
}

export const seatText = (tile: Pick<Tile, 'roomNo' | 'seatNo'>): string =>
  tile.seatNo === null ? '' : `${tile.roomNo ?? ''}-${String(tile.seatNo).padStart(2, '0')}`;

export function filterTiles(tiles: readonly Tile[], filter: TileFilter, moment: TileMoment): Tile[] {
  return tiles.filter(
    (tile) =>
      (filter.roomId === null || tile.roomId === filter.roomId) &&
      (filter.condition === null || conditionOf(tile, moment) === filter.condition) &&
      (filter.q === '' ||
        [tile.name, tile.unitName, tile.ticketNo, seatText(tile)].some((text) => text.includes(filter.q))),
  );
}

export type ConditionCounts = Readonly<Record<Condition, number>>;

export function countConditions(tiles: readonly Tile[], moment: TileMoment): ConditionCounts {
  const counts = Object.fromEntries(CONDITIONS.map((one) => [one, 0])) as Record<Condition, number>;
  for (const tile of tiles) counts[conditionOf(tile, moment)] += 1;
  return counts;
}

/** Keeps tiles where a person is about to click: known ones in their old places, new ones behind them. */
export function holdOrder(previousIds: readonly string[], tiles: readonly Tile[]): Tile[] {
  const byId = new Map(tiles.map((tile) => [tile.registrationId, tile]));
  const known = previousIds.flatMap((id) => byId.get(id) ?? []);
  const knownIds = new Set(previousIds);
  return [...known, ...tiles.filter((tile) => !knownIds.has(tile.registrationId))];
}
