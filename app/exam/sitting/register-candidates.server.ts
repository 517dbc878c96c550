import { z } from 'zod';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { ticketNo } from './registration.ts';
import type { RegistrationEventKind } from './registration-events.ts';

export interface Candidate {
  readonly personId: string;
  /** The unit that registers the person and answers for the registration. */
  readonly unitId: string;
}

export interface Registrations {
  readonly sittingId: string;
  readonly candidates: readonly Candidate[];
  /** Approved at once, where the review has happened elsewhere (demo city, approved lists). */
  readonly isApproved: boolean;
}

const sittingRow = z.object({ opensAt: z.date(), regionId: z.string(), regionCode: z.string() });
const serialRow = z.object({ sittingNo: z.number(), taken: z.number() });

/** Locks the sitting, so that ticket numbers are given one after the other without gaps or repeats. */
async function lockSitting(tx: Tx, sittingId: string): Promise<z.infer<typeof sittingRow>> {
  const rows = await tx.$queryRaw`
    select s.opens_at as "opensAt", s.region_id::text as "regionId", r.code as "regionCode"
    from exam_sitting s join region r on r.id = s.region_id where s.id = ${sittingId}::uuid for update of s`;
  const [sitting] = z.array(sittingRow).parse(rows);
  invariant(sitting, 'candidates are registered for a sitting that exists');
  return sitting;
}

/** Number of the sitting within its region and year, and how many tickets it has given out. */
async function ticketState(tx: Tx, sittingId: string): Promise<z.infer<typeof serialRow>> {
  const rows = await tx.$queryRaw`
    select (select count(*)::int from exam_sitting o where o.region_id = s.region_id
        and extract(year from o.opens_at at time zone 'Asia/Shanghai')
          = extract(year from s.opens_at at time zone 'Asia/Shanghai')
        and (o.created_at, o.id) <= (s.created_at, s.id)) as "sittingNo",
      (select count(*)::int from exam_registration r where r.sitting_id = s.id) as taken
    from exam_sitting s where s.id = ${sittingId}::uuid`;
  const [state] = z.array(serialRow).parse(rows);
  invariant(state, 'the sitting was locked before');
  return state;
}

async function listRegistered(tx: Tx, sittingId: string): Promise<Set<string>> {
  const rows = await tx.examRegistration.findMany({ where: { sittingId }, select: { personId: true } });
  return new Set(rows.map((row) => row.personId));
}

/**
 * Registers people for a sitting, in the caller's transaction; who is registered already is left as it is. Gives each a
 * ticket number and writes what happened as events. Eligibility is decided by the caller.
 * @returns how many were new
 */
export async function registerCandidates(tx: Tx, ctx: Ctx, input: Registrations): Promise<number> {
  const { sittingId } = input;
  const sitting = await lockSitting(tx, sittingId);
  const { sittingNo, taken } = await ticketState(tx, sittingId);
  const known = await listRegistered(tx, sittingId);
  const now = ctx.clock.now();
  const year = yearOf(dayOf(sitting.opensAt));
  const fresh = [...new Map(input.candidates.map((one) => [one.personId, one])).values()]
    .filter((candidate) => !known.has(candidate.personId))
    .map((candidate, index) => ({
      id: newId<'ExamRegistration'>(),
      sittingId,
      ...candidate,
      ticketNo: ticketNo(year, sitting.regionCode, sittingNo, taken + index + 1),
      status: input.isApproved ? 'approved' : 'registered',
      registeredBy: ctx.actorId,
      registeredAt: now,
    }));
  if (fresh.length === 0) return 0;
  await tx.examRegistration.createMany({ data: fresh });
  const kinds: readonly RegistrationEventKind[] = input.isApproved
    ? ['registered', 'approved']
    : ['registered'];
  await tx.registrationEvent.createMany({
    data: fresh.flatMap(({ id }) =>
      kinds.map((kind) => ({
        id: newId(),
        registrationId: id,
        kind,
        actorId: ctx.actorId,
        occurredAt: now,
      })),
    ),
  });
  await appendAudit(tx, ctx, {
    action: 'exam.register',
    subjectKind: 'exam_sitting',
    subjectId: sittingId,
    regionId: sitting.regionId,
    detail: { count: fresh.length },
  });
  return fresh.length;
}
