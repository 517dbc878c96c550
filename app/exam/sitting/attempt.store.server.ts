import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { limitNow } from '#app/platform/http/rate-limit.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { FrozenPaper } from '../paper/frozen-paper.ts';
import { paperHash } from '../paper/frozen-paper.ts';
import { frozenPaper } from '../paper/frozen-paper.schema.ts';
import { codeBlockedSecondsSql } from '../seating/code-tries.ts';
import { IS_HELD_SQL } from '../ahead/held.ts';
import { FOCUS_POLICIES } from './evidence/focus.ts';

/** A paper drawn for this very start. */
export interface DrawnPaper {
  readonly seed: string;
  readonly paper: FrozenPaper;
  readonly fullMarkHundredths: number;
  readonly passMarkHundredths: number;
}

export interface NewAttempt {
  readonly registrationId: string;
  /** The ticket under which the start was decided. */
  readonly ticketNo: string;
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

/**
 * What follows the paper, in the same statement = the same transaction: the attempt, its first event, the audit row. The
 * registration must still be approved, under the same ticket, whatever the page was told before: 缓考, 退回 and 改期 decided
 * meanwhile hold, and so do wrong codes typed meanwhile; the sitting must still be held: a start and a cancelling wait for
 * each other on its lock. Who starts while the room, or a remote sitting as a whole, rests is paused from the first moment
 * and gets that time back with everybody else; the lock on what rests makes a start and a pause at the same time see each
 * other. Locks in the order of all acts: sitting, room, registration.
 */
const startFrom = (frozen: string): string => `
  with sitting as (
    select s.needs_access_code, case when s.place_mode = 'remote' then s.paused_at end as paused_at
    from exam_registration r join exam_sitting s on s.id = r.sitting_id
    where r.id = $2 and s.status = 'published' for share of s
  ), room as (
    select m.paused_at from sitting cross join exam_registration r join exam_room m on m.id = r.room_id
    where r.id = $2 for share of m
  ), rest as (
    select max(paused_at) as paused_at from (select paused_at from sitting union all select paused_at from room) one
  ), entitled as (
    select r.id from exam_registration r cross join sitting s cross join rest
    where r.id = $2 and r.status = 'approved' and r.ticket_no is not distinct from $17
      and (not s.needs_access_code or r.admitted_at is not null or ${codeBlockedSecondsSql('r.id', '$21')} is null)
    for share of r
  ), frozen as (${frozen}), started as (
    insert into attempt (id, registration_id, paper_id, account_id, attempt_no, state, started_at, deadline_at,
      close_at, item_count, device_epoch, device_key_hash, paused_at)
    select $1, $2, frozen.id, $4, $3, 'in_progress', $5, $6, $7, frozen.item_count, 1, $8,
      (select greatest($5::timestamptz, paused_at) from rest where paused_at is not null) from frozen, entitled
    on conflict do nothing returning id, paused_at
  ), rested as (
    insert into attempt_event (id, attempt_id, kind, epoch, detail, actor_id, occurred_at)
    select $16, id, 'paused', 1, jsonb_build_object('by', case when exists (select 1 from room) then 'room'
      else 'sitting' end, 'addedMs', 0, 'pausedAt', paused_at, 'deadlineBefore', $6::timestamptz, 'deadlineAt', $6::timestamptz), null, $18 from started where paused_at is not null
  ), noted as (
    insert into attempt_event (id, attempt_id, kind, epoch, detail, actor_id, occurred_at)
    select $9, started.id, $19, 1, jsonb_build_object('paperHash', frozen.content_hash,
      'startedAt', $5::timestamptz, 'deadlineAt', $6::timestamptz), $4, $18
    from started, frozen
  ), audited as (
    insert into audit_event (id, occurred_at, actor_id, action, subject_kind, subject_id, region_id, unit_id,
      request_id, payload_hash)
    select $10, $18, $4, $20, 'attempt', started.id::text, $11, $12, $13, $14 from started returning id
  ), audit_detail as (
    insert into audit_payload (audit_event_id, detail) select audited.id, $15::jsonb from audited
  )
  select id from started`;

const START_SEALED_SQL = startFrom(`
    select id, content_hash, item_count from paper where registration_id = $2 and attempt_no = $3`);

const START_DRAWN_SQL = startFrom(`
    insert into paper (id, registration_id, attempt_no, seed, content, content_hash, item_count,
      full_mark_hundredths, pass_mark_hundredths, frozen_at)
    select $22, id, $3, $23, $24::jsonb, $25, $26, $27, $28, $18 from entitled
    on conflict (registration_id, attempt_no) do nothing returning id, content_hash, item_count`);

const drawnValues = ({ seed, paper, fullMarkHundredths, passMarkHundredths }: DrawnPaper): unknown[] => [
  newId<'Paper'>(),
  seed,
  JSON.stringify(paper),
  paperHash(paper),
  paper.items.length,
  fullMarkHundredths,
  passMarkHundredths,
];

/**
 * Writes a started attempt, with its paper where that was drawn just now. Null when (registration, attempt number) exists
 * already: another request of the same candidate was first, or the paper was sealed meanwhile.
 */
export async function insertAttempt(
  ctx: Pick<Ctx, 'pool' | 'requestId'>,
  attempt: NewAttempt,
): Promise<string | null> {
  const { drawn } = attempt;
  const isAhead = attempt.startedAt.getTime() > attempt.occurredAt.getTime();
  const auditDetail = { registrationId: attempt.registrationId, attemptNo: attempt.attemptNo };
  const values = [
    newId<'Attempt'>(),
    attempt.registrationId,
    attempt.attemptNo,
    attempt.accountId,
    attempt.startedAt,
    attempt.deadlineAt,
    attempt.closeAt,
    attempt.deviceKeyHash,
    newId(),
    newId(),
    attempt.regionId,
    attempt.unitId,
    ctx.requestId,
    sha256(canonicalJson(auditDetail)),
    JSON.stringify(auditDetail),
    newId(),
    attempt.ticketNo,
    attempt.occurredAt,
    isAhead ? 'checked_in' : 'started',
    isAhead ? 'exam.check_in' : 'exam.start',
    limitNow(),
  ];
  const { rows } = await ctx.pool.query(
    drawn
      ? { name: 'exam-start-drawn', text: START_DRAWN_SQL, values: [...values, ...drawnValues(drawn)] }
      : { name: 'exam-start-sealed', text: START_SEALED_SQL, values },
  );
  return z.array(z.object({ id: z.string() })).parse(rows)[0]?.id ?? null;
}

const attemptRow = z.object({
  id: z.string(),
  registrationId: z.string(),
  sittingId: z.string(),
  title: z.string(),
  isDemo: z.boolean(),
  personName: z.string(),
  state: z.enum(['in_progress', 'handed_in', 'expired', 'finalised', 'void']),
  startedAt: z.date(),
  deadlineAt: z.date(),
  closeAt: z.date(),
  pausedAt: z.date().nullable(),
  /** Rests since before its common bell: no page of the paper yet. */
  isHeld: z.boolean(),
  noticeNo: z.number(),
  focusPolicy: z.enum(FOCUS_POLICIES),
  focusLimit: z.number().nullable(),
  earliestHandInSeconds: z.number(),
  deviceEpoch: z.number(),
  deviceKeyHash: z.instanceof(Buffer),
  content: frozenPaper,
  passMarkHundredths: z.number(),
  fullMarkHundredths: z.number(),
});
export type AttemptRow = z.infer<typeof attemptRow>;

/**
 * An attempt with its paper; null when it is unknown or belongs to another account.
 * @param boundTo registration of a session of the exam door: other attempts of the same person are not found then
 */
export async function findOwnAttempt(
  pool: Pool,
  attemptId: string,
  accountId: string,
  boundTo: string | undefined,
): Promise<AttemptRow | null> {
  const { rows } = await pool.query({
    name: 'exam-attempt-own',
    text: `select a.id, a.registration_id as "registrationId", s.id as "sittingId", s.title, s.is_demo as "isDemo",
             p.name as "personName", a.state, a.started_at as "startedAt", a.deadline_at as "deadlineAt",
             a.close_at as "closeAt", a.paused_at as "pausedAt", ${IS_HELD_SQL} as "isHeld",
             a.notice_no as "noticeNo", s.focus_policy as "focusPolicy", s.focus_limit as "focusLimit", s.earliest_hand_in_seconds as "earliestHandInSeconds",
             a.device_epoch as "deviceEpoch", a.device_key_hash as "deviceKeyHash", q.content,
             q.pass_mark_hundredths as "passMarkHundredths", q.full_mark_hundredths as "fullMarkHundredths"
           from attempt a join paper q on q.id = a.paper_id
           join exam_registration r on r.id = a.registration_id
           join person p on p.id = r.person_id join exam_sitting s on s.id = r.sitting_id
           where a.id = $1 and a.account_id = $2 and ($3::uuid is null or a.registration_id = $3)`,
    values: [attemptId, accountId, boundTo ?? null],
  });
  return z.array(attemptRow).parse(rows)[0] ?? null;
}

const clockRow = z.object({
  state: z.string(),
  deadlineAt: z.date(),
  closeAt: z.date(),
  pausedAt: z.date().nullable(),
  noticeNo: z.number(),
  deviceEpoch: z.number(),
  deviceKeyHash: z.instanceof(Buffer),
});
export type AttemptClock = z.infer<typeof clockRow>;

/**
 * State, times and device of an own attempt; the cheap question a page asks while nothing is to be saved.
 * @param boundTo see `findOwnAttempt`
 */
export async function findAttemptClock(
  pool: Pool,
  attemptId: string,
  accountId: string,
  boundTo: string | undefined,
): Promise<AttemptClock | null> {
  const { rows } = await pool.query({
    name: 'exam-attempt-clock',
    text: `select state, deadline_at as "deadlineAt", close_at as "closeAt", paused_at as "pausedAt",
             notice_no as "noticeNo", device_epoch as "deviceEpoch", device_key_hash as "deviceKeyHash" from attempt
           where id = $1 and account_id = $2 and ($3::uuid is null or registration_id = $3)`,
    values: [attemptId, accountId, boundTo ?? null],
  });
  return z.array(clockRow).parse(rows)[0] ?? null;
}

const handInRow = clockRow.extend({ startedAt: z.date(), earliestHandInSeconds: z.number() });

/** What decides whether an own attempt may be handed in. @param boundTo see `findOwnAttempt` */
export async function findHandIn(
  pool: Pool,
  attemptId: string,
  accountId: string,
  boundTo: string | undefined,
): Promise<z.infer<typeof handInRow> | null> {
  const { rows } = await pool.query({
    name: 'exam-attempt-hand-in',
    text: `select a.state, a.deadline_at as "deadlineAt", a.close_at as "closeAt", a.paused_at as "pausedAt",
             a.notice_no as "noticeNo", a.device_epoch as "deviceEpoch", a.device_key_hash as "deviceKeyHash",
             a.started_at as "startedAt", s.earliest_hand_in_seconds as "earliestHandInSeconds"
           from attempt a join exam_registration r on r.id = a.registration_id
           join exam_sitting s on s.id = r.sitting_id
           where a.id = $1 and a.account_id = $2 and ($3::uuid is null or a.registration_id = $3)`,
    values: [attemptId, accountId, boundTo ?? null],
  });
  return z.array(handInRow).parse(rows)[0] ?? null;
}

/** Whether an attempt is one of this registration. @param attemptId anything; what is no id is no attempt */
export async function isAttemptOf(pool: Pool, attemptId: string, registrationId: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'exam-attempt-of',
    text: `select 1 from attempt where registration_id = $2 and id::text = $1`,
    values: [attemptId, registrationId],
  });
  return rowCount === 1;
}
