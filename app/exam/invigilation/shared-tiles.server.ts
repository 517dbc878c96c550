import type { Pool } from '#app/platform/db/db.server.ts';
import { listTiles } from './board.store.server.ts';
import type { Tile } from './tile.ts';

/** Tiles of a sitting, narrowed to some rooms (null = everybody). */
export type TilesOf = (
  pool: Pool,
  sittingId: string,
  roomIds: readonly string[] | null,
) => Promise<readonly Tile[]>;

/** As they are now: for the page, and so for whoever has just done something. */
export const tilesNow: TilesOf = (pool, sittingId, roomIds) =>
  listTiles(pool, { sittingId, roomIds, registrationId: null });

/** So old may be what open boards are told; each asks again after 1.8 s. */
const SHARED_MS = 1_000;

interface Shared {
  /** Of the monotonic clock. */
  readonly askedAtMs: number;
  readonly tiles: Promise<readonly Tile[]>;
}

const sharedOf = new WeakMap<Pool, Map<string, Shared>>();

function askShared(pool: Pool, sittingId: string): Promise<readonly Tile[]> {
  const known = sharedOf.get(pool) ?? new Map<string, Shared>();
  sharedOf.set(pool, known);
  const nowMs = performance.now();
  for (const [id, { askedAtMs }] of known) if (nowMs - askedAtMs >= SHARED_MS) known.delete(id);
  const asked = known.get(sittingId);
  if (asked) return asked.tiles;
  const tiles = tilesNow(pool, sittingId, null);
  known.set(sittingId, { askedAtMs: nowMs, tiles });
  // A failure is told to whoever waits for it and to nobody after.
  tiles.catch(() => known.delete(sittingId));
  return tiles;
}

/**
 * For boards that stay open: one statement a second for a sitting and process, however many invigilators look. Asked for
 * the whole sitting and narrowed here; the caller says which rooms the viewer may see.
 */
export const tilesShared: TilesOf = async (pool, sittingId, roomIds) => {
  const tiles = await askShared(pool, sittingId);
  if (roomIds === null) return tiles;
  const rooms = new Set(roomIds);
  return tiles.filter(({ roomId }) => roomId !== null && rooms.has(roomId));
};
