import { z } from 'zod';
import { askTogether } from '#app/platform/db/ask-together.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import { fewRows } from '#app/platform/db/few-rows.ts';
import { limitNow } from '#app/platform/http/rate-limit.server.ts';
import type { EntryFacts } from './entry.ts';
import { codeBlockedSecondsSql } from '../seating/code-tries.ts';
import { FOCUS_POLICIES } from './evidence/focus.ts';
import { REGISTRATION_STATUSES } from './registration.ts';

const instant = z.coerce.date();

const attemptJson = z.object({
  id: z.string(),
  attemptNo: z.number(),
  state: z.enum(['in_progress', 'handed_in', 'expired', 'finalised', 'void']),
  deadlineAt: instant,
  voidGround: z.enum(['misconduct', 'disturbance']).nullable(),
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
  sittingVersion: z.number(),
  title: z.string(),
  regionId: z.string(),
  opensAt: instant,
  latestEntryAt: instant,
  hardEndAt: instant,
  durationSeconds: z.number(),
  graceSeconds: z.number(),
  earliestHandInSeconds: z.number(),
  startMode: z.enum(['own', 'bell']),
  focusPolicy: z.enum(FOCUS_POLICIES),
  focusLimit: z.number().nullable(),
  placeMode: z.enum(['rooms', 'remote']),
  checkInFrom: instant.nullable(),
  needsAccessCode: z.boolean(),
  /** Networks of the room, or of the sitting where the room has none. */
  ipRanges: z.array(z.string()),
  roomId: z.string().nullable(),
  roomName: z.string().nullable(),
  roomPlace: z.string().nullable(),
  seatNo: z.number().nullable(),
  /** 开考口令 of the room as it is kept. */
  codeCipher: z.instanceof(Uint8Array).nullable(),
  admittedAt: instant.nullable(),
  /** Seconds until a code may be typed again after too many wrong ones; null while one may. */
  codeBlockedSeconds: z.number().nullable(),
  preconditionCourse: z.string().nullable(),
  attemptLimit: z.number(),
  isDemo: z.boolean(),
  /** The bureau releases the results of this sitting and has not yet. */
  isWithheld: z.boolean(),
  sittingStatus: z.enum(['draft', 'published', 'closed', 'cancelled']),
  blueprintCode: z.string(),
  blueprintTitle: z.string(),
  blueprintSpec: z.unknown(),
  /** Paper of the next try where it was drawn beforehand (sealing); null when the start draws it. */
  sealedPaperId: z.string().nullable(),
  /** The course was completed when that paper was sealed: the start needs not ask again. */
  wasPreconditionMet: z.boolean(),
  /** That paper is sealed, and two people have released the set as it is now: it may lie on the machine before the bell. */
  mayLieAhead: z.boolean(),
  attempts: z.array(attemptJson),
});

/** A registration with its sitting, blueprint and attempts; everything that decides what the candidate can do. */
export type EntryRow = z.infer<typeof entryRow>;
export type EntryAttemptRow = z.infer<typeof attemptJson>;

