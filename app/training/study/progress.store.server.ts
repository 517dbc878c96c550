import { z } from 'zod';
import { holdPersons } from '#app/organization/person/home-timeline.store.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { CATEGORIES } from '../ledger/hours.ts';
import { secondOf } from '../ledger/interval.ts';
import type { Reader } from '../rows.store.server.ts';
import { readRows } from '../rows.store.server.ts';
import type { StudyFigures } from './study-year.ts';

/** Where a person stands in one lesson. */
export interface Progress {
  readonly lessonVersionId: string;
  /** Study that counts, over all years, each at most the nominal length. */
  readonly verifiedSeconds: number;
  /** Last year with counted study, and that year's. */
  readonly year: number | null;
  readonly yearSeconds: number;
  readonly checkPassedAt: Date | null;
  readonly passedYear: number | null;
  /** First completion; it stays. */
  readonly completedAt: Date | null;
  /** Year of the last completion: the lesson may be completed again in a later year. */
  readonly completedYear: number | null;
}

const progressRow = z.object({
  lessonVersionId: z.string(),
  verifiedSeconds: z.number(),
  year: z.number().nullable(),
  yearSeconds: z.number(),
  checkPassedAt: z.date().nullable(),
  passedYear: z.number().nullable(),
  completedAt: z.date().nullable(),
  completedYear: z.number().nullable(),
});

const PROGRESS_COLUMNS = `lesson_version_id::text as "lessonVersionId", verified_seconds as "verifiedSeconds",
  year, year_seconds as "yearSeconds", check_passed_at as "checkPassedAt", passed_year as "passedYear",
  completed_at as "completedAt", completed_year as "completedYear"`;

/** Standing in every lesson the person has begun, by lesson version. */
export async function listProgress(pool: Pool, personId: string): Promise<Map<string, Progress>> {
  const { rows } = await pool.query({
    name: 'training-list-progress',
    text: `select ${PROGRESS_COLUMNS} from lesson_progress where person_id = $1`,
    values: [personId],
  });
  return new Map(
    z
      .array(progressRow)
      .parse(rows)
      .map((row) => [row.lessonVersionId, row]),
  );
}

/**
 * The row, made when absent and locked: whoever settles this lesson next waits. The person is held before it, as a class
 * that is being closed locks persons first and settles their lessons then.
 */
export async function lockProgress(
  tx: Tx,
  personId: string,
  lessonVersionId: string,
  now: Date,
): Promise<Progress> {
  await holdPersons(tx, [personId]);
  await tx.$executeRaw`
    insert into lesson_progress (person_id, lesson_version_id, updated_at)
    values (${personId}::uuid, ${lessonVersionId}::uuid, ${now}) on conflict do nothing`;
  const rows = await tx.$queryRawUnsafe(
    `select ${PROGRESS_COLUMNS} from lesson_progress
     where person_id = $1::uuid and lesson_version_id = $2::uuid for update`,
    personId,
    lessonVersionId,
  );
  return z.array(progressRow).length(1).parse(rows)[0] as Progress;
}

/** The figures of `standingIn`. */
export function figuresOf(progress: Omit<Progress, 'lessonVersionId'>): StudyFigures {
  const { completedAt } = progress;
  return {
    ...progress,
    isCheckPassed: progress.checkPassedAt !== null,
    firstCompletedYear: completedAt && yearOf(dayOf(completedAt)),
  };
}

