import type { LessonSegment } from '../course/lesson-segment.ts';

/**
 * 「您还在学习吗」 as a small question about the text on the screen (domain.md §4.4): a sentence of the lesson with one
 * word missing and four words to choose from. Made on the server from the rendered lesson; which one is decided by a
 * seed, so that the same open question is the same question on every request, in every process and after a restart.
 */

/** As the browser may see it: nothing in it says which word is right. */
export interface PresenceQuestion {
  /** A sentence with `____` in place of the word. */
  readonly stem: string;
  readonly options: readonly string[];
}

export interface KeyedQuestion extends PresenceQuestion {
  /** Place of the right word among `options`. */
  readonly rightIndex: number;
}

interface Sentence {
  readonly text: string;
  /** Words that stand in it once and mean something. */
  readonly words: readonly string[];
}

/** A lesson taken apart once; questions are drawn from it many times. */
export interface QuestionSource {
  readonly sentences: readonly Sentence[];
  readonly words: readonly string[];
}

const BLANK = '____';
const OPTIONS = 4;
const SENTENCE_LENGTH = { least: 14, most: 70 };
/** Han characters; no numbers, which are a matter of memory. */
const WORD = /^(?!.*[第一二三四五六七八九十百千])\p{Script=Han}{2,5}$/u;
/** Words that hold sentences together: leaving them out asks nothing. */
const EMPTY_WORDS = new Set(
  '应当 可以 或者 以及 但是 因此 如果 这个 那个 他们 我们 自己 没有 不是 就是 什么 怎么 这样 其中 之后 之前 对于 关于 由于 以上 以下 其他 进行 需要 不得 不能 必须 已经 还是 只有 所有 任何 一个 两个 一种 因为 所以 并且 而且 同时 此外 例如 即使 虽然 不会'.split(
    ' ',
  ),
);
/** Sentences this share of the text away from the reader's place may be asked about, in thousandths. */
const NEAR_PERMILLE = 120;

const BLOCK = /<(?:p|li|td|dd)\b[^>]*>([\s\S]*?)<\/(?:p|li|td|dd)>/g;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:amp|lt|gt|quot|#x27);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim();
}

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

function wordsOf(text: string): string[] {
  const words = [...segmenter.segment(text)].map((part) => part.segment);
  const telling = words.filter((word) => WORD.test(word) && !EMPTY_WORDS.has(word));
  return [...new Set(telling)].filter((word) => text.indexOf(word) === text.lastIndexOf(word));
}

/** Sentences of the running text in reading order; questions and headings of the lesson are left out. */
export function questionSource(segments: readonly LessonSegment[]): QuestionSource {
  const blocks = segments.flatMap((segment) =>
    segment.kind === 'html'
      ? [...segment.html.matchAll(BLOCK)].map((match) => plainText(match[1] ?? ''))
      : [],
  );
  const sentences = blocks
    .flatMap((block) => block.split(/(?<=[。；！？])/))
    .map((text) => text.trim())
    .filter((text) => text.length >= SENTENCE_LENGTH.least && text.length <= SENTENCE_LENGTH.most)
    .map((text) => ({ text, words: wordsOf(text) }))
    .filter((sentence) => sentence.words.length > 0);
  return { sentences, words: [...new Set(sentences.flatMap((sentence) => sentence.words))] };
}

/** Numbers that look drawn by lot and are the same for the same seed (FNV-1a, stirred after each). */
function lots(seed: string): (below: number) => number {
  let state = 0x811c9dc5;
  for (const char of seed) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return (below) => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) >>> 0;
    state = Math.imul(state ^ (state >>> 12), 0x297a2d39) >>> 0;
    state = (state ^ (state >>> 15)) >>> 0;
    return state % below;
  };
}

function nearSentences(source: QuestionSource, positionPermille: number): readonly Sentence[] {
  const { length } = source.sentences;
  const near = source.sentences.filter(
    (_, index) => Math.abs((index * 1000) / length - positionPermille) <= NEAR_PERMILLE,
  );
  return near.length >= 3 ? near : source.sentences;
}

function drawOthers(source: QuestionSource, sentence: Sentence, right: string, lot: (n: number) => number) {
  const isOther = (word: string): boolean => !sentence.text.includes(word) && !word.includes(right);
  const sameLength = source.words.filter((word) => word.length === right.length && isOther(word));
  const pool =
    sameLength.length >= OPTIONS - 1
      ? sameLength
      : source.words.filter((word) => Math.abs(word.length - right.length) <= 1 && isOther(word));
  const drawn: string[] = [];
  const rest = [...pool];
  while (drawn.length < OPTIONS - 1 && rest.length > 0) drawn.push(...rest.splice(lot(rest.length), 1));
  return drawn;
}

/**
 * The question of this seed about the text near the reader's place; null where the text is too short to ask about: then
 * the person is only asked to confirm.
 * @param positionPermille how far down the page the reader is, 0 … 1000
 */
export function drawQuestion(
  source: QuestionSource,
  seed: string,
  positionPermille: number,
): KeyedQuestion | null {
  const lot = lots(seed);
  const near = nearSentences(source, positionPermille);
  if (near.length === 0) return null;
  const sentence = near[lot(near.length)];
  if (!sentence) return null;
  // Longer words carry more of the meaning.
  const telling = [...sentence.words].sort((a, b) => b.length - a.length).slice(0, 3);
  const right = telling[lot(telling.length)];
  if (right === undefined) return null;
  const others = drawOthers(source, sentence, right, lot);
  if (others.length < OPTIONS - 1) return null;
  const rightIndex = lot(OPTIONS);
  const options = [...others.slice(0, rightIndex), right, ...others.slice(rightIndex)];
  return { stem: sentence.text.replace(right, BLANK), options, rightIndex };
}
