import { z } from 'zod';
import type { Db, Pool, Tx } from '#app/platform/db/db.server.ts';
import { SITTING_STATUSES } from '../sitting/sitting-list.ts';
import type { Seated, Sitter } from './layout-board.ts';

const sittingRow = z.object({
  id: z.string(),
  title: z.string(),
  regionId: z.string(),
  batchId: z.string().nullable(),
  batchTitle: z.string().nullable(),
  status: z.enum(SITTING_STATUSES),
  placeMode: z.enum(['rooms', 'remote']),
  needsAccessCode: z.boolean(),
  opensAt: z.date(),
  latestEntryAt: z.date(),
  hardEndAt: z.date(),
  checkInFrom: z.date().nullable(),
  durationSeconds: z.number(),
  earliestHandInSeconds: z.number(),
  ipRanges: z.array(z.string()),
  version: z.number(),
});
export type SeatingSitting = z.infer<typeof sittingRow>;

/** One sitting as seating sees it; null when there is none. The caller checks that the viewer reaches its region. */
export async function findSeatingSitting(pool: Pool, sittingId: string): Promise<SeatingSitting | null> {
  const { rows } = await pool.query({
    name: 'exam-seating-sitting',
    text: `select s.id, s.title, s.region_id as "regionId", s.batch_id as "batchId", b.title as "batchTitle", s.status,
             s.place_mode as "placeMode", s.needs_access_code as "needsAccessCode", s.opens_at as "opensAt",
             s.latest_entry_at as "latestEntryAt", s.hard_end_at as "hardEndAt", s.check_in_from as "checkInFrom",
             s.duration_seconds as "durationSeconds", s.earliest_hand_in_seconds as "earliestHandInSeconds",
             s.ip_ranges as "ipRanges", s.version
           from exam_sitting s left join exam_batch b on b.id = s.batch_id where s.id = $1`,
    values: [sittingId],
  });
  return z.array(sittingRow).parse(rows)[0] ?? null;
}

const otherRow = z.object({ id: z.string(), title: z.string(), opensAt: z.date() });
export type OtherSitting = z.infer<typeof otherRow>;

/** Sittings of the same batch that can still be entered, the next one first; none where the sitting stands alone. */
export async function listOtherSittings(
  reader: Db | Tx,
  sitting: Pick<SeatingSitting, 'id' | 'batchId'>,
  now: Date,
): Promise<OtherSitting[]> {
  const rows = await reader.$queryRaw`
    select id::text, title, opens_at as "opensAt" from exam_sitting
    where batch_id = ${sitting.batchId}::uuid and id <> ${sitting.id}::uuid and status = 'published'
      and latest_entry_at > ${now} order by opens_at, id`;
  return z.array(otherRow).parse(rows);
}

const roomRow = z.object({
  id: z.string(),
  no: z.number(),
  name: z.string(),
  place: z.string(),
  rows: z.number(),
  columns: z.number(),
  ipRanges: z.array(z.string()),
  hasCode: z.boolean(),
  version: z.number(),
  seatedCount: z.number(),
  invigilatorIds: z.array(z.string()),
});
export type RoomRow = z.infer<typeof roomRow>;

const ROOMS_SQL = `
  select r.id::text, r.no, r.name, r.place, r.seat_rows as rows, r.seat_columns as columns, r.ip_ranges as "ipRanges",
    r.access_code_cipher is not null as "hasCode", r.version,
    (select count(*)::int from exam_registration g where g.room_id = r.id) as "seatedCount",
    array(select i.account_id::text from exam_room_invigilator i where i.room_id = r.id order by i.assigned_at, i.account_id)
      as "invigilatorIds"
  from exam_room r where r.sitting_id = $1::uuid order by r.no`;

/** Rooms of a sitting in the order in which they are filled. */
export async function listRooms(reader: Db | Tx, sittingId: string): Promise<RoomRow[]> {
  return z.array(roomRow).parse(await reader.$queryRawUnsafe(ROOMS_SQL, sittingId));
}

const seatedRow = z.object({
  id: z.string(),
  unitId: z.string(),
  roomId: z.string(),
  seatNo: z.number(),
});

/** Everybody who sits in this sitting. */
export async function listSeated(reader: Db | Tx, sittingId: string): Promise<Seated[]> {
  const rows = await reader.$queryRaw`
    select id::text, unit_id::text as "unitId", room_id::text as "roomId", seat_no as "seatNo"
    from exam_registration where sitting_id = ${sittingId}::uuid and room_id is not null order by room_id, seat_no`;
  return z.array(seatedRow).parse(rows);
}

const waitingRow = z.object({ id: z.string(), unitId: z.string(), ticketNo: z.string().nullable() });
export interface WaitingSitter extends Sitter {
  /** Given already (a sitting without batch); null until seats are laid out. */
  readonly ticketNo: string | null;
}

