import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { CourseFile } from '../course.schema.ts';
import { currentLessonSearch } from './lesson-search.server.ts';
import type { LessonSearchQuery } from './lesson-search-query.ts';
import { parseLessonQuery } from './lesson-query.ts';
import type { LessonHit, SectionHit } from './search-lessons.ts';
import { searchLessons } from './search-lessons.ts';

const PAGE_SIZE = 20;

export interface LessonHitView {
  readonly key: string;
  readonly to: string;
  readonly title: string;
  readonly course: { readonly to: string; readonly title: string };
  readonly number: number;
  readonly sections: readonly (SectionHit & { readonly to: string })[];
  readonly more: number;
}

export interface LessonSearchView {
  readonly asked: LessonSearchQuery;
  /** Lessons that match, over all pages. */
  readonly total: number;
  readonly page: number;
  readonly pages: number;
  readonly hits: readonly LessonHitView[];
  /** Courses there are hits in, before the course filter, with how many lessons each. */
  readonly courses: readonly { readonly slug: string; readonly title: string; readonly lessons: number }[];
}

export function hitView({ lesson, sections, more }: LessonHit): LessonHitView {
  const to = `/courses/${lesson.courseSlug}/${lesson.slug}`;
  return {
    key: `${lesson.courseSlug}/${lesson.slug}`,
    to,
    title: lesson.title,
    course: { to: `/courses/${lesson.courseSlug}`, title: lesson.courseTitle },
    number: lesson.number,
    sections: sections.map((section) => ({
      ...section,
      to: section.anchor === null ? to : `${to}#${section.anchor}`,
    })),
    more,
  };
}

function coursesOf(hits: readonly LessonHit[]): LessonSearchView['courses'] {
  const counts = new Map<string, { slug: string; title: string; lessons: number }>();
  for (const { lesson } of hits) {
    const known = counts.get(lesson.courseSlug);
    const lessons = (known?.lessons ?? 0) + 1;
    counts.set(lesson.courseSlug, { slug: lesson.courseSlug, title: lesson.courseTitle, lessons });
  }
  return [...counts.values()];
}

/** Every lesson in which the text stands. Nothing about a person goes in or out. */
export function findLessonHits(text: string): LessonHit[] {
  const { index, laws } = currentLessonSearch();
  const query = parseLessonQuery(text, laws);
  return query === null ? [] : searchLessons(index, query);
}

const isOfKind = (asked: LessonSearchQuery, actKinds: CourseFile['actKinds']): boolean =>
  asked.act === null || actKinds.includes(asked.act);

/** The search page. Refusals: FORBIDDEN. A page beyond the end is answered with the last one. */
export function lessonSearchView(
  ctx: ActorCtx,
  asked: LessonSearchQuery,
): Outcome<LessonSearchView, 'FORBIDDEN'> {
  if (!mayDo(ctx, 'course.read')) return refused('FORBIDDEN');
  const ofKind = findLessonHits(asked.q).filter(
    ({ lesson }) =>
      (asked.category === null || lesson.category === asked.category) && isOfKind(asked, lesson.actKinds),
  );
  const hits = ofKind.filter(({ lesson }) => asked.course === null || lesson.courseSlug === asked.course);
  const pages = Math.max(Math.ceil(hits.length / PAGE_SIZE), 1);
  const page = Math.min(asked.page, pages);
  return done({
    asked,
    total: hits.length,
    page,
    pages,
    hits: hits.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(hitView),
    courses: coursesOf(ofKind),
  });
}
