import type { StudyStanding } from './standing.ts';

/** A course as the question "where do I go on" sees it, in the order in which it should be offered. */
export interface ResumeCourse {
  readonly slug: string;
  readonly title: string;
  readonly standing: StudyStanding;
  readonly lessons: readonly {
    readonly slug: string;
    readonly title: string;
    readonly isComplete: boolean;
  }[];
}

/** The one lesson to open next. */
export interface Resume {
  /** `resume`: the person was here; `start`: nothing is under way, this comes first. */
  readonly kind: 'resume' | 'start';
  readonly courseSlug: string;
  readonly courseTitle: string;
  readonly lessonSlug: string;
  readonly lessonTitle: string;
  /** Number of the lesson in its course, from 1. */
  readonly number: number;
}

/** Where the person was, newest first; lessons that are gone meanwhile are passed over. */
export interface Visited {
  readonly courseSlug: string;
  readonly lessonSlug: string;
}

function resumeAt(kind: Resume['kind'], course: ResumeCourse, index: number): Resume | null {
  const lesson = course.lessons[index];
  if (!lesson) return null;
  return {
    kind,
    courseSlug: course.slug,
    courseTitle: course.title,
    lessonSlug: lesson.slug,
    lessonTitle: lesson.title,
    number: index + 1,
  };
}

/** The next open lesson of a course, from `after` on and then from its beginning; null when all are done. */
export function nextOpenLesson(course: ResumeCourse, after: number, kind: Resume['kind']): Resume | null {
  const isOpen = (index: number): boolean => course.lessons[index]?.isComplete === false;
  const order = course.lessons.map((_, index) => (after + index) % course.lessons.length);
  const index = order.find(isOpen);
  return index === undefined ? null : resumeAt(kind, course, index);
}

/**
 * 继续学习: the lesson last studied if it is not done, else the next open one of its course, else of the course before;
 * with nothing under way the first lesson of the first course offered that is not complete. Null when all is done.
 */
export function whereToGoOn(courses: readonly ResumeCourse[], visited: readonly Visited[]): Resume | null {
  for (const { courseSlug, lessonSlug } of visited) {
    const course = courses.find((one) => one.slug === courseSlug);
    if (!course || course.standing === 'complete') continue;
    const at = course.lessons.findIndex((lesson) => lesson.slug === lessonSlug);
    const found = nextOpenLesson(course, Math.max(at, 0), 'resume');
    if (found) return found;
  }
  for (const course of courses) {
    if (course.standing === 'complete') continue;
    const found = nextOpenLesson(course, 0, course.standing === 'begun' ? 'resume' : 'start');
    if (found) return found;
  }
  return null;
}
