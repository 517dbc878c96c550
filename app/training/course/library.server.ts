import type { ContentFault, Course, Lesson } from './content.ts';

/** A lesson with the row that study, answers and progress refer to. */
export interface LibraryLesson extends Lesson {
  /**
   * The first version row of this course with the same file: a lesson that did not change keeps its progress when its
   * course gets a new version, and its time cannot be earned twice.
   */
  readonly lessonVersionId: string;
}

export interface LibraryCourse extends Omit<Course, 'lessons'> {
  readonly courseVersionId: string;
  readonly lessons: readonly LibraryLesson[];
}

/** The courses this process serves, loaded once at start. */
export interface Library {
  readonly courses: readonly LibraryCourse[];
  readonly faults: readonly ContentFault[];
}

/**
 * Kept on `globalThis`: handlers before Remix and the pages may be two copies of this module, and both must see the
 * one library (style.md, trap 3).
 */
const KEY: unique symbol = Symbol.for('zhifa.training.library');
const holder: typeof globalThis & { [KEY]?: Library } = globalThis;

export function publishLibrary(library: Library): void {
  holder[KEY] = library;
}

/** Empty until `loadCourses` has run. */
export function currentLibrary(): Library {
  return holder[KEY] ?? { courses: [], faults: [] };
}

export function findCourse(library: Library, slug: string): LibraryCourse | null {
  return library.courses.find((course) => course.slug === slug) ?? null;
}

export function findLesson(
  library: Library,
  courseSlug: string,
  lessonSlug: string,
): { course: LibraryCourse; lesson: LibraryLesson; index: number } | null {
  const course = findCourse(library, courseSlug);
  const index = course?.lessons.findIndex((lesson) => lesson.slug === lessonSlug) ?? -1;
  const lesson = course?.lessons[index];
  return course && lesson ? { course, lesson, index } : null;
}

/** The current course a lesson version belongs to; null for lessons that were replaced meanwhile. */
export function courseOfLesson(library: Library, lessonVersionId: string): LibraryCourse | null {
  return (
    library.courses.find((course) => course.lessons.some((one) => one.lessonVersionId === lessonVersionId)) ??
    null
  );
}
