import { z } from 'zod';
import type { Db, Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';

/**
 * True when the person has completed the course of this slug, in whichever content version: a completion stays valid
 * when the text changes (domain.md §4.2 case 15). Asked by the exam before a start.
 */
export async function hasCompletedCourse(pool: Pool, personId: string, courseSlug: string): Promise<boolean> {
  const { rows } = await pool.query({
    name: 'training-has-completed-course',
    text: `select exists (select from course_completion d
        join course_version v on v.id = d.course_version_id join course c on c.id = v.course_id
        where d.person_id = $1 and c.slug = $2) as done`,
    values: [personId, courseSlug],
  });
  return (
    z
      .array(z.object({ done: z.boolean() }))
      .length(1)
      .parse(rows)[0]?.done ?? false
  );
}

/** Every course by its newest title, for forms of other slices that name one. */
export async function listCourseChoices(db: Db | Tx): Promise<{ value: string; label: string }[]> {
  const rows = await db.$queryRaw`
    select distinct on (c.slug) c.slug as value, v.title as label
    from course c join course_version v on v.course_id = c.id order by c.slug, v.first_seen_at desc`;
  return z.array(z.object({ value: z.string(), label: z.string() })).parse(rows);
}

/** Those of some persons who have completed the course of this slug, in whichever version; for lists of candidates. */
export async function listCompletedBy(
  db: Db | Tx,
  personIds: readonly string[],
  courseSlug: string,
): Promise<Set<string>> {
  const rows = await db.$queryRaw`
    select distinct d.person_id::text as id from course_completion d
      join course_version v on v.id = d.course_version_id join course c on c.id = v.course_id
    where c.slug = ${courseSlug} and d.person_id = any(${[...personIds]}::uuid[])`;
  return new Set(
    z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(({ id }) => id),
  );
}

const completionRow = z.object({ slug: z.string(), year: z.number(), occurredAt: z.date() });
export type Completion = z.infer<typeof completionRow>;

/** Everything the person has completed, newest first. */
export async function listCompletions(pool: Pool, personId: string): Promise<Completion[]> {
  const { rows } = await pool.query({
    name: 'training-list-completions',
    text: `select c.slug, d.year, d.occurred_at as "occurredAt" from course_completion d
      join course_version v on v.id = d.course_version_id join course c on c.id = v.course_id
      where d.person_id = $1 order by d.occurred_at desc`,
    values: [personId],
  });
  return z.array(completionRow).parse(rows);
}

/** True when the person has completed this course before, in whichever version. */
export async function hasCompletionOf(tx: Tx, personId: string, courseVersionId: string): Promise<boolean> {
  const rows = await tx.$queryRaw`
    select exists (select from course_completion d
        join course_version v on v.id = d.course_version_id
        join course_version this on this.course_id = v.course_id
      where d.person_id = ${personId}::uuid and this.id = ${courseVersionId}::uuid) as done`;
  return z.array(z.object({ done: z.boolean() })).parse(rows)[0]?.done ?? false;
}

/** How many of these lessons the person has completed. @param year last completed in this year; null = ever */
export async function countCompletedLessons(
  tx: Tx,
  personId: string,
  lessonVersionIds: readonly string[],
  year: number | null,
): Promise<number> {
  const rows = await tx.$queryRaw`
    select count(*)::int as count from lesson_progress
    where person_id = ${personId}::uuid and lesson_version_id = any(${[...lessonVersionIds]}::uuid[])
      and completed_at is not null and (${year}::int is null or completed_year = ${year}::int)`;
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

/** Once per person, content version and year. @returns false when it stood there already */
export async function appendCompletion(
  tx: Tx,
  input: { personId: string; courseVersionId: string; year: number; now: Date },
): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    insert into course_completion (id, person_id, course_version_id, year, occurred_at)
    values (${newId()}::uuid, ${input.personId}::uuid, ${input.courseVersionId}::uuid, ${input.year}, ${input.now})
    on conflict (person_id, course_version_id, year) do nothing`;
  return inserted === 1;
}
