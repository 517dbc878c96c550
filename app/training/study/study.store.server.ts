import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Interval } from '../ledger/interval.ts';
import { instantOf, intervalOf, secondOf } from '../ledger/interval.ts';
import { lastYearOf } from './study-year.ts';
import type { EarlierVisit, Standing, Visit } from './study.ts';

/** An open page with everything a beat is judged by. */
export interface VisitRecord {
  readonly id: string;
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly visit: Visit;
  readonly nominalSeconds: number;
  /** Over all years. */
  readonly verifiedSeconds: number;
  /** Last year with counted study, and that year's; null before the first. */
  readonly year: number | null;
  readonly yearSeconds: number;
  /** Last year in which the questions were passed, in which the lesson was completed. */
  readonly passedYear: number | null;
  readonly completedYear: number | null;
  readonly isCheckPassed: boolean;
  /** Year of the first completion. */
  readonly firstCompletedYear: number | null;
  /** How far down the page the reader was at the last stored beat. */
  readonly positionPermille: number;
  /** Verified today and on the day before, over all lessons. */
  readonly usedToday: number;
  readonly usedYesterday: number;
}

const visitRow = z.object({
  id: z.string(),
  personId: z.string(),
  lessonVersionId: z.string(),
  isLive: z.boolean(),
  lastSeq: z.number(),
  lastBeatAt: z.date(),
  promptDueAt: z.date(),
  promptOpenedAt: z.date().nullable(),
  promptTries: z.number(),
  positionPermille: z.number(),
  nominalSeconds: z.number(),
  verifiedSeconds: z.number(),
  year: z.number().nullable(),
  yearSeconds: z.number(),
  passedYear: z.number().nullable(),
  completedYear: z.number().nullable(),
  isCheckPassed: z.boolean(),
  firstCompletedYear: z.number().nullable(),
  usedToday: z.number(),
  usedYesterday: z.number(),
});

/** A verified stretch is at most this long (two answers of ten minutes); older rows of the index need not be looked at. */
const LONGEST_STRETCH = `interval '25 minutes'`;

const LOAD_VISITS = `
  select v.id, v.person_id as "personId", v.lesson_version_id as "lessonVersionId", v.ended_at is null as "isLive",
    v.last_seq as "lastSeq", v.last_beat_at as "lastBeatAt", v.prompt_due_at as "promptDueAt",
    v.prompt_opened_at as "promptOpenedAt", v.prompt_tries as "promptTries",
    v.position_permille as "positionPermille", l.nominal_seconds as "nominalSeconds",
    coalesce(p.verified_seconds, 0) as "verifiedSeconds", p.year, coalesce(p.year_seconds, 0) as "yearSeconds",
    p.passed_year as "passedYear", p.completed_year as "completedYear",
    p.check_passed_at is not null as "isCheckPassed",
    extract(year from p.completed_at at time zone 'Asia/Shanghai')::int as "firstCompletedYear",
    (select coalesce(sum(extract(epoch from b.verified_to - greatest(b.verified_from, $2))), 0)::int from study_beat b
      where b.person_id = v.person_id and b.verified_from > $2::timestamptz - ${LONGEST_STRETCH}
        and b.verified_to > $2) as "usedToday",
    case when v.last_beat_at >= $2 then 0 else
      (select coalesce(sum(extract(epoch from least(b.verified_to, $2) - greatest(b.verified_from, $3))), 0)::int
        from study_beat b where b.person_id = v.person_id and b.verified_from < $2
          and b.verified_from > $3::timestamptz - ${LONGEST_STRETCH} and b.verified_to > $3) end as "usedYesterday"
  from study_visit v
    join lesson_version l on l.id = v.lesson_version_id
    left join lesson_progress p on p.person_id = v.person_id and p.lesson_version_id = v.lesson_version_id
  where v.id = any($1::uuid[])`;

