import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { Watch } from './scope.server.ts';
import { roomIdsOf, takeWatch } from './scope.server.ts';
import type { TilesOf } from './shared-tiles.server.ts';
import { tilesNow } from './shared-tiles.server.ts';
import type { ConditionCounts, Tile, TileFilter, TileMoment } from './tile.ts';
import { CONDITIONS, countConditions, filterTiles, worstFirst } from './tile.ts';

/** What the page shows and what it asks for again every two seconds. */
export interface Board extends TileMoment {
  /** A remote sitting rests as a whole since then; null while it does not. */
  readonly pausedAtMs: number | null;
  readonly rooms: readonly {
    readonly id: string;
    readonly no: number;
    readonly name: string;
    readonly pausedAtMs: number | null;
  }[];
  /** Of everybody in reach, whatever the filter. */
  readonly counts: ConditionCounts;
  readonly total: number;
  /** Worst first. */
  readonly tiles: readonly Tile[];
}

export interface BoardPage {
  readonly sitting: Watch['sitting'];
  readonly isBureau: boolean;
  readonly board: Board;
}

const MAX_QUERY = 50;

/** Filter as it stands in the URL; what is unknown there filters nothing. */
export function readTileFilter(search: URLSearchParams): TileFilter {
  const room = search.get('room') ?? '';
  const state = search.get('state');
  return {
    roomId: isId(room) ? room : null,
    condition: CONDITIONS.find((condition) => condition === state) ?? null,
    q: (search.get('q') ?? '').trim().slice(0, MAX_QUERY),
  };
}

/**
 * The board of one sitting within the viewer's rooms. Refuses FORBIDDEN, NOT_FOUND.
 * @param tilesOf how fresh it must be
 */
export async function viewBoard(
  ctx: ActorCtx,
  sittingId: string,
  filter: TileFilter,
  tilesOf: TilesOf = tilesNow,
): Promise<Outcome<BoardPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeWatch(ctx, sittingId);
  if (!taken.ok) return taken;
  const { sitting, rooms, isBureau } = taken.value;
  const tiles = await tilesOf(ctx.pool, sittingId, roomIdsOf(taken.value));
  const moment = { nowMs: ctx.clock.now().getTime(), latestEntryAtMs: sitting.latestEntryAt.getTime() };
  return done({
    sitting,
    isBureau,
    board: {
      ...moment,
      pausedAtMs: sitting.pausedAt?.getTime() ?? null,
      rooms: rooms.map(({ id, no, name, pausedAt }) => ({
        id,
        no,
        name,
        pausedAtMs: pausedAt?.getTime() ?? null,
      })),
      counts: countConditions(tiles, moment),
      total: tiles.length,
      tiles: worstFirst(filterTiles(tiles, filter, moment), moment),
    },
  });
}