/**
 * Approved people without a seat who belong here: of this sitting, and of its batch while they have no sitting. The
 * earliest registered first. @param only these registrations; null for all
 */
export async function listWaiting(
  reader: Db | Tx,
  sitting: Pick<SeatingSitting, 'id' | 'batchId'>,
  only: readonly string[] | null = null,
): Promise<WaitingSitter[]> {
  const rows = await reader.$queryRaw`
    select id::text, unit_id::text as "unitId", ticket_no as "ticketNo" from exam_registration
    where status = 'approved' and room_id is null
      and (sitting_id = ${sitting.id}::uuid or (sitting_id is null and batch_id = ${sitting.batchId}::uuid))
      and (${only === null} or id = any(${only === null ? [] : [...only]}::uuid[]))
    order by registered_at, id`;
  return z.array(waitingRow).parse(rows);
}

const lockedRow = z.object({ status: z.enum(SITTING_STATUSES), latestEntryAt: z.date() });
/** How a sitting stands once its lock is held: what was read before may be out of date. */
export type LockedSitting = z.infer<typeof lockedRow>;

/** The sitting's own row, so that one layout comes after the other; null when it is gone. */
export async function lockSitting(tx: Tx, sittingId: string): Promise<LockedSitting | null> {
  const rows = await tx.$queryRaw`
    select status, latest_entry_at as "latestEntryAt" from exam_sitting where id = ${sittingId}::uuid for update`;
  return z.array(lockedRow).parse(rows)[0] ?? null;
}

/**
 * True once somebody has begun, or waits for the bell with the paper on the machine: seats and date stand from then on. A
 * void attempt is none: an exam that was broken off is held again by voiding what was begun and moving the date.
 */
export async function hasStarted(reader: Db | Tx, sittingId: string): Promise<boolean> {
  const rows = await reader.$queryRaw<unknown[]>`
    select 1 from attempt a join exam_registration r on r.id = a.registration_id
    where r.sitting_id = ${sittingId}::uuid and a.state <> 'void' limit 1`;
  return rows.length > 0;
}

/**
 * The rooms of a sitting, in the order in which acts on them and starts take them; the sitting's own lock comes before,
 * those of registrations after. @returns their ids
 */
export async function lockRooms(tx: Tx, sittingId: string): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select id::text from exam_room where sitting_id = ${sittingId}::uuid order by id for no key update`;
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map((row) => row.id);
}

export interface NewSeat {
  readonly registrationId: string;
  readonly sittingId: string;
  readonly roomId: string;
  readonly seatNo: number;
  readonly ticketNo: string;
}

/**
 * Gives seats and tickets to registrations that are approved and have none. @returns how many were given; fewer than
 * asked when one was changed meanwhile
 */
export async function writeSeats(tx: Tx, seats: readonly NewSeat[]): Promise<number> {
  return tx.$executeRaw`
    update exam_registration r set sitting_id = n.sitting, room_id = n.room, seat_no = n.seat, ticket_no = n.ticket,
      version = r.version + 1
    from unnest(${seats.map((one) => one.registrationId)}::uuid[], ${seats.map((one) => one.sittingId)}::uuid[],
      ${seats.map((one) => one.roomId)}::uuid[], ${seats.map((one) => one.seatNo)}::int[],
      ${seats.map((one) => one.ticketNo)}::text[]) as n(id, sitting, room, seat, ticket)
    where r.id = n.id and r.status = 'approved' and r.room_id is null
      and (r.sitting_id is null or r.sitting_id = n.sitting)`;
}

const layoutRow = z.object({ seed: z.string() });

/** Seed of the first layout of a sitting: late registrations are seated with it too. */
export async function findLayoutSeed(reader: Db | Tx, sittingId: string): Promise<string | null> {
  const rows = await reader.$queryRaw`
    select seed from exam_seating_event where sitting_id = ${sittingId}::uuid and kind = 'laid_out'
    order by occurred_at, id limit 1`;
  return z.array(layoutRow).parse(rows)[0]?.seed ?? null;
}

/**
 * Whoever was excused from the exam that was not held keeps no seat on its new day, and, with no paper drawn, no place in it.
 */
export async function freeSeatsOfExcused(tx: Tx, sittingId: string): Promise<void> {
  await tx.$executeRaw`
    with excused as (
      select r.id, exists (select from paper p where p.registration_id = r.id)
        or exists (select from attempt a where a.registration_id = r.id) as is_bound
      from exam_registration r where r.sitting_id = ${sittingId}::uuid and r.status <> 'approved' and r.room_id is not null
    )
    update exam_registration r set room_id = null, seat_no = null, version = r.version + 1,
      sitting_id = case when e.is_bound or r.batch_id is null then r.sitting_id end,
      ticket_no = case when e.is_bound or r.batch_id is null then r.ticket_no end
    from excused e where e.id = r.id`;
}
