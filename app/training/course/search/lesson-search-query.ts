import type { CourseFilter } from '../course-filter.ts';
import { parseCourseFilter } from '../course-filter.ts';
import { MAX_LESSON_QUERY } from './lesson-query.ts';

/** What stands in the URL of `/courses/search`. */
export interface LessonSearchQuery extends Pick<CourseFilter, 'category' | 'act'> {
  readonly q: string;
  /** Slug of one course. */
  readonly course: string | null;
  readonly page: number;
}

export function parseLessonSearch(search: URLSearchParams): LessonSearchQuery {
  const { category, act } = parseCourseFilter(search);
  const page = Number(search.get('page'));
  const course = search.get('course');
  return {
    q: (search.get('q') ?? '').trim().slice(0, MAX_LESSON_QUERY),
    category,
    act,
    course: course !== null && /^[a-z0-9-]{1,80}$/.test(course) ? course : null,
    page: Number.isInteger(page) && page > 0 ? page : 1,
  };
}

/** The same question with something changed, as an address. A changed filter begins at the first page. */
export function lessonSearchHref(query: LessonSearchQuery, change: Partial<LessonSearchQuery>): string {
  const next = { ...query, page: 1, ...change };
  const search = new URLSearchParams({ q: next.q });
  if (next.course !== null) search.set('course', next.course);
  if (next.category !== null) search.set('category', next.category);
  if (next.act !== null) search.set('act', next.act);
  if (next.page > 1) search.set('page', String(next.page));
  return `/courses/search?${search}`;
}
