import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { REGISTRATION_STATUSES } from '../sitting/registration.ts';
import { SITTING_STATUSES } from '../sitting/sitting-list.ts';

const ticketRow = z.object({
  registrationId: z.string(),
  personId: z.string(),
  personName: z.string(),
  idNumberHash: z.instanceof(Buffer),
  status: z.enum(REGISTRATION_STATUSES),
  regionId: z.string(),
  unitId: z.string(),
  sittingStatus: z.enum(SITTING_STATUSES),
  opensAt: z.date(),
  checkInFrom: z.date().nullable(),
  hardEndAt: z.date(),
  /** The invigilator has let the person in. */
  admittedAt: z.date().nullable(),
  ipRanges: z.array(z.string()),
  /** Account of an attempt that was begun: it is gone on with. */
  attemptAccountId: z.string().nullable(),
  isRunning: z.boolean(),
});
export type TicketRow = z.infer<typeof ticketRow>;

/** The registration whose ticket in force has this number; null for unknown and void numbers. */
export async function findTicket(pool: Pool, ticketNo: string): Promise<TicketRow | null> {
  const { rows } = await pool.query({
    name: 'exam-door-ticket',
    text: `select g.id as "registrationId", g.person_id as "personId", p.name as "personName",
             p.id_number_hash as "idNumberHash", g.admitted_at as "admittedAt", g.status, s.region_id as "regionId", g.unit_id as "unitId",
             s.status as "sittingStatus", s.opens_at as "opensAt", s.check_in_from as "checkInFrom",
             s.hard_end_at as "hardEndAt",
             case when cardinality(o.ip_ranges) > 0 then o.ip_ranges else s.ip_ranges end as "ipRanges",
             t.account_id as "attemptAccountId", coalesce(t.state = 'in_progress', false) as "isRunning"
           from exam_registration g join person p on p.id = g.person_id join exam_sitting s on s.id = g.sitting_id
             left join exam_room o on o.id = g.room_id
             left join lateral (select a.account_id, a.state from attempt a join account c on c.id = a.account_id
               where a.registration_id = g.id and c.status = 'active' order by a.attempt_no desc limit 1) t on true
           where g.ticket_no = $1`,
    values: [ticketNo],
  });
  return z.array(ticketRow).parse(rows)[0] ?? null;
}
