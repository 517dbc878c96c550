import { articleText } from '../laws.ts';
import { sectionsOf } from '../lesson-outline.ts';
import type { LibraryCourse, LibraryLesson } from '../library.server.ts';
import { fold, pairsOf } from './fold.ts';

/** A stretch of a lesson, or one of its questions, as it is looked through. */
export interface IndexedSection {
  readonly lesson: number;
  /** Anchor in the lesson page; null = its beginning. */
  readonly anchor: string | null;
  /** Heading, or 自测第 2 题; null before the first heading. */
  readonly heading: string | null;
  readonly text: string;
  readonly foldedHeading: string;
  readonly foldedText: string;
}

/** A lesson as results name it. */
export interface IndexedLesson {
  readonly courseSlug: string;
  readonly courseTitle: string;
  readonly slug: string;
  readonly title: string;
  /** Number of the lesson in its course, from 1. */
  readonly number: number;
  readonly category: LibraryCourse['category'];
  readonly actKinds: LibraryCourse['actKinds'];
  readonly foldedTitle: string;
  readonly foldedCourse: string;
  /** `行政处罚法|33` of all its citations. */
  readonly cited: ReadonlySet<string>;
}

export interface LessonIndex {
  readonly lessons: readonly IndexedLesson[];
  readonly sections: readonly IndexedSection[];
  /** Two neighbouring characters → the sections that hold them, ascending. */
  readonly postings: ReadonlyMap<string, readonly number[]>;
}

export const statuteKey = (law: string, article: number): string => `${law}|${article}`;

function lessonOf(course: LibraryCourse, lesson: LibraryLesson, number: number): IndexedLesson {
  return {
    courseSlug: course.slug,
    courseTitle: course.title,
    slug: lesson.slug,
    title: lesson.title,
    number,
    category: course.category,
    actKinds: course.actKinds,
    foldedTitle: fold(lesson.title),
    foldedCourse: fold(course.title),
    cited: new Set(lesson.citations.map(({ law, article }) => statuteKey(law, article))),
  };
}

function sectionsOfLesson(lesson: LibraryLesson, number: number): IndexedSection[] {
  const make = (anchor: string | null, heading: string | null, text: string): IndexedSection => ({
    lesson: number,
    anchor,
    heading,
    text,
    foldedHeading: fold(heading ?? ''),
    foldedText: fold(text),
  });
  const read = sectionsOf(lesson.segments).map(({ heading, text }) =>
    make(heading?.id ?? null, heading?.text ?? null, text),
  );
  // The question and what may be chosen; never its key or its explanation. The statute it is about is no secret.
  const asked = lesson.checks.map((check, index) => {
    const options = 'options' in check ? Object.values(check.options) : [];
    return make(`check-${check.id}`, `自测第 ${index + 1} 题`, [check.stem, ...options].join(' '));
  });
  return [...read, ...asked];
}

/** Built once when the library is loaded. Pure: the same library gives the same index. */
export function buildLessonIndex(courses: readonly LibraryCourse[]): LessonIndex {
  const lessons: IndexedLesson[] = [];
  const sections: IndexedSection[] = [];
  for (const course of courses) {
    for (const [index, lesson] of course.lessons.entries()) {
      sections.push(...sectionsOfLesson(lesson, lessons.length));
      lessons.push(lessonOf(course, lesson, index + 1));
    }
  }
  const postings = new Map<string, number[]>();
  for (const [number, section] of sections.entries()) {
    for (const pair of pairsOf(`${section.foldedHeading} ${section.foldedText}`)) {
      const list = postings.get(pair);
      if (list) list.push(number);
      else postings.set(pair, [number]);
    }
  }
  // Lists that grew keep room for more; cut to size they take a third of it.
  for (const [pair, list] of postings) postings.set(pair, list.slice());
  return { lessons, sections, postings };
}

/** How a statute is written: above its box, in a sentence, and where its law is understood; folded. */
export function statuteWords(
  law: string,
  article: number,
): { law: string; boxed: string; named: string; short: string } {
  const words = articleText(article);
  return {
    law: fold(law),
    boxed: fold(`《${law}》${words}`),
    named: fold(`${law}${words}`),
    short: words,
  };
}
