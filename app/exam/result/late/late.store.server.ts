import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { frozenPaper } from '../../paper/frozen-paper.schema.ts';
import type { LateReason } from './late.ts';
import { LATE_REASONS, LATE_STATES } from './late.ts';

/** epoch, seq, position, choice */
const answer = z.tuple([z.number(), z.number(), z.number(), z.string()]);
export type LateAnswer = z.infer<typeof answer>;

const attemptRow = z.object({
  attemptId: z.string(),
  personId: z.string(),
  personName: z.string(),
  ticketNo: z.string().nullable(),
  unitId: z.string(),
  closeAt: z.date(),
  isVoid: z.boolean(),
  resultVersion: z.number(),
  scoreHundredths: z.number(),
  passed: z.boolean(),
  passMarkHundredths: z.number(),
  content: frozenPaper,
  /** What counts now. */
  counted: z.array(answer),
  /** Late answers that no decision has counted, in the order in which they came. */
  late: z.array(answer),
  lateIds: z.array(z.string()),
  firstLateAt: z.date().nullable(),
  lastLateAt: z.date().nullable(),
});
export type LateAttempt = z.infer<typeof attemptRow>;

const ATTEMPT_SELECT = `
  select a.id as "attemptId", r.person_id as "personId", n.name as "personName", r.ticket_no as "ticketNo",
    r.unit_id as "unitId", a.close_at as "closeAt", a.state = 'void' as "isVoid", e.version_no as "resultVersion",
    e.score_hundredths as "scoreHundredths", e.passed, e.pass_mark_hundredths as "passMarkHundredths", p.content,
    v.counted, v.late, v."lateIds", v."firstLateAt", v."lastLateAt"
  from attempt a
  join paper p on p.id = a.paper_id
  join exam_registration r on r.id = a.registration_id
  join person n on n.id = r.person_id
  join lateral (select * from exam_result x where x.attempt_id = a.id order by x.version_no desc limit 1) e on true
  join lateral (
    select coalesce(json_agg(j.said) filter (where j.counts), '[]') as counted,
      coalesce(json_agg(j.said order by j.received_at, j.epoch, j.seq) filter (where not j.counts), '[]') as late,
      coalesce(array_agg(j.id::text) filter (where not j.counts), '{}') as "lateIds",
      min(j.received_at) filter (where not j.counts) as "firstLateAt",
      max(j.received_at) filter (where not j.counts) as "lastLateAt"
    from (
      select v.id, v.epoch, v.seq, v.received_at,
        json_build_array(v.epoch, v.seq, v.position, y.choice) as said,
        v.standing = 'counted' or exists (select 1 from late_decision_answer l
          join late_decision d on d.id = l.late_decision_id
          where l.answer_event_id = v.id and d.state = 'confirmed') as counts
      from answer_event v join answer_payload y on y.answer_event_id = v.id
      where v.attempt_id = a.id and v.standing in ('counted', 'late')
    ) j
  ) v on true`;

const MAX_LISTED = 200;

/** Graded attempts of a sitting with late answers, or with a decision on them; the latest answers first. */
export async function listLateAttempts(pool: Pool, sittingId: string): Promise<LateAttempt[]> {
  const { rows } = await pool.query({
    name: 'late-attempts',
    text: `${ATTEMPT_SELECT}
           where r.sitting_id = $1 and exists (select 1 from answer_event w where w.attempt_id = a.id
             and w.standing = 'late')
           order by v."lastLateAt" desc nulls last, r.ticket_no limit ${MAX_LISTED}`,
    values: [sittingId],
  });
  return z.array(attemptRow).parse(rows);
}

/** One attempt inside the transaction that has locked it; null while it has no result. */
export async function loadLateAttempt(tx: Tx, attemptId: string): Promise<LateAttempt | null> {
  const rows = await tx.$queryRawUnsafe(`${ATTEMPT_SELECT} where a.id = $1::uuid`, attemptId);
  return z.array(attemptRow).parse(rows)[0] ?? null;
}

const decisionRow = z.object({
  id: z.string(),
  attemptId: z.string(),
  reasonCode: z.enum(LATE_REASONS),
  reason: z.string(),
  state: z.enum(LATE_STATES),
  scoreBeforeHundredths: z.number(),
  scoreAfterHundredths: z.number(),
  passedBefore: z.boolean(),
  passedAfter: z.boolean(),
  resultVersion: z.number(),
  answerCount: z.number(),
  proposedBy: z.string(),
  proposedPerson: z.string(),
  proposerName: z.string(),
  proposedAt: z.date(),
  deciderName: z.string().nullable(),
  decidedAt: z.date().nullable(),
  note: z.string().nullable(),
});
export type LateDecisionRow = z.infer<typeof decisionRow>;

