import { currentLibrary } from '../course/library.server.ts';
import type { LibraryLesson } from '../course/library.server.ts';
import type { KeyedQuestion, QuestionSource } from './presence-question.ts';
import { drawQuestion, questionSource } from './presence-question.ts';

/** Lessons already taken apart; they go when the library does. */
const sources = new WeakMap<LibraryLesson, QuestionSource>();

function sourceOf(lessonVersionId: string): QuestionSource | null {
  const lesson = currentLibrary()
    .courses.flatMap((course) => course.lessons)
    .find((one) => one.lessonVersionId === lessonVersionId);
  if (!lesson) return null;
  const known = sources.get(lesson) ?? questionSource(lesson.segments);
  sources.set(lesson, known);
  return known;
}

/** A page on which the presence question is open. */
export interface AskedPage {
  readonly visitId: string;
  readonly lessonVersionId: string;
  /** Number of the beat that opened it: the same for as long as the same question is open. */
  readonly seq: number;
  readonly positionPermille: number;
}

/**
 * The open question with its key, drawn anew from what the visit's row says: nothing about it is kept in memory. Null
 * for a text that was replaced under the reader or is too short: then any answer will do.
 */
export function openQuestion(page: AskedPage): KeyedQuestion | null {
  const source = sourceOf(page.lessonVersionId);
  return source && drawQuestion(source, `${page.visitId}:${page.seq}`, page.positionPermille);
}
