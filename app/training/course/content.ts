import type { Check, Citation, CourseFile } from './course.schema.ts';
import type { LessonSegment } from './lesson-segment.ts';

/** One lesson as it stands in `content/`, compiled and rendered. */
export interface Lesson {
  /** File name without its number: `setting-penalties`. */
  readonly slug: string;
  readonly fileName: string;
  readonly title: string;
  readonly nominalMinutes: number;
  readonly mediaMinutes: number;
  readonly citations: readonly Citation[];
  /** With keys: these never leave the server before they are answered. */
  readonly checks: readonly Check[];
  /** Hash of the whole file: the version a completion is pinned to. */
  readonly contentHash: string;
  /** Chinese characters of text and questions. */
  readonly characters: number;
  readonly links: readonly string[];
  readonly segments: readonly LessonSegment[];
}

/** A lesson that could not be loaded. Its course is shown and can be studied, but not completed, until it is mended. */
export interface BrokenLesson {
  readonly slug: string;
  readonly fileName: string;
}

export interface Course extends Omit<CourseFile, 'statedHours'> {
  readonly slug: string;
  readonly contentHash: string;
  /** Stated hours in hundredths; null = verified study time counts. */
  readonly statedHundredths: number | null;
  readonly lessons: readonly Lesson[];
  readonly broken: readonly BrokenLesson[];
}

/** Something wrong in `content/`, said so that its author can mend it. */
export interface ContentFault {
  /** Path below `content/`. */
  readonly file: string;
  readonly text: string;
}

export interface Content {
  readonly courses: readonly Course[];
  readonly faults: readonly ContentFault[];
}

/** Honest length of a course: the sum of its lessons. */
export function nominalSeconds(course: Pick<Course, 'lessons'>): number {
  return course.lessons.reduce((sum, lesson) => sum + lesson.nominalMinutes * 60, 0);
}