const DECISION_SELECT = `
  select d.id, d.attempt_id as "attemptId", d.reason_code as "reasonCode", d.reason, d.state,
    d.score_before_hundredths as "scoreBeforeHundredths", d.score_after_hundredths as "scoreAfterHundredths",
    d.passed_before as "passedBefore", d.passed_after as "passedAfter", d.result_version as "resultVersion",
    (select count(*)::int from late_decision_answer l where l.late_decision_id = d.id) as "answerCount",
    d.proposed_by as "proposedBy", d.proposed_person as "proposedPerson", m.display_name as "proposerName", d.proposed_at as "proposedAt",
    c.display_name as "deciderName", d.decided_at as "decidedAt", d.note
  from late_decision d join account m on m.id = d.proposed_by left join account c on c.id = d.decided_by`;

/** Decisions on these attempts, oldest first. */
export async function listLateDecisions(
  pool: Pool,
  attemptIds: readonly string[],
): Promise<LateDecisionRow[]> {
  const { rows } = await pool.query({
    name: 'late-decisions',
    text: `${DECISION_SELECT} where d.attempt_id = any($1::uuid[]) order by d.proposed_at, d.id`,
    values: [attemptIds],
  });
  return z.array(decisionRow).parse(rows);
}

export async function findLateDecision(pool: Pool, decisionId: string): Promise<LateDecisionRow | null> {
  const { rows } = await pool.query({
    name: 'late-decision-find',
    text: `${DECISION_SELECT} where d.id = $1`,
    values: [decisionId],
  });
  return z.array(decisionRow).parse(rows)[0] ?? null;
}

const placeRow = z.object({ sittingId: z.string(), title: z.string(), regionId: z.string() });
export type LatePlace = z.infer<typeof placeRow>;

const sittingRow = placeRow.extend({ opensAt: z.date(), hardEndAt: z.date() });
export type LateSitting = z.infer<typeof sittingRow>;

/** The sitting as named by its id; null when there is none. */
export async function findSittingPlace(pool: Pool, sittingId: string): Promise<LateSitting | null> {
  const { rows } = await pool.query({
    name: 'late-sitting',
    text: `select id as "sittingId", title, region_id as "regionId", opens_at as "opensAt", hard_end_at as "hardEndAt"
           from exam_sitting where id = $1`,
    values: [sittingId],
  });
  return z.array(sittingRow).parse(rows)[0] ?? null;
}

const attemptPlaceRow = placeRow.extend({ personId: z.string() });
export type AttemptPlace = z.infer<typeof attemptPlaceRow>;

/** The sitting an attempt belongs to, and its candidate; null when there is no such attempt. */
export async function findAttemptPlace(pool: Pool, attemptId: string): Promise<AttemptPlace | null> {
  const { rows } = await pool.query({
    name: 'late-attempt-place',
    text: `select s.id as "sittingId", s.title, s.region_id as "regionId", r.person_id as "personId" from attempt a
           join exam_registration r on r.id = a.registration_id join exam_sitting s on s.id = r.sitting_id
           where a.id = $1`,
    values: [attemptId],
  });
  return z.array(attemptPlaceRow).parse(rows)[0] ?? null;
}

export interface NewLateDecision {
  readonly attemptId: string;
  readonly reasonCode: LateReason;
  readonly reason: string;
  readonly scoreBeforeHundredths: number;
  readonly scoreAfterHundredths: number;
  readonly passedBefore: boolean;
  readonly passedAfter: boolean;
  readonly resultVersion: number;
  readonly proposedBy: string;
  readonly proposedPerson: string;
  readonly proposedAt: Date;
}

/** Null when another proposal for the attempt waits already. */
export async function insertLateDecision(
  tx: Tx,
  decision: NewLateDecision,
  answerIds: readonly string[],
): Promise<string | null> {
  const id = newId<'LateDecision'>();
  const { count } = await tx.lateDecision.createMany({
    data: [{ id, state: 'proposed', ...decision }],
    skipDuplicates: true,
  });
  if (count === 0) return null;
  await tx.lateDecisionAnswer.createMany({
    data: answerIds.map((answerEventId) => ({ id: newId(), lateDecisionId: id, answerEventId })),
  });
  return id;
}

/** Compare-and-set: false when somebody has decided already, or when the proposer decides. */
export async function settleLateDecision(
  tx: Tx,
  verdict: {
    decisionId: string;
    state: 'confirmed' | 'declined';
    decidedBy: string;
    decidedPerson: string;
    decidedAt: Date;
    note: string | null;
  },
): Promise<boolean> {
  const { decisionId, ...data } = verdict;
  const { count } = await tx.lateDecision.updateMany({
    where: { id: decisionId, state: 'proposed', proposedPerson: { not: verdict.decidedPerson } },
    data,
  });
  return count === 1;
}
