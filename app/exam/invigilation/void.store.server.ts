import { z } from 'zod';
import type { JsonInput, Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { holdSittingOf } from '../sitting/close-attempt.store.server.ts';
import type { VoidGround } from './void.ts';
import { VOID_GROUNDS, VOID_STATES } from './void.ts';

const attemptRow = z.object({
  attemptId: z.string(),
  registrationId: z.string(),
  sittingId: z.string(),
  sittingTitle: z.string(),
  regionId: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  state: z.string(),
  epoch: z.number(),
  fullMarkHundredths: z.number(),
  passMarkHundredths: z.number(),
  /** The bureau has not released the results of the sitting yet. */
  isWithheld: z.boolean(),
});
export type VoidableAttempt = z.infer<typeof attemptRow>;

/**
 * An attempt under its lock, with what its result names; null when there is none. The sitting is waited for first: what
 * is told of a result is told either before or after a release of the results, never across it.
 */
export async function lockVoidable(tx: Tx, attemptId: string): Promise<VoidableAttempt | null> {
  await holdSittingOf(tx, attemptId);
  const rows = await tx.$queryRaw`
    select a.id::text as "attemptId", r.id::text as "registrationId", s.id::text as "sittingId",
      s.title as "sittingTitle", s.region_id::text as "regionId", r.person_id::text as "personId",
      n.name as "personName", r.unit_id::text as "unitId", a.state,
      a.device_epoch as epoch, p.full_mark_hundredths as "fullMarkHundredths",
      p.pass_mark_hundredths as "passMarkHundredths",
      s.result_release = 'by_bureau' and s.results_released_at is null as "isWithheld"
    from attempt a join paper p on p.id = a.paper_id join exam_registration r on r.id = a.registration_id
    join person n on n.id = r.person_id
    join exam_sitting s on s.id = r.sitting_id where a.id = ${attemptId}::uuid for no key update of a`;
  return z.array(attemptRow).parse(rows)[0] ?? null;
}

/** Whether a record is of this candidate. */
export async function isIncidentOf(tx: Tx, incidentId: string, registrationId: string): Promise<boolean> {
  return (await tx.examIncident.count({ where: { id: incidentId, registrationId } })) > 0;
}

const attemptPlace = z.object({ regionId: z.string(), personId: z.string() });
export type AttemptPlace = z.infer<typeof attemptPlace>;

/** Region of the sitting an attempt belongs to, and its candidate; null when there is no such attempt. */
export async function findAttemptPlace(pool: Pool, attemptId: string): Promise<AttemptPlace | null> {
  const { rows } = await pool.query({
    name: 'void-attempt-place',
    text: `select s.region_id as "regionId", r.person_id as "personId" from attempt a join exam_registration r on r.id = a.registration_id
           join exam_sitting s on s.id = r.sitting_id where a.id = $1`,
    values: [attemptId],
  });
  return z.array(attemptPlace).parse(rows)[0] ?? null;
}

export async function insertVoid(
  tx: Tx,
  proposal: {
    id: string;
    attemptId: string;
    ground: VoidGround;
    reason: string;
    incidentId: string | null;
    proposedBy: string;
    proposedPerson: string;
    proposedAt: Date;
  },
): Promise<boolean> {
  const { id, attemptId, ground, reason, incidentId, proposedBy, proposedPerson, proposedAt } = proposal;
  const count = await tx.$executeRaw`
    insert into attempt_void (id, attempt_id, ground, reason, incident_id, state, proposed_by, proposed_person,
      proposed_at)
    values (${id}::uuid, ${attemptId}::uuid, ${ground}, ${reason}, ${incidentId}::uuid, 'proposed',
      ${proposedBy}::uuid, ${proposedPerson}::uuid, ${proposedAt})
    on conflict (attempt_id) where state in ('proposed', 'confirmed') do nothing`;
  return count === 1;
}

const proposalRow = z.object({
  id: z.string(),
  attemptId: z.string(),
  ground: z.enum(VOID_GROUNDS),
  reason: z.string(),
  state: z.enum(VOID_STATES),
  proposedPerson: z.string(),
});
export type VoidProposal = z.infer<typeof proposalRow>;

export async function findVoid(pool: Pool, voidId: string): Promise<VoidProposal | null> {
  const { rows } = await pool.query({
    name: 'void-find',
    text: `select id, attempt_id as "attemptId", ground, reason, state, proposed_person as "proposedPerson"
           from attempt_void where id = $1`,
    values: [voidId],
  });
  return z.array(proposalRow).parse(rows)[0] ?? null;
}

/** Compare-and-set: false when somebody has decided already, or when the proposer decides. */
export async function settleVoid(
  tx: Tx,
  decision: {
    voidId: string;
    state: 'confirmed' | 'declined';
    decidedBy: string;
    decidedPerson: string;
    decidedAt: Date;
    note: string | null;
  },
): Promise<boolean> {
  const { voidId, ...data } = decision;
  const { count } = await tx.attemptVoid.updateMany({
    where: { id: voidId, state: 'proposed', proposedPerson: { not: decision.decidedPerson } },
    data,
  });
  return count === 1;
}

export async function setVoid(tx: Tx, attemptId: string, ground: VoidGround, at: Date): Promise<void> {
  await tx.$executeRaw`
    update attempt set state = 'void', void_ground = ${ground}, finalised_at = coalesce(finalised_at, ${at}),
      paused_at = null, notice_no = notice_no + 1
    where id = ${attemptId}::uuid`;
}

/** The next result version, without marks; null while there was no result to replace. Returns its number. */
export async function insertVoidResult(
  tx: Tx,
  result: { attempt: VoidableAttempt; decidedBy: string; gradedAt: Date },
): Promise<number | null> {
  const { attempt, decidedBy, gradedAt } = result;
  const last = await tx.examResult.findFirst({
    where: { attemptId: attempt.attemptId },
    orderBy: { versionNo: 'desc' },
    select: { versionNo: true },
  });
  if (!last) return null;
  const versionNo = last.versionNo + 1;
  const none: JsonInput = [];
  await tx.examResult.create({
    data: {
      id: newId<'ExamResult'>(),
      attemptId: attempt.attemptId,
      versionNo,
      scoreHundredths: 0,
      fullMarkHundredths: attempt.fullMarkHundredths,
      passMarkHundredths: attempt.passMarkHundredths,
      passed: false,
      sections: none,
      items: none,
      reasonCode: 'void',
      decidedBy,
      gradedAt,
    },
  });
  return versionNo;
}

const listedRow = z.object({
  id: z.string(),
  attemptId: z.string(),
  registrationId: z.string(),
  sittingId: z.string(),
  sittingTitle: z.string(),
  personName: z.string(),
  unitName: z.string(),
  ground: z.enum(VOID_GROUNDS),
  reason: z.string(),
  state: z.enum(VOID_STATES),
  proposedPerson: z.string(),
  proposerName: z.string(),
  proposedAt: z.date(),
  deciderName: z.string().nullable(),
  decidedAt: z.date().nullable(),
  note: z.string().nullable(),
});
export type ListedVoid = z.infer<typeof listedRow>;

const MAX_LISTED = 200;

/** Voids of sittings of these regions, what waits first. @param attemptId only this attempt's; null = all */
export async function listVoids(
  pool: Pool,
  regionIds: readonly string[],
  attemptId: string | null = null,
): Promise<ListedVoid[]> {
  const { rows } = await pool.query({
    name: 'void-list',
    text: `select v.id, a.id as "attemptId", r.id as "registrationId", s.id as "sittingId", s.title as "sittingTitle",
             p.name as "personName", u.name as "unitName", v.ground, v.reason, v.state,
             v.proposed_person as "proposedPerson",
             m.display_name as "proposerName", v.proposed_at as "proposedAt", d.display_name as "deciderName",
             v.decided_at as "decidedAt", v.note
           from attempt_void v join attempt a on a.id = v.attempt_id
             join exam_registration r on r.id = a.registration_id join person p on p.id = r.person_id
             join exam_sitting s on s.id = r.sitting_id join account m on m.id = v.proposed_by
             left join account d on d.id = v.decided_by
             join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
               order by valid_from desc limit 1) u on true
           where s.region_id = any($1::uuid[]) and ($2::uuid is null or a.id = $2)
           order by (v.state = 'proposed') desc, v.proposed_at desc limit ${MAX_LISTED}`,
    values: [regionIds, attemptId],
  });
  return z.array(listedRow).parse(rows);
}