/** The visits of one group of beats, in one statement. @param today @param yesterday first instants of those days */
export async function loadVisits(
  pool: Pool,
  visitIds: readonly string[],
  days: { today: Date; yesterday: Date },
): Promise<Map<string, VisitRecord>> {
  // Unnamed, so planned for each group: a plan kept from when the table of beats was small would read all of it.
  const { rows } = await pool.query(LOAD_VISITS, [[...visitIds], days.today, days.yesterday]);
  const records = z
    .array(visitRow)
    .parse(rows)
    .map((row) => ({
      ...row,
      visit: {
        isLive: row.isLive,
        lastBeat: secondOf(row.lastBeatAt),
        lastSeq: row.lastSeq,
        promptDue: secondOf(row.promptDueAt),
        promptOpened: row.promptOpenedAt === null ? null : secondOf(row.promptOpenedAt),
        promptTries: row.promptTries,
      },
    }));
  return new Map(records.map((record) => [record.id, record]));
}

/** A decided beat, ready to be written. */
export interface BeatWrite {
  readonly visitId: string;
  readonly standing: Standing;
  readonly stretch: Interval | null;
  readonly visit: Visit;
  readonly receivedAt: Date;
  readonly positionPermille: number;
  readonly evidence: Readonly<Record<string, boolean | number>>;
}

const STORE_BEATS = `
  with input as (
    select * from jsonb_to_recordset($1::jsonb) as r(id uuid, visit_id uuid, seq int, standing text,
      received_at timestamptz, verified_from timestamptz, verified_to timestamptz, evidence jsonb,
      last_beat_at timestamptz, prompt_due_at timestamptz, prompt_opened_at timestamptz, prompt_tries int,
      position_permille int, year int, year_seconds int)),
  moved as (
    update study_visit v set last_seq = i.seq, last_beat_at = i.last_beat_at, prompt_due_at = i.prompt_due_at,
      prompt_opened_at = i.prompt_opened_at, prompt_tries = i.prompt_tries, position_permille = i.position_permille
    from input i where v.id = i.visit_id and v.ended_at is null and v.last_seq = i.seq - 1
    returning v.id, v.person_id, v.lesson_version_id),
  stored as (
    insert into study_beat (id, visit_id, seq, person_id, lesson_version_id, received_at, verified_from, verified_to,
      standing, evidence, recorded_tx)
    select i.id, i.visit_id, i.seq, m.person_id, m.lesson_version_id, i.received_at, i.verified_from, i.verified_to,
      i.standing, i.evidence, (select ledger_tx())
    from input i join moved m on m.id = i.visit_id),
  progress as (
    insert into lesson_progress as p (person_id, lesson_version_id, verified_seconds, year, year_seconds,
      scroll_permille, updated_at)
    select m.person_id, m.lesson_version_id, extract(epoch from i.verified_to - i.verified_from)::int, i.year,
      i.year_seconds, i.position_permille, i.received_at
    from input i join moved m on m.id = i.visit_id where i.verified_from is not null
    on conflict (person_id, lesson_version_id) do update set
      verified_seconds = p.verified_seconds + excluded.verified_seconds,
      year_seconds = excluded.year_seconds + case when p.year = excluded.year then p.year_seconds else 0 end,
      year = excluded.year, is_unsettled = p.check_passed_at is not null,
      scroll_permille = excluded.scroll_permille, updated_at = excluded.updated_at)
  select id from moved`;

function yearColumns(stretch: Interval | null): { year: number; year_seconds: number } | null {
  if (stretch === null) return null;
  const { year, seconds } = lastYearOf(stretch);
  return { year, year_seconds: seconds };
}

/**
 * Writes a group of beats in one statement: the visit moves on, the beat is kept, the progress grows, or nothing of
 * the three happens because the page was replaced or the beat came twice.
 * @returns the visits whose beat was stored
 */
export async function storeBeats(pool: Pool, beats: readonly BeatWrite[]): Promise<ReadonlySet<string>> {
  const input = beats.map((beat) => ({
    id: newId<'StudyBeat'>(),
    visit_id: beat.visitId,
    seq: beat.visit.lastSeq,
    standing: beat.standing,
    received_at: beat.receivedAt,
    verified_from: beat.stretch && instantOf(beat.stretch.from),
    verified_to: beat.stretch && instantOf(beat.stretch.to),
    evidence: beat.evidence,
    last_beat_at: instantOf(beat.visit.lastBeat),
    prompt_due_at: instantOf(beat.visit.promptDue),
    prompt_opened_at: beat.visit.promptOpened === null ? null : instantOf(beat.visit.promptOpened),
    prompt_tries: beat.visit.promptTries,
    position_permille: beat.positionPermille,
    ...yearColumns(beat.stretch),
  }));
  const { rows } = await pool.query({
    name: 'training-store-beats',
    text: STORE_BEATS,
    values: [JSON.stringify(input)],
  });
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map((row) => row.id),
  );
}

