import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { EntryFacts } from './entry.ts';
import { REGISTRATION_STATUSES } from './registration.ts';

const instant = z.coerce.date();

const attemptJson = z.object({
  id: z.string(),
  attemptNo: z.number(),
  state: z.enum(['in_progress', 'handed_in', 'expired', 'finalised', 'void']),
  deadlineAt: instant,
  finalisedAt: instant.nullable(),
  passed: z.boolean().nullable(),
  scoreHundredths: z.number().nullable(),
});

const entryRow = z.object({
  registrationId: z.string(),
  registrationStatus: z.enum(REGISTRATION_STATUSES),
  ticketNo: z.string(),
  unitId: z.string(),
  personName: z.string(),
  sittingId: z.string(),
  title: z.string(),
  regionId: z.string(),
  opensAt: instant,
  latestEntryAt: instant,
  hardEndAt: instant,
  durationSeconds: z.number(),
  graceSeconds: z.number(),
  earliestHandInSeconds: z.number(),
  startMode: z.enum(['own', 'bell']),
  preconditionCourse: z.string().nullable(),
  attemptLimit: z.number(),
  isDemo: z.boolean(),
  sittingStatus: z.enum(['draft', 'published', 'closed', 'cancelled']),
  blueprintCode: z.string(),
  blueprintTitle: z.string(),
  blueprintSpec: z.unknown(),
  attempts: z.array(attemptJson),
});

/** A registration with its sitting, blueprint and attempts; everything that decides what the candidate can do. */
export type EntryRow = z.infer<typeof entryRow>;
export type EntryAttemptRow = z.infer<typeof attemptJson>;

const ENTRY_SELECT = `
  select r.id as "registrationId", r.status as "registrationStatus", r.ticket_no as "ticketNo", r.unit_id as "unitId",
    p.name as "personName", s.id as "sittingId", s.title, s.region_id as "regionId", s.opens_at as "opensAt",
    s.latest_entry_at as "latestEntryAt", s.hard_end_at as "hardEndAt", s.duration_seconds as "durationSeconds",
    s.grace_seconds as "graceSeconds", s.earliest_hand_in_seconds as "earliestHandInSeconds",
    s.start_mode as "startMode", s.precondition_course as "preconditionCourse", s.attempt_limit as "attemptLimit",
    s.is_demo as "isDemo", s.status as "sittingStatus", b.code as "blueprintCode", b.title as "blueprintTitle",
    b.spec as "blueprintSpec",
    coalesce((select json_agg(json_build_object('id', a.id, 'attemptNo', a.attempt_no, 'state', a.state,
        'deadlineAt', a.deadline_at, 'finalisedAt', a.finalised_at, 'passed', e.passed,
        'scoreHundredths', e.score_hundredths) order by a.attempt_no)
      from attempt a left join lateral (select passed, score_hundredths from exam_result x where x.attempt_id = a.id
        order by x.version_no desc limit 1) e on true
      where a.registration_id = r.id), '[]') as attempts
  from exam_registration r
  join person p on p.id = r.person_id
  join exam_sitting s on s.id = r.sitting_id
  join blueprint b on b.id = s.blueprint_id`;

/** One registration of this person; null when it is unknown or somebody else's. */
export async function findEntry(
  pool: Pool,
  registrationId: string,
  personId: string,
): Promise<EntryRow | null> {
  const { rows } = await pool.query({
    name: 'exam-entry-find',
    text: `${ENTRY_SELECT} where r.id = $1 and r.person_id = $2`,
    values: [registrationId, personId],
  });
  return z.array(entryRow).parse(rows)[0] ?? null;
}

const MAX_OWN_REGISTRATIONS = 50;

/** Own registrations to published sittings or with an attempt, the latest sitting first. */
export async function listOwnEntries(pool: Pool, personId: string): Promise<EntryRow[]> {
  const { rows } = await pool.query({
    name: 'exam-entry-own',
    text: `${ENTRY_SELECT} where r.person_id = $1 and s.status <> 'draft'
           order by s.opens_at desc, s.id limit ${MAX_OWN_REGISTRATIONS}`,
    values: [personId],
  });
  return z.array(entryRow).parse(rows);
}

/** The facts of `decideEntry`. @param isPreconditionMet asked of the training slice by the caller */
export function entryFacts(row: EntryRow, isPreconditionMet: boolean): EntryFacts {
  return { ...row, isPreconditionMet };
}
