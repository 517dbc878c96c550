import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { fewRows } from '#app/platform/db/few-rows.ts';
import { limitNow } from '#app/platform/http/rate-limit.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { FrozenPaper } from '../paper/frozen-paper.ts';
import { paperHash } from '../paper/frozen-paper.ts';
import { codeBlockedSecondsSql } from '../seating/code-tries.ts';

/** A paper drawn for this very start. */
export interface DrawnPaper {
  readonly seed: string;
  readonly paper: FrozenPaper;
  readonly fullMarkHundredths: number;
  readonly passMarkHundredths: number;
}

export interface NewAttempt {
  /** Of the request that starts it. */
  readonly requestId: string;
  readonly registrationId: string;
  /** The ticket under which the start was decided. */
  readonly ticketNo: string;
  /** The settings under which it was decided. */
  readonly sittingVersion: number;
  readonly accountId: string;
  readonly attemptNo: number;
  readonly regionId: string;
  readonly unitId: string;
  /** Null when the paper of this try was sealed beforehand. */
  readonly drawn: DrawnPaper | null;
  /** When this is written. */
  readonly occurredAt: Date;
  /** Later than `occurredAt` for who waits for the bell with the paper on the machine (`ahead/`). */
  readonly startedAt: Date;
  readonly deadlineAt: Date;
  readonly closeAt: Date;
  readonly deviceKeyHash: Buffer;
}

/** SQL: the starts of a group as a table; one array per column, in the order of `valuesOfStarts`. */
const COLUMNS_SQL = `unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::int[], $6::uuid[], $7::uuid[],
  $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::bytea[], $13::uuid[],
  $14::uuid[], $15::uuid[], $16::text[], $17::bytea[], $18::text[], $19::int[])`;
const GIVEN_SQL = `${fewRows(COLUMNS_SQL, '$21')}
  as g(id, registration_id, ticket_no, account_id, attempt_no, region_id, unit_id, occurred_at, started_at,
    deadline_at, close_at, device_key_hash, event_id, rest_event_id, audit_id, request_id, payload_hash, detail, sitting_version)`;

/**
 * What follows the papers, in the same statement = the same transaction: the attempts, their first events, the audit rows.
 * A registration must still be approved, under the same ticket, and the sitting as it was read, whatever the page was told
 * before: 缓考, 退回, 改期 and 修改场次设置 decided meanwhile hold, and so do wrong codes typed meanwhile; the sitting must still be held: a start and a cancelling
 * wait for each other on its lock. Who starts while the room, or a remote sitting as a whole, rests is paused from the
 * first moment and gets that time back with everybody else; the lock on what rests makes a start and a pause at the same
 * time see each other. Locks in the order of all acts: sitting, rooms, registrations, each by its id.
 * @param frozen SQL: the papers of these starts
 */
const startFrom = (frozen: string): string => `
  with given as (
    select g.*, r.sitting_id, r.room_id from ${GIVEN_SQL} join exam_registration r on r.id = g.registration_id
  ), sitting as (
    select id, version, needs_access_code, case when place_mode = 'remote' then paused_at end as paused_at from exam_sitting
    where id in (select sitting_id from given) and status = 'published' order by id for share
  ), room as (
    select id, paused_at from exam_room where id in (select g.room_id from given g join sitting s on s.id = g.sitting_id)
    order by id for share
  ), entitled as (
    select g.*, m.id is not null as has_room, greatest(s.paused_at, m.paused_at) as paused_at
    from given g join sitting s on s.id = g.sitting_id left join room m on m.id = g.room_id
    join exam_registration r on r.id = g.registration_id
    where r.status = 'approved' and r.ticket_no is not distinct from g.ticket_no and s.version = g.sitting_version
      and (not s.needs_access_code or r.admitted_at is not null or ${codeBlockedSecondsSql('r.id', '$20')} is null)
    order by r.id for share of r
  ), frozen as (${frozen}), started as (
    insert into attempt (id, registration_id, paper_id, account_id, attempt_no, state, started_at, deadline_at,
      close_at, item_count, device_epoch, device_key_hash, paused_at)
    select e.id, e.registration_id, f.id, e.account_id, e.attempt_no, 'in_progress', e.started_at, e.deadline_at,
      e.close_at, f.item_count, 1, e.device_key_hash,
      case when e.paused_at is not null then greatest(e.started_at, e.paused_at) end
    from entitled e join frozen f on f.registration_id = e.registration_id and f.attempt_no = e.attempt_no
    on conflict do nothing returning id, paper_id, paused_at
  ), rested as (
    insert into attempt_event (id, attempt_id, kind, epoch, detail, actor_id, occurred_at)
    select e.rest_event_id, s.id, 'paused', 1, jsonb_build_object('by', case when e.has_room then 'room' else 'sitting' end,
      'addedMs', 0, 'pausedAt', s.paused_at, 'deadlineBefore', e.deadline_at, 'deadlineAt', e.deadline_at), null,
      e.occurred_at
    from started s join entitled e on e.id = s.id where s.paused_at is not null
  ), noted as (
    insert into attempt_event (id, attempt_id, kind, epoch, detail, actor_id, occurred_at)
    select e.event_id, s.id, case when e.started_at > e.occurred_at then 'checked_in' else 'started' end, 1,
      jsonb_build_object('paperHash', f.content_hash, 'startedAt', e.started_at, 'deadlineAt', e.deadline_at),
      e.account_id, e.occurred_at
    from started s join entitled e on e.id = s.id join frozen f on f.id = s.paper_id
  ), audited as (
    insert into audit_event (id, occurred_at, actor_id, action, subject_kind, subject_id, region_id, unit_id,
      request_id, payload_hash)
    select e.audit_id, e.occurred_at, e.account_id, case when e.started_at > e.occurred_at then 'exam.check_in'
      else 'exam.start' end, 'attempt', s.id::text, e.region_id, e.unit_id, e.request_id, e.payload_hash
    from started s join entitled e on e.id = s.id returning id
  ), audit_detail as (
    insert into audit_payload (audit_event_id, detail)
    select a.id, e.detail::jsonb from audited a join entitled e on e.audit_id = a.id
  )
  select id from started`;

