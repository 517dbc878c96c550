import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

const planRow = z.object({
  registrationId: z.string(),
  personId: z.string(),
  name: z.string(),
  sex: z.string(),
  idNumberMasked: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  ticketNo: z.string(),
  roomId: z.string(),
  roomNo: z.number(),
  roomName: z.string(),
  roomPlace: z.string(),
  seatNo: z.number(),
  hasPhoto: z.boolean(),
  hasPaper: z.boolean(),
});
export type SeatedPerson = z.infer<typeof planRow>;

/** Everybody who sits in this sitting with names and units, by room and seat. */
export async function listSeatedPeople(pool: Pool, sittingId: string): Promise<SeatedPerson[]> {
  const { rows } = await pool.query({
    name: 'exam-seating-plan',
    text: `select g.id as "registrationId", p.id as "personId", p.name, p.sex, p.id_number_masked as "idNumberMasked",
             g.unit_id as "unitId", u.name as "unitName", g.ticket_no as "ticketNo", r.id as "roomId", r.no as "roomNo",
             r.name as "roomName", r.place as "roomPlace", g.seat_no as "seatNo",
             exists (select 1 from person_photo_payload y where y.person_id = p.id) as "hasPhoto",
             exists (select 1 from paper e where e.registration_id = g.id) as "hasPaper"
           from exam_registration g join person p on p.id = g.person_id join exam_room r on r.id = g.room_id
             join lateral (select name from unit_version where unit_id = g.unit_id and superseded_at is null
               order by valid_from desc limit 1) u on true
           where g.sitting_id = $1 and g.status = 'approved' order by r.no, g.seat_no`,
    values: [sittingId],
  });
  return z.array(planRow).parse(rows);
}
