import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Course } from './content.ts';
import { nominalSeconds } from './content.ts';
import { statedHoursToSeconds } from '../ledger/hours.ts';

const idRow = z.array(z.object({ id: z.string() })).length(1);

/** The id of the course of this slug; made when it is new. Two processes at once get the same one. */
export async function upsertCourse(tx: Tx, course: Pick<Course, 'slug' | 'code'>): Promise<string> {
  await tx.$executeRaw`
    insert into course (id, slug, code) values (${newId()}::uuid, ${course.slug}, ${course.code})
    on conflict (slug) do update set code = excluded.code`;
  const rows = await tx.$queryRaw`select id::text from course where slug = ${course.slug}`;
  return idRow.parse(rows)[0]?.id ?? '';
}

/** What stands in `course_version.manifest`: everything of the course but its texts and keys. */
function manifestText(course: Course): string {
  const { lessons, broken, contentHash: _, ...rest } = course;
  return JSON.stringify({
    ...rest,
    lessons: lessons.map(({ slug, title, nominalMinutes, contentHash, citations }) => ({
      slug,
      title,
      nominalMinutes,
      contentHash,
      citations,
    })),
    broken: broken.map(({ fileName }) => fileName),
  });
}

/** The row of this content of the course, with its lessons; inserted on first sight, never changed. */
export async function ensureCourseVersion(
  tx: Tx,
  courseId: string,
  course: Course,
  now: Date,
): Promise<string> {
  const id = newId<'CourseVersion'>();
  const stated = course.statedHundredths === null ? null : statedHoursToSeconds(course.statedHundredths);
  const inserted = await tx.$executeRaw`
    insert into course_version (id, course_id, content_hash, title, category, nominal_seconds, stated_credit_seconds,
      manifest, first_seen_at)
    values (${id}::uuid, ${courseId}::uuid, ${course.contentHash}, ${course.title}, ${course.category},
      ${nominalSeconds(course)}, ${stated}, ${manifestText(course)}::jsonb, ${now})
    on conflict (course_id, content_hash) do nothing`;
  if (inserted === 0) {
    const rows = await tx.$queryRaw`
      select id::text from course_version
      where course_id = ${courseId}::uuid and content_hash = ${course.contentHash}`;
    return idRow.parse(rows)[0]?.id ?? '';
  }
  await tx.lessonVersion.createMany({
    data: course.lessons.map((lesson, index) => ({
      id: newId<'LessonVersion'>(),
      courseVersionId: id,
      slug: lesson.slug,
      position: index + 1,
      title: lesson.title,
      nominalSeconds: lesson.nominalMinutes * 60,
      contentHash: lesson.contentHash,
    })),
  });
  return id;
}

const firstRow = z.object({ slug: z.string(), contentHash: z.string(), id: z.string() });

/** For each lesson text of the course, the first row that carried it: `slug|hash` → lesson version id. */
export async function listFirstLessonVersions(tx: Tx, courseId: string): Promise<Map<string, string>> {
  const rows = await tx.$queryRaw`
    select distinct on (l.slug, l.content_hash) l.slug, l.content_hash as "contentHash", l.id::text
    from lesson_version l join course_version v on v.id = l.course_version_id
    where v.course_id = ${courseId}::uuid
    order by l.slug, l.content_hash, v.first_seen_at, l.id`;
  return new Map(
    z
      .array(firstRow)
      .parse(rows)
      .map((row) => [`${row.slug}|${row.contentHash}`, row.id]),
  );
}
