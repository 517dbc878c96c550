import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { frozenPaper } from '../../paper/frozen-paper.schema.ts';
import type { PrintedPaper } from './printed-data.ts';

const printedRow = z.object({
  paperId: z.string(),
  ticketNo: z.string(),
  name: z.string(),
  unitName: z.string(),
  roomName: z.string().nullable(),
  roomNo: z.number().nullable(),
  seatNo: z.number().nullable(),
  variant: z.enum(['A', 'B']).nullable(),
  contentHash: z.string(),
  content: frozenPaper,
});

/** Sealed papers of a sitting with whose they are, by room and seat; only for who may still sit. */
export async function listPrintedPapers(
  pool: Pool,
  sittingId: string,
  roomNo: number | null,
): Promise<PrintedPaper[]> {
  const { rows } = await pool.query({
    name: 'exam-printed-papers',
    text: `select q.id as "paperId", r.ticket_no as "ticketNo", p.name, u.name as "unitName", m.name as "roomName",
             m.no as "roomNo", r.seat_no as "seatNo", q.variant, q.content_hash as "contentHash", q.content
           from paper q join exam_registration r on r.id = q.registration_id and r.status = 'approved'
             join person p on p.id = r.person_id
             join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
               order by valid_from desc limit 1) u on true
             left join exam_room m on m.id = r.room_id
           where r.sitting_id = $1 and q.seal_id is not null and ($2::int is null or m.no = $2)
           order by m.no nulls last, r.seat_no, r.ticket_no`,
    values: [sittingId, roomNo],
  });
  return z.array(printedRow).parse(rows);
}

const roomRow = z.object({ id: z.string(), no: z.number(), name: z.string() });

export async function listRooms(pool: Pool, sittingId: string): Promise<z.infer<typeof roomRow>[]> {
  const { rows } = await pool.query({
    name: 'exam-printed-rooms',
    text: `select id, no, name from exam_room where sitting_id = $1 order by no`,
    values: [sittingId],
  });
  return z.array(roomRow).parse(rows);
}
