import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Tile } from './tile.ts';

const tileRow = z.object({
  registrationId: z.string(),
  attemptId: z.string().nullable(),
  roomId: z.string().nullable(),
  roomNo: z.number().nullable(),
  seatNo: z.number().nullable(),
  name: z.string(),
  unitName: z.string(),
  ticketNo: z.string(),
  admittedAt: z.date().nullable(),
  state: z.enum(['none', 'in_progress', 'handed_in', 'expired', 'finalised', 'void']),
  isHandedIn: z.boolean(),
  answered: z.number(),
  itemCount: z.number(),
  startedAt: z.date().nullable(),
  deadlineAt: z.date().nullable(),
  pausedAt: z.date().nullable(),
  heardAt: z.date().nullable(),
  epoch: z.number(),
  isReleased: z.boolean(),
  focusLosses: z.number(),
  gaps: z.number(),
  marks: z.number(),
  incidents: z.number(),
});

/**
 * The whole board in one statement: who may sit, the latest attempt of each, what it has answered (the last counted
 * event of each position), when its present device was last heard, and what was noticed.
 */
const BOARD_SQL = `
  select r.id as "registrationId", a.id as "attemptId", r.room_id as "roomId", m.no as "roomNo",
    r.seat_no as "seatNo", p.name, u.name as "unitName", r.ticket_no as "ticketNo", r.admitted_at as "admittedAt",
    coalesce(a.state, 'none') as state, a.handed_in_at is not null as "isHandedIn",
    coalesce(n.answered, 0)::int as answered, coalesce(a.item_count, 0) as "itemCount", a.started_at as "startedAt",
    a.deadline_at as "deadlineAt",
    a.paused_at as "pausedAt", greatest(a.started_at, l.received_at, c.heard_at) as "heardAt",
    coalesce(a.device_epoch, 0) as epoch, a.device_released_at is not null as "isReleased",
    coalesce(e.losses, 0)::int as "focusLosses", coalesce(e.gaps, 0)::int as gaps, coalesce(e.marks, 0)::int as marks,
    coalesce(i.incidents, 0)::int as incidents
  from exam_registration r
  join person p on p.id = r.person_id
  join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
    order by valid_from desc limit 1) u on true
  left join exam_room m on m.id = r.room_id
  left join lateral (select * from attempt x where x.registration_id = r.id order by x.attempt_no desc limit 1) a on true
  left join lateral (select received_at from answer_event where attempt_id = a.id and epoch = a.device_epoch
    order by seq desc limit 1) l on true
  left join attempt_contact c on c.attempt_id = a.id
  left join lateral (
    select count(*) filter (where not exists (
      select 1 from answer_payload y where y.answer_event_id = last.id and y.choice = '')) as answered
    from (select distinct on (v.position) v.id from answer_event v
      where v.attempt_id = a.id and v.standing = 'counted'
      order by v.position, v.epoch desc, v.seq desc) last) n on true
  left join lateral (
    select count(*) filter (where kind = 'focus_lost' and detail -> 'paused' is null) as losses,
      count(*) filter (where kind = 'gap') as gaps, count(*) filter (where kind = 'marked_irregular') as marks
    from attempt_event where attempt_id = a.id) e on true
  left join lateral (select count(*) as incidents from exam_incident where registration_id = r.id
    and not exists (select 1 from exam_incident k where k.corrects_id = exam_incident.id)) i on true
  where r.sitting_id = $1 and r.status = 'approved' and ($2::uuid[] is null or r.room_id = any($2))
    and ($3::uuid is null or r.id = $3)`;

const ms = (instant: Date | null): number | null => instant?.getTime() ?? null;

/**
 * @param input.roomIds only these rooms; null = every candidate of the sitting
 * @param input.registrationId only this candidate; null = all
 */
export async function listTiles(
  pool: Pool,
  input: { sittingId: string; roomIds: readonly string[] | null; registrationId: string | null },
): Promise<Tile[]> {
  const { rows } = await pool.query({
    name: 'invigilation-board',
    text: BOARD_SQL,
    values: [input.sittingId, input.roomIds, input.registrationId],
  });
  return z
    .array(tileRow)
    .parse(rows)
    .map(({ admittedAt, startedAt, deadlineAt, pausedAt, heardAt, state, ...row }) => ({
      ...row,
      state: state === 'handed_in' || state === 'expired' ? 'finalised' : state,
      admittedAtMs: ms(admittedAt),
      startedAtMs: ms(startedAt),
      deadlineAtMs: ms(deadlineAt),
      pausedAtMs: ms(pausedAt),
      heardAtMs: ms(heardAt),
    }));
}
