import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { citationSchema } from './course.schema.ts';
import type { Visited } from './resume.ts';

const completionRow = z.object({
  slug: z.string(),
  year: z.number(),
  occurredAt: z.date(),
  courseVersionId: z.string(),
});
export type CourseCompletion = z.infer<typeof completionRow>;

/** Courses the person has completed, each with the content version it is pinned to, newest first. */
export async function listCourseCompletions(pool: Pool, personId: string): Promise<CourseCompletion[]> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-course-completions',
    text: `select c.slug, d.year, d.occurred_at as "occurredAt", v.id::text as "courseVersionId"
           from course_completion d join course_version v on v.id = d.course_version_id
           join course c on c.id = v.course_id
           where d.person_id = $1 order by d.occurred_at desc, d.id desc`,
    values: [personId],
  });
  return z.array(completionRow).parse(rows);
}

const LAST_VISITS = 20;
const visitRow = z.object({ courseSlug: z.string(), lessonSlug: z.string() });

/** Lessons the person opened last, newest first, by name: a lesson whose text changed meanwhile is still the same place. */
export async function listLastVisited(pool: Pool, personId: string): Promise<Visited[]> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-last-visited',
    text: `select c.slug as "courseSlug", l.slug as "lessonSlug"
           from (select lesson_version_id, max(last_beat_at) as at from study_visit where person_id = $1
                 group by lesson_version_id order by at desc limit ${LAST_VISITS}) s
           join lesson_version l on l.id = s.lesson_version_id
           join course_version v on v.id = l.course_version_id join course c on c.id = v.course_id
           order by s.at desc`,
    values: [personId],
  });
  return z.array(visitRow).parse(rows);
}

const manifestSchema = z.object({
  title: z.string(),
  statedHundredths: z.number().nullable(),
  lessons: z.array(
    z.object({
      slug: z.string(),
      title: z.string(),
      nominalMinutes: z.number(),
      contentHash: z.string(),
      citations: z.array(citationSchema),
    }),
  ),
});
/** What a course version was made of, as kept with it. */
export type CourseManifest = z.infer<typeof manifestSchema>;

const versionRow = z.object({
  id: z.string(),
  contentHash: z.string(),
  firstSeenAt: z.date(),
  manifest: manifestSchema,
});
export type CourseVersionRow = z.infer<typeof versionRow>;

/** All versions of a course, newest first. */
export async function listCourseVersions(pool: Pool, courseSlug: string): Promise<CourseVersionRow[]> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-course-versions',
    text: `select v.id::text, v.content_hash as "contentHash", v.first_seen_at as "firstSeenAt", v.manifest
           from course_version v join course c on c.id = v.course_id
           where c.slug = $1 order by v.first_seen_at desc, v.id desc`,
    values: [courseSlug],
  });
  return z.array(versionRow).parse(rows);
}

const studiedRow = z.object({ lessonSlug: z.string(), lessonVersionId: z.string() });

/** Lessons of a course the person has completed, in whichever text. */
export async function listCompletedLessons(
  pool: Pool,
  personId: string,
  courseSlug: string,
): Promise<{ lessonSlug: string; lessonVersionId: string }[]> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'training-completed-lessons-of-course',
    text: `select l.slug as "lessonSlug", l.id::text as "lessonVersionId"
           from lesson_progress p join lesson_version l on l.id = p.lesson_version_id
           join course_version v on v.id = l.course_version_id join course c on c.id = v.course_id
           where p.person_id = $1 and c.slug = $2 and p.completed_at is not null`,
    values: [personId, courseSlug],
  });
  return z.array(studiedRow).parse(rows);
}
