import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { CHECK_LIFE_DAYS } from './check-life.ts';
import { DEVICE_VERDICTS } from './judge-device.ts';
import type { CheckState } from './sitting-checks.ts';

const row = z.object({
  registrationId: z.string(),
  personName: z.string(),
  ticketNo: z.string().nullable(),
  unitId: z.string(),
  roomName: z.string().nullable(),
  seatNo: z.number().nullable(),
  verdict: z.enum(DEVICE_VERDICTS).nullable(),
  seatLabel: z.string().nullable(),
  checkedAt: z.date().nullable(),
  rehearsedAt: z.date().nullable(),
  /** Rows of the whole answer, before its page was cut. */
  total: z.number(),
});
export type SittingCheckRow = z.infer<typeof row>;

/** The newest of a kind that says something about this sitting. */
const newest = (kind: 'check' | 'rehearsal'): string => `
  left join lateral (select c.verdict, c.seat_label, c.occurred_at from exam_device_check c
    where c.person_id = r.person_id and c.kind = '${kind}'
      and c.occurred_at between s.opens_at - interval '${CHECK_LIFE_DAYS} days' and s.hard_end_at
    order by c.occurred_at desc, c.id desc limit 1) as last_${kind} on true`;

const CANDIDATES = `
  from exam_registration r join exam_sitting s on s.id = r.sitting_id join person p on p.id = r.person_id
  left join exam_room m on m.id = r.room_id
  ${newest('check')} ${newest('rehearsal')}
  where r.sitting_id = $1 and r.status = 'approved' and ($2::uuid[] is null or r.room_id = any($2))`;

const STATE = `case when last_check.verdict is null then 'unchecked' else last_check.verdict end`;

export interface SittingChecksQuery {
  readonly sittingId: string;
  /** Rooms within reach; null = all candidates of the sitting. */
  readonly roomIds: readonly string[] | null;
  readonly state: CheckState | null;
  readonly text: string;
  readonly limit: number;
  readonly offset: number;
}

/** Candidates of a sitting with their newest check and rehearsal, by room and seat. */
export async function listSittingChecks(pool: Pool, query: SittingChecksQuery): Promise<SittingCheckRow[]> {
  const { rows } = await pool.query({
    name: 'device-check-sitting',
    text: `select r.id as "registrationId", p.name as "personName", r.ticket_no as "ticketNo", r.unit_id as "unitId",
             m.name as "roomName", r.seat_no as "seatNo", last_check.verdict,
             last_check.seat_label as "seatLabel", last_check.occurred_at as "checkedAt",
             last_rehearsal.occurred_at as "rehearsedAt", (count(*) over ())::int as total
           ${CANDIDATES} and ($3::text is null or ${STATE} = $3)
             and ($4 = '' or p.name like '%' || $4 || '%' or r.ticket_no like $4 || '%')
           order by m.no nulls last, r.seat_no nulls last, r.ticket_no, r.id limit $5 offset $6`,
    values: [
      query.sittingId,
      query.roomIds === null ? null : [...query.roomIds],
      query.state,
      query.text.replaceAll(/[%_\\]/g, ''),
      query.limit,
      query.offset,
    ],
  });
  return z.array(row).parse(rows);
}

const countRow = z.object({ state: z.string(), count: z.number() });

/** How many candidates stand in each state; all of them together are the sitting's candidates within reach. */
export async function countSittingChecks(
  pool: Pool,
  query: Pick<SittingChecksQuery, 'sittingId' | 'roomIds'>,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query({
    name: 'device-check-sitting-counts',
    text: `select ${STATE} as state, count(*)::int as count ${CANDIDATES} group by 1`,
    values: [query.sittingId, query.roomIds === null ? null : [...query.roomIds]],
  });
  return new Map(
    z
      .array(countRow)
      .parse(rows)
      .map(({ state, count }) => [state, count]),
  );
}