const START_SEALED_SQL = startFrom(`
    select distinct p.id, p.registration_id, p.attempt_no, p.content_hash, p.item_count
    from entitled e join paper p on p.registration_id = e.registration_id and p.attempt_no = e.attempt_no`);

const PAPER_COLUMNS_SQL = `unnest($22::uuid[], $23::uuid[], $24::text[], $25::text[], $26::text[], $27::int[], $28::int[],
  $29::int[])`;

const START_DRAWN_SQL = startFrom(`
    insert into paper (id, registration_id, attempt_no, seed, content, content_hash, item_count,
      full_mark_hundredths, pass_mark_hundredths, frozen_at)
    select d.id, e.registration_id, e.attempt_no, d.seed, d.content::jsonb, d.content_hash, d.item_count, d.full_mark,
      d.pass_mark, e.occurred_at
    from entitled e join ${fewRows(PAPER_COLUMNS_SQL, '$21')} as d(attempt_id, id, seed, content, content_hash, item_count, full_mark, pass_mark)
      on d.attempt_id = e.id
    on conflict (registration_id, attempt_no) do nothing
    returning id, registration_id, attempt_no, content_hash, item_count`);

interface IdentifiedStart extends NewAttempt {
  readonly id: string;
}

function valuesOfStarts(starts: readonly IdentifiedStart[]): unknown[] {
  const column = <T>(pick: (start: IdentifiedStart) => T): T[] => starts.map(pick);
  const details = column(({ registrationId, attemptNo }) => ({ registrationId, attemptNo }));
  return [
    column(({ id }) => id),
    column(({ registrationId }) => registrationId),
    column(({ ticketNo }) => ticketNo),
    column(({ accountId }) => accountId),
    column(({ attemptNo }) => attemptNo),
    column(({ regionId }) => regionId),
    column(({ unitId }) => unitId),
    column(({ occurredAt }) => occurredAt),
    column(({ startedAt }) => startedAt),
    column(({ deadlineAt }) => deadlineAt),
    column((start) => start.closeAt),
    column(({ deviceKeyHash }) => deviceKeyHash),
    column(() => newId()),
    column(() => newId()),
    column(() => newId()),
    column(({ requestId }) => requestId),
    details.map((detail) => sha256(canonicalJson(detail))),
    details.map((detail) => JSON.stringify(detail)),
    column(({ sittingVersion }) => sittingVersion),
    limitNow(),
    starts.length,
  ];
}

function valuesOfPapers(starts: readonly IdentifiedStart[]): unknown[] {
  const drawn = starts.flatMap(({ id, drawn: one }) => (one ? [{ ...one, id }] : []));
  return [
    drawn.map(({ id }) => id),
    drawn.map(() => newId<'Paper'>()),
    drawn.map(({ seed }) => seed),
    drawn.map(({ paper }) => JSON.stringify(paper)),
    drawn.map(({ paper }) => paperHash(paper)),
    drawn.map(({ paper }) => paper.items.length),
    drawn.map(({ fullMarkHundredths }) => fullMarkHundredths),
    drawn.map(({ passMarkHundredths }) => passMarkHundredths),
  ];
}

/**
 * Writes started attempts, either all on sealed papers or all with the papers drawn for them just now, in one statement.
 * Null for each whose (registration, attempt number) exists already: another request of the same candidate was first, or
 * the paper was sealed meanwhile; also for who is no longer entitled.
 */
export async function insertAttempts(pool: Pool, starts: readonly NewAttempt[]): Promise<(string | null)[]> {
  const identified = starts.map((start) => ({ ...start, id: newId<'Attempt'>() }));
  const values = valuesOfStarts(identified);
  const { rows } = await pool.query(
    starts.some(({ drawn }) => drawn !== null)
      ? {
          name: 'exam-start-drawn',
          text: START_DRAWN_SQL,
          values: [...values, ...valuesOfPapers(identified)],
        }
      : { name: 'exam-start-sealed', text: START_SEALED_SQL, values },
  );
  const written = new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id),
  );
  return identified.map(({ id }) => (written.has(id) ? id : null));
}
