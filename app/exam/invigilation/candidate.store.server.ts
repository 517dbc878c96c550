import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { limitNow } from '#app/platform/http/rate-limit.server.ts';
import { codeBlockedSecondsSql } from '../seating/code-tries.ts';

const candidateRow = z.object({
  registrationId: z.string(),
  personId: z.string(),
  hasPhoto: z.boolean(),
  roomId: z.string().nullable(),
  name: z.string(),
  idNumberMasked: z.string(),
  unitName: z.string(),
  ticketNo: z.string(),
  startedAt: z.date().nullable(),
  closeAt: z.date().nullable(),
  /** Seconds for which no code of the room is taken after too many wrong ones; null while one is. */
  codeBlockedSeconds: z.number().nullable(),
});
export type WatchedCandidate = z.infer<typeof candidateRow>;

/** One candidate of a sitting, within these rooms (null = the whole sitting); null when not within reach. */
export async function findCandidate(
  pool: Pool,
  input: { sittingId: string; registrationId: string; roomIds: readonly string[] | null },
): Promise<WatchedCandidate | null> {
  const { rows } = await pool.query({
    name: 'invigilation-candidate',
    text: `select r.id as "registrationId", p.id as "personId", r.room_id as "roomId", p.name, p.id_number_masked as "idNumberMasked",
             exists (select 1 from person_photo_payload f where f.person_id = p.id) as "hasPhoto",
             u.name as "unitName", r.ticket_no as "ticketNo", a.started_at as "startedAt", a.close_at as "closeAt",
             case when a.id is null and r.admitted_at is null then ${codeBlockedSecondsSql('r.id', '$4')} end
               as "codeBlockedSeconds"
           from exam_registration r join person p on p.id = r.person_id
           join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
             order by valid_from desc limit 1) u on true
           left join lateral (select * from attempt x where x.registration_id = r.id
             order by x.attempt_no desc limit 1) a on true
           where r.sitting_id = $1 and r.id = $2 and r.status = 'approved'
             and ($3::uuid[] is null or r.room_id = any($3))`,
    values: [input.sittingId, input.registrationId, input.roomIds, limitNow()],
  });
  return z.array(candidateRow).parse(rows)[0] ?? null;
}

/** Whether somebody still answers in the sitting, also in another room; a paused attempt does. */
export async function hasRunningAttempt(pool: Pool, sittingId: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'invigilation-has-running-attempt',
    text: `select 1 from exam_registration r join attempt a on a.registration_id = r.id
           where r.sitting_id = $1 and a.state = 'in_progress' limit 1`,
    values: [sittingId],
  });
  return rowCount === 1;
}

const eventRow = z.object({
  id: z.string(),
  kind: z.string(),
  epoch: z.number().nullable(),
  detail: z.record(z.string(), z.unknown()),
  actorName: z.string().nullable(),
  occurredAt: z.date(),
});
export type CandidateEvent = z.infer<typeof eventRow>;

const MAX_EVENTS = 300;

/** Results and what is decided about them: told by the bureau, not by who watches the room. */
const OF_THE_RESULT = [
  'finalised',
  'regraded',
  'late_proposed',
  'late_declined',
  'void_proposed',
  'voided',
  'void_declined',
];

/**
 * What happened to a candidate on the day, newest first: admission, every event of the attempts, records left out.
 * @param withResults marks and decisions about them too: the bureau only
 */
export async function listCandidateEvents(
  pool: Pool,
  registrationId: string,
  withResults: boolean,
): Promise<CandidateEvent[]> {
  const { rows } = await pool.query({
    name: 'invigilation-candidate-events',
    text: `
      select e.id, e.kind, e.epoch, e.detail, c.display_name as "actorName", e.occurred_at as "occurredAt"
      from attempt a join attempt_event e on e.attempt_id = a.id
        left join account c on c.id = e.actor_id and c.id <> a.account_id
      where a.registration_id = $1 and e.kind <> all($2)
      union all
      select g.id, g.kind, null, jsonb_build_object('reason', g.reason_code, 'note', g.note), c.display_name,
        g.occurred_at
      from registration_event g left join account c on c.id = g.actor_id
      where g.registration_id = $1 and g.kind in ('admitted', 'admission_withdrawn')
      order by "occurredAt" desc, id desc limit ${MAX_EVENTS}`,
    values: [registrationId, withResults ? [] : OF_THE_RESULT],
  });
  return z.array(eventRow).parse(rows);
}
