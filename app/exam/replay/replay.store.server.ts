import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { frozenPaper } from '../paper/frozen-paper.schema.ts';
import type { RegistrationStatus } from '../sitting/registration.ts';

const attemptRow = z.object({
  attemptId: z.string(),
  regionId: z.string(),
  sittingId: z.string(),
  registrationId: z.string(),
  title: z.string(),
  personName: z.string(),
  idNumberMasked: z.string(),
  unitName: z.string(),
  ticketNo: z.string(),
  startedAt: z.date(),
  finalisedAt: z.date().nullable(),
  closeAt: z.date(),
  content: frozenPaper,
  contentHash: z.string(),
});
export type ReplayAttempt = z.infer<typeof attemptRow>;

/** Whoever stands like this, without a sitting, may still be given one of the batch. */
const MAY_YET_SIT: readonly RegistrationStatus[] = [
  'registered',
  'first_checked',
  'approved',
  'returned',
  'deferred',
];

const ownStanding = z.object({ isOwn: z.boolean(), sitsThere: z.boolean(), isOpen: z.boolean() });

/**
 * What a person has to do with an attempt: it is their own; they are registered for its sitting or batch, in whatever
 * standing, or have ever held a ticket of the sitting; somebody of the sitting or batch may still start or write, on a screen
 * or on paper, or they themselves may yet be given a sitting: all sittings of a batch are drawn from one bank.
 * @param personKey natural person (`personKeyOf`)
 */
export async function findOwnStanding(
  pool: Pool,
  asked: { readonly attemptId: string; readonly personKey: string; readonly now: Date },
): Promise<z.infer<typeof ownStanding>> {
  const { rows } = await pool.query({
    name: 'replay-own-standing',
    text: `with seen as (select r.person_id, s.id, s.batch_id from attempt a
             join exam_registration r on r.id = a.registration_id join exam_sitting s on s.id = r.sitting_id
             where a.id = $1),
           own as (select o.sitting_id, o.status from seen join exam_registration o on o.person_id = $2
             and (o.sitting_id = seen.id or o.batch_id = seen.batch_id or exists (select from exam_ticket t
               where t.registration_id = o.id and t.sitting_id = seen.id)))
           select seen.person_id = $2 as "isOwn", exists (select from own) as "sitsThere",
             exists (select from own where sitting_id is null and status = any($4::text[]))
             or exists (select from exam_sitting s where (s.id = seen.id or s.batch_id = seen.batch_id)
               and ((s.hard_end_at > $3 and s.status <> 'cancelled') or exists (select from attempt b
                 join exam_registration q on q.id = b.registration_id
                 where q.sitting_id = s.id and b.state = 'in_progress'))) as "isOpen"
           from seen`,
    values: [asked.attemptId, asked.personKey, asked.now, MAY_YET_SIT],
  });
  return z.array(ownStanding).parse(rows)[0] ?? { isOwn: false, sitsThere: false, isOpen: false };
}

/** An attempt with its paper; null when there is none. The caller checks the region. */
export async function findReplayAttempt(pool: Pool, attemptId: string): Promise<ReplayAttempt | null> {
  const { rows } = await pool.query({
    name: 'replay-attempt',
    text: `select a.id as "attemptId", s.region_id as "regionId", s.id as "sittingId", r.id as "registrationId", s.title,
             p.name as "personName", p.id_number_masked as "idNumberMasked", u.name as "unitName",
             r.ticket_no as "ticketNo", a.started_at as "startedAt", a.finalised_at as "finalisedAt",
             a.close_at as "closeAt", q.content, q.content_hash as "contentHash"
           from attempt a join paper q on q.id = a.paper_id join exam_registration r on r.id = a.registration_id
           join person p on p.id = r.person_id join exam_sitting s on s.id = r.sitting_id
           join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
             order by valid_from desc limit 1) u on true
           where a.id = $1`,
    values: [attemptId],
  });
  return z.array(attemptRow).parse(rows)[0] ?? null;
}

