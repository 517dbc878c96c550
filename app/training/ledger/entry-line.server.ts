import type { Day } from '#app/platform/time/day.ts';
import type { LibraryCourse } from '../course/library.server.ts';
import { courseOfLesson, currentLibrary } from '../course/library.server.ts';
import type { HourEntry } from './entry.ts';
import { isOffPost } from './off-post.ts';

/** An entry as pages show it. */
export interface EntryLine {
  readonly id: string;
  readonly day: Day;
  readonly title: string;
  readonly kind: HourEntry['kind'];
  readonly category: HourEntry['category'];
  readonly creditSeconds: number;
  readonly basis: HourEntry['basis'];
  readonly isReversed: boolean;
  /** 离岗培训 of an officer whose card was suspended. */
  readonly isOffPost: boolean;
  /** The thing it comes from, where it has a page. */
  readonly href: string | null;
}

/** Where the pages of a source are: the learner's own, or those of whoever looks after the unit. */
export type EntryAudience = 'own' | 'office';

export function entryLine(entry: HourEntry, audience: EntryAudience): EntryLine {
  return {
    id: entry.id,
    day: entry.occurredDay,
    title: entry.title,
    kind: entry.kind,
    category: entry.category,
    creditSeconds: entry.creditSeconds,
    basis: entry.basis,
    isReversed: entry.reversedById !== null,
    isOffPost: isOffPost(entry.basis),
    href: hrefOf(entry, audience),
  };
}

function hrefOf({ sourceKind, sourceId }: HourEntry, audience: EntryAudience): string | null {
  const isOwn = audience === 'own';
  switch (sourceKind) {
    case 'training_session':
      return isOwn ? `/sessions#session-${sourceId}` : `/coordinate/sessions/${sourceId}`;
    case 'claim':
      return isOwn ? `/hours/claims/${sourceId}` : `/coordinate/claims/${sourceId}`;
    case 'course_version': {
      const course = currentLibrary().courses.find((one) => one.courseVersionId === sourceId);
      return course ? `/courses/${course.slug}` : null;
    }
    case 'lesson_version': {
      const course = courseOfLesson(currentLibrary(), sourceId);
      return course ? lessonHref(course, sourceId) : null;
    }
    default:
      return null;
  }
}

function lessonHref(course: LibraryCourse, lessonVersionId: string): string {
  const lesson = course.lessons.find((one) => one.lessonVersionId === lessonVersionId);
  return `/courses/${course.slug}/${lesson?.slug ?? ''}`;
}
