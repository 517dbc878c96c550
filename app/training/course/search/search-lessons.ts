import type { IndexedLesson, IndexedSection, LessonIndex } from './lesson-index.ts';
import { statuteKey, statuteWords } from './lesson-index.ts';
import type { LessonQuery } from './lesson-query.ts';
import { pairsOf } from './fold.ts';
import type { Marks, SnippetPart } from './snippet.ts';
import { snippetOf } from './snippet.ts';

/** One place in a lesson. */
export interface SectionHit {
  readonly anchor: string | null;
  readonly heading: string | null;
  readonly snippet: readonly SnippetPart[];
}

export interface LessonHit {
  readonly lesson: IndexedLesson;
  /** The best places, best first. */
  readonly sections: readonly SectionHit[];
  /** Places beyond those shown. */
  readonly more: number;
}

const SECTIONS_SHOWN = 3;
/** A part of the words of a longer phrase is enough when it holds this share of its weight. */
const ENOUGH = 0.6;
/** Up to this length a word must stand as typed. */
const SHORT = 3;
const WEIGHT = {
  exact: 3,
  repeated: 0.2,
  heading: 3,
  title: 4,
  course: 1,
  box: 9,
  named: 6.5,
  mention: 6,
} as const;
const MOST_REPEATS = 5;

function countOf(text: string, word: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) count += 1;
  return count;
}

/** Rare pairs weigh more than common ones. */
function rarity(index: LessonIndex, pair: string): number {
  const holders = index.postings.get(pair)?.length ?? 0;
  return holders === 0 ? Math.log(1 + index.sections.length) : Math.log(1 + index.sections.length / holders);
}

interface TermPairs {
  readonly pairs: readonly string[];
  readonly weights: readonly number[];
  readonly sum: number;
}

function termPairs(index: LessonIndex, term: string): TermPairs {
  const pairs = [...pairsOf(term)];
  const weights = pairs.map((pair) => rarity(index, pair));
  return { pairs, weights, sum: weights.reduce((sum, one) => sum + one, 0) };
}

/** How well one word stands in one section: 0 = not at all. */
function termScore(section: IndexedSection, lesson: IndexedLesson, term: string, split: TermPairs): number {
  let score = 0;
  const times = countOf(section.foldedText, term) + countOf(section.foldedHeading, term);
  if (times > 0) score += WEIGHT.exact + WEIGHT.repeated * Math.min(times, MOST_REPEATS);
  else if (term.length > SHORT) {
    const held = split.pairs.reduce((sum, pair, index) => {
      const isHeld = section.foldedText.includes(pair) || section.foldedHeading.includes(pair);
      return isHeld ? sum + (split.weights[index] ?? 0) : sum;
    }, 0);
    const share = split.sum === 0 ? 0 : held / split.sum;
    if (share >= ENOUGH) score += share;
  }
  if (section.foldedHeading.includes(term)) score += WEIGHT.heading;
  if (lesson.foldedTitle.includes(term)) score += WEIGHT.title;
  else if (score > 0 && lesson.foldedCourse.includes(term)) score += WEIGHT.course;
  return score;
}

function statuteScore(section: IndexedSection, lesson: IndexedLesson, law: string, article: number): number {
  const words = statuteWords(law, article);
  // A course about the law says more of its article than another that names it.
  const about = lesson.foldedCourse.includes(words.law) ? WEIGHT.course : 0;
  if (section.foldedText.includes(words.boxed)) return WEIGHT.box + about;
  if (section.foldedText.includes(words.named)) return WEIGHT.named + about;
  const isCited = lesson.cited.has(statuteKey(law, article));
  return isCited && section.foldedText.includes(words.short) ? WEIGHT.mention + about : 0;
}

/** Sections that can match at all: they share a pair with the query. One-letter words and statutes look everywhere. */
function candidates(index: LessonIndex, query: LessonQuery): Iterable<number> {
  const words = query.terms.flat();
  const isShort = words.some((word) => word.length < 2);
  if (isShort || query.statutes.length > 0) return index.sections.keys();
  const found = new Set<number>();
  for (const word of words)
    for (const pair of pairsOf(word)) for (const number of index.postings.get(pair) ?? []) found.add(number);
  // A lesson whose title alone holds the word is found by its first section.
  for (const [number, section] of index.sections.entries()) {
    const lesson = index.lessons[section.lesson];
    if (lesson && words.some((word) => lesson.foldedTitle.includes(word))) found.add(number);
  }
  return found;
}

interface Scored {
  readonly section: IndexedSection;
  readonly score: number;
}

/** Of two words both must stand there, of more two in three. */
const wantedOf = (parts: number): number => Math.ceil(parts * 0.66);

function scoreSections(index: LessonIndex, query: LessonQuery): Scored[] {
  const split = new Map(query.terms.flat().map((term) => [term, termPairs(index, term)]));
  const wanted = wantedOf(query.terms.length + query.statutes.length);
  const scored: Scored[] = [];
  for (const number of candidates(index, query)) {
    const section = index.sections[number];
    const lesson = section && index.lessons[section.lesson];
    if (!section || !lesson) continue;
    const scores = [
      ...query.statutes.map(({ law, article }) => statuteScore(section, lesson, law, article)),
      ...query.terms.map((spellings) =>
        Math.max(
          ...spellings.map((term) =>
            termScore(section, lesson, term, split.get(term) ?? { pairs: [], weights: [], sum: 0 }),
          ),
        ),
      ),
    ];
    if (scores.filter((score) => score > 0).length < wanted) continue;
    scored.push({ section, score: scores.reduce((sum, score) => sum + score, 0) });
  }
  return scored;
}

/** Words to mark: as typed, and statutes as the text writes them. */
function marksOf(query: LessonQuery): Marks {
  const statutes = query.statutes.map(({ law, article }) => statuteWords(law, article));
  return {
    exact: statutes.flatMap(({ boxed, named, short }) => [boxed, named, short]),
    loose: query.terms.flat(),
  };
}

/**
 * Lessons in which the query stands, best first: the best place of a lesson counts, the others a little. Ties keep the
 * order of the library.
 */
export function searchLessons(index: LessonIndex, query: LessonQuery): LessonHit[] {
  const marks = marksOf(query);
  const byLesson = new Map<number, Scored[]>();
  for (const scored of scoreSections(index, query)) {
    const list = byLesson.get(scored.section.lesson);
    if (list) list.push(scored);
    else byLesson.set(scored.section.lesson, [scored]);
  }
  const ranked = [...byLesson].map(([number, scored]) => {
    const best = scored.sort((a, b) => b.score - a.score);
    const rest = best.slice(1).reduce((sum, one) => sum + one.score, 0);
    return { number, best, score: (best[0]?.score ?? 0) + Math.min(rest * 0.05, 1.5) };
  });
  ranked.sort((a, b) => b.score - a.score || a.number - b.number);
  return ranked.flatMap(({ number, best }) => {
    const lesson = index.lessons[number];
    if (!lesson) return [];
    const sections = best.slice(0, SECTIONS_SHOWN).map(({ section }) => ({
      anchor: section.anchor,
      heading: section.heading,
      snippet: snippetOf(section.text, section.foldedText, marks),
    }));
    return [{ lesson, sections, more: best.length - sections.length }];
  });
}
