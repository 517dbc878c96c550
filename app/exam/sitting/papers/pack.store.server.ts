import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { WAS_EXPECTED } from '../was-expected.ts';

const sittingRow = z.object({
  id: z.string(),
  title: z.string(),
  regionId: z.string(),
  batchId: z.string().nullable(),
  opensAt: z.date(),
  latestEntryAt: z.date(),
  hardEndAt: z.date(),
  checkInFrom: z.date().nullable(),
  durationSeconds: z.number(),
  earliestHandInSeconds: z.number(),
});
export type PackSitting = z.infer<typeof sittingRow>;

/** What the papers of a whole exam say about the sitting. */
export async function findPackSitting(pool: Pool, sittingId: string): Promise<PackSitting | null> {
  const { rows } = await pool.query({
    name: 'exam-pack-sitting',
    text: `select id, title, region_id as "regionId", batch_id as "batchId", opens_at as "opensAt",
             latest_entry_at as "latestEntryAt", hard_end_at as "hardEndAt", check_in_from as "checkInFrom",
             duration_seconds as "durationSeconds", earliest_hand_in_seconds as "earliestHandInSeconds"
           from exam_sitting where id = $1`,
    values: [sittingId],
  });
  return z.array(sittingRow).parse(rows)[0] ?? null;
}

const holderRow = z.object({
  registrationId: z.string(),
  personId: z.string(),
  ticketNo: z.string(),
  name: z.string(),
  sex: z.string(),
  idNumberMasked: z.string(),
  unitName: z.string(),
  roomId: z.string().nullable(),
  seatNo: z.number().nullable(),
});
export type TicketHolder = z.infer<typeof holderRow>;

/**
 * Everybody expected at the sitting, by room and seat; who sits nowhere (at a distance) by ticket. All papers of a day name
 * the same people, also when they are drawn again after somebody absent was excused.
 */
export async function listTicketHolders(pool: Pool, sittingId: string): Promise<TicketHolder[]> {
  const { rows } = await pool.query({
    name: 'exam-pack-holders',
    text: `select r.id as "registrationId", p.id::text as "personId", r.ticket_no as "ticketNo", p.name, p.sex,
             p.id_number_masked as "idNumberMasked", u.name as "unitName", r.room_id as "roomId", r.seat_no as "seatNo"
           from exam_registration r join person p on p.id = r.person_id left join exam_room o on o.id = r.room_id
             join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
               order by valid_from desc limit 1) u on true
           where r.sitting_id = $1 and ${WAS_EXPECTED} order by o.no nulls last, r.seat_no, r.ticket_no`,
    values: [sittingId],
  });
  return z.array(holderRow).parse(rows);
}

const roomRow = z.object({
  id: z.string(),
  name: z.string(),
  place: z.string(),
  rows: z.number(),
  columns: z.number(),
  invigilators: z.array(z.string()),
});
export type PackRoom = z.infer<typeof roomRow>;

/** Rooms of the sitting with the names of their invigilators. */
export async function listPackRooms(pool: Pool, sittingId: string): Promise<PackRoom[]> {
  const { rows } = await pool.query({
    name: 'exam-pack-rooms',
    text: `select r.id, r.name, r.place, r.seat_rows as rows, r.seat_columns as columns,
             array(select a.display_name from exam_room_invigilator i join account a on a.id = i.account_id
               where i.room_id = r.id order by a.display_name) as invigilators
           from exam_room r where r.sitting_id = $1 order by r.no`,
    values: [sittingId],
  });
  return z.array(roomRow).parse(rows);
}
