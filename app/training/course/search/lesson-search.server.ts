import type { LawCatalogue } from '../laws.ts';
import type { LibraryCourse } from '../library.server.ts';
import type { LessonIndex } from './lesson-index.ts';
import { buildLessonIndex } from './lesson-index.ts';
import type { LawNames } from './lesson-query.ts';

interface LessonSearch {
  readonly index: LessonIndex;
  readonly laws: readonly LawNames[];
}

/** On `globalThis` for the same reason as the library (style.md, trap 3). */
const KEY: unique symbol = Symbol.for('zhifa.training.lesson-search');
const holder: typeof globalThis & { [KEY]?: LessonSearch } = globalThis;

/** Called with the library: what is served is what is found. */
export function publishLessonSearch(courses: readonly LibraryCourse[], laws: LawCatalogue): void {
  holder[KEY] = {
    index: buildLessonIndex(courses),
    laws: laws.map(({ name, officialTitle, aliases }) => ({ name, officialTitle, aliases })),
  };
}

/** Empty until the courses are loaded. */
export function currentLessonSearch(): LessonSearch {
  return holder[KEY] ?? { index: { lessons: [], sections: [], postings: new Map() }, laws: [] };
}