/** $1: what is looked for; $2: now, by the clock of the limits. */
const ENTRY_SELECT = `
  select r.id as "registrationId", r.person_id as "personId", r.status as "registrationStatus", r.ticket_no as "ticketNo", r.unit_id as "unitId",
    p.name as "personName", s.id as "sittingId", s.version as "sittingVersion", s.title, s.region_id as "regionId", s.opens_at as "opensAt",
    s.latest_entry_at as "latestEntryAt", s.hard_end_at as "hardEndAt", s.duration_seconds as "durationSeconds",
    s.grace_seconds as "graceSeconds", s.earliest_hand_in_seconds as "earliestHandInSeconds",
    s.start_mode as "startMode", s.focus_policy as "focusPolicy", s.focus_limit as "focusLimit",
    s.place_mode as "placeMode", s.check_in_from as "checkInFrom", s.needs_access_code as "needsAccessCode",
    case when cardinality(o.ip_ranges) > 0 then o.ip_ranges else s.ip_ranges end as "ipRanges", o.id as "roomId",
    o.name as "roomName", o.place as "roomPlace", r.seat_no as "seatNo", o.access_code_cipher as "codeCipher",
    r.admitted_at as "admittedAt", ${codeBlockedSecondsSql('r.id', '$2')} as "codeBlockedSeconds",
    s.precondition_course as "preconditionCourse", s.attempt_limit as "attemptLimit",
    s.is_demo as "isDemo",
    (s.result_release = 'by_bureau' and s.results_released_at is null) as "isWithheld", s.status as "sittingStatus", b.code as "blueprintCode", b.title as "blueprintTitle",
    b.spec as "blueprintSpec",
    q.id as "sealedPaperId", coalesce(q.is_precondition_met, false) as "wasPreconditionMet",
    (q.seal_id is not null and s.start_mode = 'bell' and exists (select 1 from exam_release w join exam_seal z
      on z.id = w.seal_id where w.sitting_id = s.id
        and z.seal_no = (select max(seal_no) from exam_seal where sitting_id = s.id))) as "mayLieAhead",
    coalesce((select json_agg(json_build_object('id', a.id, 'attemptNo', a.attempt_no, 'state', a.state,
        'deadlineAt', a.deadline_at, 'voidGround', a.void_ground, 'finalisedAt', a.finalised_at, 'passed', e.passed,
        'scoreHundredths', e.score_hundredths) order by a.attempt_no)
      from attempt a left join lateral (select passed, score_hundredths from exam_result x where x.attempt_id = a.id
        order by x.version_no desc limit 1) e on true
      where a.registration_id = r.id), '[]') as attempts
  from exam_registration r
  join person p on p.id = r.person_id
  join exam_sitting s on s.id = r.sitting_id
  join blueprint b on b.id = s.blueprint_id
  left join exam_room o on o.id = r.room_id
  left join paper q on q.registration_id = r.id and q.attempt_no = 1 + coalesce(
    (select max(a.attempt_no) from attempt a where a.registration_id = r.id), 0)`;

interface EntryAsked {
  readonly registrationId: string;
  readonly personId: string;
}

const MAX_ENTRIES = 100;
const askedEntryRow = entryRow.extend({ personId: z.string() });

const askEntries = askTogether<EntryAsked, EntryRow | null>(MAX_ENTRIES, async (pool, asked) => {
  const { rows } = await pool.query({
    name: 'exam-entry-find',
    text: `${ENTRY_SELECT} join (select distinct * from ${fewRows('unnest($1::uuid[], $3::uuid[])', '$4')} as given)
             as asked(registration_id, person_id)
           on asked.registration_id = r.id and asked.person_id = r.person_id`,
    values: [
      asked.map(({ registrationId }) => registrationId),
      limitNow(),
      asked.map(({ personId }) => personId),
      asked.length,
    ],
  });
  const keyOf = ({ registrationId, personId }: EntryAsked): string => `${registrationId}\n${personId}`;
  const found = new Map(
    z
      .array(askedEntryRow)
      .parse(rows)
      .map((row) => [keyOf(row), row]),
  );
  return asked.map((one) => found.get(keyOf(one)) ?? null);
});

/** One registration of this person; null when it is unknown or somebody else's. */
export const findEntry = (pool: Pool, registrationId: string, personId: string): Promise<EntryRow | null> =>
  askEntries(pool, { registrationId, personId });

const MAX_OWN_REGISTRATIONS = 50;

/** Own registrations to published sittings or with an attempt, the latest sitting first. */
export async function listOwnEntries(pool: Pool, personId: string): Promise<EntryRow[]> {
  const { rows } = await pool.query({
    name: 'exam-entry-own',
    text: `${ENTRY_SELECT} where r.person_id = $1 and s.status <> 'draft'
           order by s.opens_at desc, s.id limit ${MAX_OWN_REGISTRATIONS}`,
    values: [personId, limitNow()],
  });
  return z.array(entryRow).parse(rows);
}

/** The facts of `decideEntry`. @param isPreconditionMet asked of the training slice by the caller */
export function entryFacts(row: EntryRow, isPreconditionMet: boolean): EntryFacts {
  return { ...row, isPreconditionMet };
}
