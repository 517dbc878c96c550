/** A stretch of a snippet, marked or not. */
export interface SnippetPart {
  readonly text: string;
  readonly isHit: boolean;
}

/** Characters shown of a section. */
const WINDOW = 88;
/** Characters shown before the first mark. */
const LEAD = 18;

interface Range {
  readonly from: number;
  readonly to: number;
}

function rangesOf(folded: string, word: string): Range[] {
  const ranges: Range[] = [];
  for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + word.length))
    ranges.push({ from: at, to: at + word.length });
  return ranges;
}

/** A phrase that does not stand there as typed is marked in the longest pieces of it that do, two characters at least. */
function pieceRanges(folded: string, word: string): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  while (from + 1 < word.length) {
    let to = from + 1;
    while (to < word.length && folded.includes(word.slice(from, to + 1))) to += 1;
    if (to - from < 2) from += 1;
    else {
      ranges.push(...rangesOf(folded, word.slice(from, to)));
      from = to;
    }
  }
  return ranges;
}

/** Touching and overlapping ranges as one, in order. */
function merged(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result[result.length - 1];
    if (last && range.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else result.push(range);
  }
  return result;
}

/** Where the window begins: at the mark from which most marked characters fit in. */
function windowStart(ranges: readonly Range[]): number {
  let best = { start: 0, held: -1 };
  for (const { from } of ranges) {
    const start = Math.max(from - LEAD, 0);
    const held = ranges
      .filter((range) => range.from >= start && range.to <= start + WINDOW)
      .reduce((sum, range) => sum + range.to - range.from, 0);
    if (held > best.held) best = { start, held };
  }
  return best.start;
}

/** What is marked, folded: `exact` as it stands or not at all, `loose` also in pieces. */
export interface Marks {
  readonly exact: readonly string[];
  readonly loose: readonly string[];
}

/**
 * The part of a text in which most of the words stand, with the words marked.
 * @param folded the same text through `fold`, of the same length
 */
export function snippetOf(text: string, folded: string, marks: Marks): SnippetPart[] {
  const loose = marks.loose.flatMap((word) => {
    const exact = rangesOf(folded, word);
    return exact.length > 0 || word.length < 2 ? exact : pieceRanges(folded, word);
  });
  const found = [...marks.exact.flatMap((word) => rangesOf(folded, word)), ...loose];
  const ranges = merged(found);
  const start = windowStart(ranges);
  const end = Math.min(start + WINDOW, text.length);
  const parts: SnippetPart[] = [];
  const add = (from: number, to: number, isHit: boolean): void => {
    if (to > from) parts.push({ text: text.slice(from, to), isHit });
  };
  if (start > 0) parts.push({ text: '…', isHit: false });
  let at = start;
  for (const range of ranges) {
    if (range.to <= start || range.from >= end) continue;
    add(at, Math.max(range.from, at), false);
    add(Math.max(range.from, at), Math.min(range.to, end), true);
    at = Math.min(range.to, end);
  }
  add(at, end, false);
  if (end < text.length) parts.push({ text: '…', isHit: false });
  return parts;
}
