import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { canonicalJson } from '#app/platform/result/canonical.ts';
import { sha256 } from '#app/platform/secret/keys.server.ts';
import type { FrozenPaper } from '../paper/frozen-paper.ts';
import { paperHash } from '../paper/frozen-paper.ts';
import { frozenPaper } from '../paper/frozen-paper.schema.ts';

export interface NewAttempt {
  readonly registrationId: string;
  readonly accountId: string;
  readonly attemptNo: number;
  readonly regionId: string;
  readonly unitId: string;
  readonly seed: string;
  readonly paper: FrozenPaper;
  readonly fullMarkHundredths: number;
  readonly passMarkHundredths: number;
  readonly startedAt: Date;
  readonly deadlineAt: Date;
  readonly closeAt: Date;
  readonly deviceKeyHash: Buffer;
}

/** One statement = one transaction: the paper, the attempt, its first event and the audit row, or nothing at all. */
const START_SQL = `
  with frozen as (
    insert into paper (id, registration_id, attempt_no, seed, content, content_hash, item_count,
      full_mark_hundredths, pass_mark_hundredths, frozen_at)
    values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10)
    on conflict (registration_id, attempt_no) do nothing returning id
  ), started as (
    insert into attempt (id, registration_id, paper_id, account_id, attempt_no, state, started_at, deadline_at,
      close_at, item_count, device_epoch, device_key_hash)
    select $11, $2, frozen.id, $12, $3, 'in_progress', $10, $13, $14, $7, 1, $15 from frozen returning id
  ), noted as (
    insert into attempt_event (id, attempt_id, kind, epoch, detail, actor_id, occurred_at)
    select $16, started.id, 'started', 1, jsonb_build_object('paperHash', $6::text, 'deadlineAt', $13::timestamptz),
      $12, $10 from started
  ), audited as (
    insert into audit_event (id, occurred_at, actor_id, action, subject_kind, subject_id, region_id, unit_id,
      request_id, payload_hash)
    select $17, $10, $12, 'exam.start', 'attempt', started.id::text, $18, $19, $20, $21 from started returning id
  ), audit_detail as (
    insert into audit_payload (audit_event_id, detail) select audited.id, $22::jsonb from audited
  )
  select id from started`;

/**
 * Writes a started attempt with its frozen paper. Null when (registration, attempt number) exists already: another
 * request of the same candidate was first.
 */
export async function insertAttempt(
  ctx: Pick<Ctx, 'pool' | 'requestId'>,
  attempt: NewAttempt,
): Promise<string | null> {
  const auditDetail = { registrationId: attempt.registrationId, attemptNo: attempt.attemptNo };
  const { rows } = await ctx.pool.query({
    name: 'exam-attempt-start',
    text: START_SQL,
    values: [
      newId<'Paper'>(),
      attempt.registrationId,
      attempt.attemptNo,
      attempt.seed,
      JSON.stringify(attempt.paper),
      paperHash(attempt.paper),
      attempt.paper.items.length,
      attempt.fullMarkHundredths,
      attempt.passMarkHundredths,
      attempt.startedAt,
      newId<'Attempt'>(),
      attempt.accountId,
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
    ],
  });
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
  earliestHandInSeconds: z.number(),
  deviceEpoch: z.number(),
  deviceKeyHash: z.instanceof(Buffer),
  content: frozenPaper,
  passMarkHundredths: z.number(),
  fullMarkHundredths: z.number(),
});
export type AttemptRow = z.infer<typeof attemptRow>;

/** An attempt with its paper; null when it is unknown or belongs to another account. */
export async function findOwnAttempt(
  pool: Pool,
  attemptId: string,
  accountId: string,
): Promise<AttemptRow | null> {
  const { rows } = await pool.query({
    name: 'exam-attempt-own',
    text: `select a.id, a.registration_id as "registrationId", s.id as "sittingId", s.title, s.is_demo as "isDemo",
             p.name as "personName", a.state, a.started_at as "startedAt", a.deadline_at as "deadlineAt",
             a.close_at as "closeAt", s.earliest_hand_in_seconds as "earliestHandInSeconds",
             a.device_epoch as "deviceEpoch", a.device_key_hash as "deviceKeyHash", q.content,
             q.pass_mark_hundredths as "passMarkHundredths", q.full_mark_hundredths as "fullMarkHundredths"
           from attempt a join paper q on q.id = a.paper_id
           join exam_registration r on r.id = a.registration_id
           join person p on p.id = r.person_id join exam_sitting s on s.id = r.sitting_id
           where a.id = $1 and a.account_id = $2`,
    values: [attemptId, accountId],
  });
  return z.array(attemptRow).parse(rows)[0] ?? null;
}

const clockRow = z.object({
  state: z.string(),
  deadlineAt: z.date(),
  closeAt: z.date(),
  deviceEpoch: z.number(),
  deviceKeyHash: z.instanceof(Buffer),
});
export type AttemptClock = z.infer<typeof clockRow>;

/** State, times and device of an own attempt; the cheap question a page asks while nothing is to be saved. */
export async function findAttemptClock(
  pool: Pool,
  attemptId: string,
  accountId: string,
): Promise<AttemptClock | null> {
  const { rows } = await pool.query({
    name: 'exam-attempt-clock',
    text: `select state, deadline_at as "deadlineAt", close_at as "closeAt", device_epoch as "deviceEpoch",
             device_key_hash as "deviceKeyHash" from attempt where id = $1 and account_id = $2`,
    values: [attemptId, accountId],
  });
  return z.array(clockRow).parse(rows)[0] ?? null;
}
