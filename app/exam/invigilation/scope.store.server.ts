import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

const sittingRow = z.object({
  id: z.string(),
  title: z.string(),
  regionId: z.string(),
  opensAt: z.date(),
  latestEntryAt: z.date(),
  hardEndAt: z.date(),
  placeMode: z.enum(['rooms', 'remote']),
  startMode: z.enum(['own', 'bell']),
  needsDeviceRelease: z.boolean(),
  /** A remote sitting rests as a whole since then. */
  pausedAt: z.date().nullable(),
  isDemo: z.boolean(),
});
export type WatchedSitting = z.infer<typeof sittingRow>;

const roomRow = z.object({
  id: z.string(),
  no: z.number(),
  name: z.string(),
  place: z.string(),
  pausedAt: z.date().nullable(),
  isMine: z.boolean(),
});
export type WatchedRoom = z.infer<typeof roomRow>;

/** One published or closed sitting; null when there is none. The caller checks the scope. */
export async function findWatchedSitting(pool: Pool, sittingId: string): Promise<WatchedSitting | null> {
  const { rows } = await pool.query({
    name: 'invigilation-sitting',
    text: `select id, title, region_id as "regionId", opens_at as "opensAt", latest_entry_at as "latestEntryAt",
             hard_end_at as "hardEndAt", place_mode as "placeMode", start_mode as "startMode",
             needs_device_release as "needsDeviceRelease", paused_at as "pausedAt", is_demo as "isDemo"
           from exam_sitting where id = $1 and status in ('published', 'closed')`,
    values: [sittingId],
  });
  return z.array(sittingRow).parse(rows)[0] ?? null;
}

/** Rooms of a sitting in their order, and whether this account watches them. */
export async function listWatchedRooms(
  pool: Pool,
  sittingId: string,
  accountId: string,
): Promise<WatchedRoom[]> {
  const { rows } = await pool.query({
    name: 'invigilation-rooms',
    text: `select m.id, m.no, m.name, m.place, m.paused_at as "pausedAt",
             exists (select 1 from exam_room_invigilator i where i.room_id = m.id and i.account_id = $2) as "isMine"
           from exam_room m where m.sitting_id = $1 order by m.no`,
    values: [sittingId, accountId],
  });
  return z.array(roomRow).parse(rows);
}