/** Sets the projection to what the fold of beats says; the ledger has been settled. Once completed stays completed. */
export async function saveProgress(
  tx: Tx,
  key: { personId: string; lessonVersionId: string },
  state: Pick<Progress, 'verifiedSeconds' | 'year' | 'yearSeconds' | 'completedAt' | 'completedYear'>,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    update lesson_progress set verified_seconds = ${state.verifiedSeconds}, credited_seconds = ${state.verifiedSeconds},
      year = ${state.year}, year_seconds = ${state.yearSeconds},
      completed_at = coalesce(completed_at, ${state.completedAt}), completed_year = ${state.completedYear},
      is_unsettled = false, updated_at = ${now}
    where person_id = ${key.personId}::uuid and lesson_version_id = ${key.lessonVersionId}::uuid`;
}

export interface CheckAttemptInput {
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly answers: Readonly<Record<string, readonly string[]>>;
  readonly correctCount: number;
  readonly itemCount: number;
  readonly passed: boolean;
}

/** Keeps one set of answers; the first passing one marks the lesson's questions as passed, and the year of the last. */
export async function appendCheckAttempt(tx: Tx, attempt: CheckAttemptInput, now: Date): Promise<void> {
  await tx.$executeRaw`
    insert into check_attempt (id, person_id, lesson_version_id, answers, correct_count, item_count, passed, occurred_at)
    values (${newId()}::uuid, ${attempt.personId}::uuid, ${attempt.lessonVersionId}::uuid,
      ${JSON.stringify(attempt.answers)}::jsonb, ${attempt.correctCount}, ${attempt.itemCount}, ${attempt.passed},
      ${now})`;
  if (!attempt.passed) return;
  await tx.$executeRaw`
    update lesson_progress set check_passed_at = coalesce(check_passed_at, ${now}),
      passed_year = ${yearOf(dayOf(now))}, is_unsettled = verified_seconds > credited_seconds, updated_at = ${now}
    where person_id = ${attempt.personId}::uuid and lesson_version_id = ${attempt.lessonVersionId}::uuid`;
}

const attemptRow = z.object({
  answers: z.record(z.string(), z.array(z.string())),
  correctCount: z.number(),
  itemCount: z.number(),
  passed: z.boolean(),
});
export type CheckAttempt = z.infer<typeof attemptRow>;

/** The person's last answers to a lesson's questions. @param since only those from then on; null = ever */
export async function findLastCheckAttempt(
  pool: Pool,
  personId: string,
  lessonVersionId: string,
  since: Date | null,
): Promise<CheckAttempt | null> {
  const { rows } = await pool.query({
    name: 'training-last-check-attempt',
    text: `select answers, correct_count as "correctCount", item_count as "itemCount", passed from check_attempt
      where person_id = $1 and lesson_version_id = $2 and occurred_at >= coalesce($3::timestamptz, '-infinity')
      order by occurred_at desc, id desc limit 1`,
    values: [personId, lessonVersionId, since],
  });
  return z.array(attemptRow).parse(rows)[0] ?? null;
}

const passRow = z.object({ year: z.number(), at: z.date() });

/** The second in which the questions were first passed, by calendar year in Shanghai. */
export async function listPasses(
  reader: Reader,
  personId: string,
  lessonVersionId: string,
): Promise<Map<number, number>> {
  const rows = await readRows(
    reader,
    `select extract(year from occurred_at at time zone 'Asia/Shanghai')::int as year, min(occurred_at) as at
     from check_attempt where person_id = $1::uuid and lesson_version_id = $2::uuid and passed group by 1`,
    [personId, lessonVersionId],
  );
  return new Map(
    z
      .array(passRow)
      .parse(rows)
      .map((row) => [row.year, secondOf(row.at)]),
  );
}

const lessonRow = z.object({
  nominalSeconds: z.number(),
  title: z.string(),
  courseTitle: z.string(),
  category: z.enum(CATEGORIES),
  statedCreditSeconds: z.number().nullable(),
});
export type LessonFacts = z.infer<typeof lessonRow>;

/** What crediting needs to know of a lesson version, current or not. */
export async function loadLessonFacts(tx: Tx, lessonVersionId: string): Promise<LessonFacts> {
  const rows = await tx.$queryRaw`
    select l.nominal_seconds as "nominalSeconds", l.title, v.title as "courseTitle", v.category,
      v.stated_credit_seconds as "statedCreditSeconds"
    from lesson_version l join course_version v on v.id = l.course_version_id
    where l.id = ${lessonVersionId}::uuid`;
  return z.array(lessonRow).length(1).parse(rows)[0] as LessonFacts;
}

const keyRow = z.object({ personId: z.string(), lessonVersionId: z.string() });

/** Lessons whose questions are passed, with study that is not settled yet and has come to rest. */
export async function listUnsettled(
  pool: Pool,
  quietSince: Date,
  limit: number,
): Promise<z.infer<typeof keyRow>[]> {
  const { rows } = await pool.query({
    name: 'training-list-unsettled',
    text: `select person_id as "personId", lesson_version_id as "lessonVersionId" from lesson_progress
      where is_unsettled and updated_at < $1
      order by updated_at limit $2`,
    values: [quietSince, limit],
  });
  return z.array(keyRow).parse(rows);
}