/** Makes two writers of the same person's time come one after the other. Locks rows in the order of their ids. */
export async function lockPeople(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`
    select id from person where id = any(${[...personIds]}::uuid[]) order by id for no key update`;
}

const endedRow = z.object({
  lastBeatAt: z.date(),
  promptDueAt: z.date(),
  promptOpenedAt: z.date().nullable(),
});

/** Ends the live page of a person, if there is one. */
export async function endLiveVisit(tx: Tx, personId: string, now: Date, reason: string): Promise<void> {
  await tx.$executeRaw`
    update study_visit set ended_at = ${now}, end_reason = ${reason}
    where person_id = ${personId}::uuid and ended_at is null`;
}

/** The person's last page, ended or not. */
export async function findLastVisit(tx: Tx, personId: string): Promise<EarlierVisit | null> {
  const rows = await tx.$queryRaw`
    select last_beat_at as "lastBeatAt", prompt_due_at as "promptDueAt", prompt_opened_at as "promptOpenedAt"
    from study_visit where person_id = ${personId}::uuid order by last_beat_at desc, id desc limit 1`;
  const [row] = z.array(endedRow).parse(rows);
  if (!row) return null;
  return {
    lastBeat: secondOf(row.lastBeatAt),
    promptDue: secondOf(row.promptDueAt),
    promptOpened: row.promptOpenedAt === null ? null : secondOf(row.promptOpenedAt),
  };
}

/** A new live page with its first, empty beat. @returns its id */
export async function insertVisit(
  tx: Tx,
  input: { personId: string; lessonVersionId: string; visit: Visit; device?: string | undefined; now: Date },
): Promise<string> {
  const { personId, lessonVersionId, visit, device, now } = input;
  const id = newId<'StudyVisit'>();
  const startedAt = instantOf(visit.lastBeat);
  await tx.studyVisit.create({
    data: {
      id,
      personId,
      lessonVersionId,
      startedAt,
      lastBeatAt: startedAt,
      promptDueAt: instantOf(visit.promptDue),
    },
  });
  await tx.studyBeat.create({
    data: {
      id: newId(),
      visitId: id,
      seq: 0,
      personId,
      lessonVersionId,
      receivedAt: now,
      standing: 'opened',
      evidence: device === undefined ? {} : { device },
    },
  });
  return id;
}

const stretchRow = z.object({ from: z.date(), to: z.date() });

/** Every stretch the person has had verified in this lesson. */
export async function listVerifiedStretches(
  tx: Tx,
  personId: string,
  lessonVersionId: string,
): Promise<Interval[]> {
  const rows = await tx.$queryRaw`
    select verified_from as "from", verified_to as "to" from study_beat
    where person_id = ${personId}::uuid and lesson_version_id = ${lessonVersionId}::uuid
      and verified_from is not null
    order by verified_from`;
  return z
    .array(stretchRow)
    .parse(rows)
    .map(({ from, to }) => intervalOf(from, to));
}

/** Shanghai days on which the person has had study in this lesson verified. */
export async function listStudyDays(pool: Pool, personId: string, lessonVersionId: string): Promise<Day[]> {
  const { rows } = await pool.query({
    name: 'training-study-days',
    text: `select distinct (moment at time zone 'Asia/Shanghai')::date as day
      from study_beat, lateral (values (verified_from), (verified_to)) as ends(moment)
      where person_id = $1 and lesson_version_id = $2 and verified_from is not null`,
    values: [personId, lessonVersionId],
  });
  return z
    .array(z.object({ day: z.string() }))
    .parse(rows)
    .map((row) => row.day);
}