const answerRow = z.object({
  epoch: z.number(),
  seq: z.number(),
  position: z.number(),
  choice: z.string(),
  standing: z.enum(['counted', 'late', 'foreign', 'after_hand_in']),
  receivedAt: z.date(),
  /** When a review decided that this late answer counts; null where none did. */
  countedLateAt: z.date().nullable(),
  clientTime: z.string().nullable(),
});

/** The whole journal of an attempt, whatever it counts for, late answers with the moment at which they came to count. */
export async function listJournal(pool: Pool, attemptId: string): Promise<z.infer<typeof answerRow>[]> {
  const { rows } = await pool.query({
    name: 'replay-journal',
    text: `select e.epoch, e.seq, e.position, p.choice, e.standing, e.received_at as "receivedAt",
             (select min(d.decided_at) from late_decision_answer l join late_decision d on d.id = l.late_decision_id
              where l.answer_event_id = e.id and d.state = 'confirmed') as "countedLateAt",
             p.client_time as "clientTime"
           from answer_event e join answer_payload p on p.answer_event_id = e.id
           where e.attempt_id = $1 order by e.received_at, e.epoch, e.seq`,
    values: [attemptId],
  });
  return z.array(answerRow).parse(rows);
}

const eventRow = z.object({
  id: z.string(),
  kind: z.string(),
  epoch: z.number(),
  detail: z.record(z.string(), z.unknown()),
  actorName: z.string().nullable(),
  occurredAt: z.date(),
});

export async function listReplayEvents(pool: Pool, attemptId: string): Promise<z.infer<typeof eventRow>[]> {
  const { rows } = await pool.query({
    name: 'replay-events',
    text: `select e.id, e.kind, e.epoch, e.detail, c.display_name as "actorName", e.occurred_at as "occurredAt"
           from attempt_event e join attempt a on a.id = e.attempt_id
           left join account c on c.id = e.actor_id and c.id <> a.account_id
           where e.attempt_id = $1 order by e.occurred_at, e.id`,
    values: [attemptId],
  });
  return z.array(eventRow).parse(rows);
}

const messageRow = z.object({ id: z.string(), text: z.string(), occurredAt: z.date() });

/** What was told to the sitting, the room or this candidate while the attempt ran. */
export async function listReplayMessages(
  pool: Pool,
  attemptId: string,
): Promise<z.infer<typeof messageRow>[]> {
  const { rows } = await pool.query({
    name: 'replay-messages',
    text: `select m.id, m.text, m.occurred_at as "occurredAt"
           from attempt a join exam_registration r on r.id = a.registration_id
           join exam_message m on m.sitting_id = r.sitting_id
             and (m.attempt_id = a.id or (m.attempt_id is null and (m.room_id is null or m.room_id = r.room_id)))
             and m.occurred_at between a.started_at and coalesce(a.finalised_at, a.close_at)
           where a.id = $1 order by m.occurred_at`,
    values: [attemptId],
  });
  return z.array(messageRow).parse(rows);
}

export async function insertVisit(
  tx: Tx,
  visit: { id: string; attemptId: string; accountId: string; reason: string; openedAt: Date },
): Promise<void> {
  await tx.replayVisit.create({ data: visit });
}

const visitRow = z.object({ reason: z.string(), openedAt: z.date(), viewerName: z.string() });

/** A visit of this person to this attempt that began after `since`; null when there is none. */
export async function findVisit(
  pool: Pool,
  visit: { id: string; attemptId: string; accountId: string; since: Date },
): Promise<z.infer<typeof visitRow> | null> {
  const { rows } = await pool.query({
    name: 'replay-visit',
    text: `select v.reason, v.opened_at as "openedAt", c.display_name as "viewerName"
           from replay_visit v join account c on c.id = v.account_id
           where v.id = $1 and v.attempt_id = $2 and v.account_id = $3 and v.opened_at > $4`,
    values: [visit.id, visit.attemptId, visit.accountId, visit.since],
  });
  return z.array(visitRow).parse(rows)[0] ?? null;
}
