import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { PublicCheck } from '../study/checks.ts';
import { publicCheck } from '../study/checks.ts';
import { listCourseVersions } from './course-history.store.server.ts';
import type { LessonSegment } from './lesson-segment.ts';
import type { LibraryLesson } from './library.server.ts';
import { currentLibrary, findCourse } from './library.server.ts';

export interface PrintedLesson {
  readonly slug: string;
  readonly number: number;
  readonly title: string;
  readonly nominalMinutes: number;
  readonly segments: readonly LessonSegment[];
  /** Without keys. */
  readonly checks: readonly PublicCheck[];
}

export interface PrintView {
  readonly course: { readonly slug: string; readonly title: string; readonly summary: string };
  readonly lessons: readonly PrintedLesson[];
  /** Lessons of the whole course. */
  readonly lessonCount: number;
  readonly versionNo: number;
  readonly contentMark: string;
  readonly printedDay: Day;
}

/** A course on paper, or one lesson of it. @param lessonSlug null = all lessons that are served */
export async function printView(
  ctx: ActorCtx,
  courseSlug: string,
  lessonSlug: string | null,
): Promise<Outcome<PrintView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'course.read')) return refused('FORBIDDEN');
  const course = findCourse(currentLibrary(), courseSlug);
  if (!course) return refused('NOT_FOUND');
  const printed = (lesson: LibraryLesson, index: number): PrintedLesson => ({
    slug: lesson.slug,
    number: index + 1,
    title: lesson.title,
    nominalMinutes: lesson.nominalMinutes,
    segments: lesson.segments,
    checks: lesson.checks.map(publicCheck),
  });
  const lessons = course.lessons
    .map(printed)
    .filter((lesson) => lessonSlug === null || lesson.slug === lessonSlug);
  if (lessons.length === 0) return refused('NOT_FOUND');
  const versions = await listCourseVersions(ctx.pool, courseSlug);
  return done({
    course: { slug: course.slug, title: course.title, summary: course.summary },
    lessons,
    lessonCount: course.lessons.length,
    versionNo: versions.length - versions.findIndex((one) => one.id === course.courseVersionId),
    contentMark: course.contentHash.slice(0, 8),
    printedDay: dayOf(ctx.clock.now()),
  });
}
