import type { MaybeCell, Merge, SheetGrid } from './cell.ts';
import { columnLetters, textOf } from './cell.ts';
import type { HeadWords } from './head-words.ts';
import { meaningOf } from './head-words.ts';
import { normaliseHead } from './normalise-head.ts';

/** Rows with content that may stand above a head. */
const HEAD_SEARCH_ROWS = 30;
/** A head has at most so many rows. */
const MAX_HEAD_ROWS = 3;
/** Fewer known heads than this in a row are chance (or all of a kind's columns, if it has fewer). */
const MIN_KNOWN_HEADS = 2;

export interface HeadColumn {
  /** Column of the sheet, from 0. */
  readonly index: number;
  /** Name that is the same on every sheet with the same heads; repeats carry #2, #3 … */
  readonly key: string;
  /** Texts from the outermost merged head to the innermost. */
  readonly path: readonly string[];
  /** As shown to people: 有效期 / 起. */
  readonly title: string;
}

export interface Head {
  /** First and last row of the head, from 0. */
  readonly top: number;
  readonly bottom: number;
  readonly columns: readonly HeadColumn[];
  /** Distinct fields of the kind that were recognised. */
  readonly known: number;
}

/** Finds the best head at or below `fromRow`: the first group of up to three rows that names most fields of the kind.
 *  Null when nothing there looks like a head. */
export function findHead(sheet: SheetGrid, words: HeadWords, fromRow: number): Head | null {
  let best: Head | null = null;
  let looked = 0;
  for (let top = fromRow; top < sheet.rows.length && looked < HEAD_SEARCH_ROWS; top += 1) {
    if (!sheet.rows[top]?.some((cell) => cell !== null)) continue;
    looked += 1;
    const head = bestHeadAt(sheet, words, top);
    if (head !== null && (best === null || isBetter(head, best))) best = head;
  }
  return best !== null && best.known >= minimumKnown(words) ? wholeHead(sheet, best) : null;
}

/** More known heads, or as many without the title rows that another try took along. */
function isBetter(head: Head, best: Head): boolean {
  if (head.known !== best.known) return head.known > best.known;
  return head.top > best.top && head.bottom <= best.bottom;
}

function minimumKnown(words: HeadWords): number {
  const fields = new Set([...words.values()].flatMap((word) => (word.is === 'field' ? [word.fieldId] : [])));
  return Math.min(MIN_KNOWN_HEADS, fields.size);
}

function bestHeadAt(sheet: SheetGrid, words: HeadWords, top: number): Head | null {
  let best: Head | null = null;
  const lastBottom = Math.min(top + MAX_HEAD_ROWS, sheet.rows.length) - 1;
  for (let bottom = top; bottom <= lastBottom; bottom += 1) {
    const columns = headColumns(sheet, top, bottom);
    const known = countKnown(columns, words);
    if (known > (best?.known ?? 0)) best = { top, bottom, columns, known };
  }
  return best;
}

/** Takes in the rows that merged cells tie to the head, above and below. */
function wholeHead(sheet: SheetGrid, head: Head): Head {
  const top = highestHeadRow(sheet, head);
  const bottom = Math.min(lowestHeadRow(sheet, head), top + MAX_HEAD_ROWS - 1, sheet.rows.length - 1);
  if (top === head.top && bottom <= head.bottom) return head;
  return { ...head, top, bottom, columns: headColumns(sheet, top, bottom) };
}

function highestHeadRow(sheet: SheetGrid, head: Head): number {
  const tied = sheet.merges.filter(
    (merge) =>
      merge.top < head.top && merge.bottom >= head.top && cellText(sheet, merge.top, merge.left) !== '',
  );
  return Math.min(head.top, ...tied.map((merge) => merge.top));
}

function countKnown(columns: readonly HeadColumn[], words: HeadWords): number {
  const fields = new Set<string>();
  for (const column of columns) {
    const meaning = meaningOf(words, column.path);
    if (meaning?.is === 'field') fields.add(meaning.fieldId);
  }
  return fields.size;
}

/** A head reaches as far down as its merged cells do, and over a following row that only fills merged heads. */
function lowestHeadRow(sheet: SheetGrid, head: Head): number {
  let bottom = head.bottom;
  for (const merge of sheet.merges) {
    const startsInHead = merge.top >= head.top && merge.top <= head.bottom;
    if (startsInHead && cellText(sheet, merge.top, merge.left) !== '')
      bottom = Math.max(bottom, merge.bottom);
  }
  return bottom === head.bottom && onlyFillsMergedHeads(sheet, head) ? bottom + 1 : bottom;
}

function onlyFillsMergedHeads(sheet: SheetGrid, head: Head): boolean {
  const wide = sheet.merges.filter(
    (merge) => merge.bottom === head.bottom && merge.top >= head.top && merge.right > merge.left,
  );
  const below = sheet.rows[head.bottom + 1] ?? [];
  const filled = below.flatMap((cell, column) => (cell === null ? [] : [{ cell, column }]));
  return (
    filled.length > 0 &&
    filled.every(
      ({ cell, column }) =>
        cell.kind === 'text' && wide.some((merge) => column >= merge.left && column <= merge.right),
    )
  );
}

function cellText(sheet: SheetGrid, row: number, column: number): string {
  return textOf(sheet.rows[row]?.[column]).replace(/\s+/gu, ' ');
}

/** Text of a head cell, taken from the merged area it lies in. */
function headText(sheet: SheetGrid, merges: readonly Merge[], row: number, column: number): string {
  const own = cellText(sheet, row, column);
  if (own !== '') return own;
  const area = merges.find(
    (merge) => row >= merge.top && row <= merge.bottom && column >= merge.left && column <= merge.right,
  );
  return area ? cellText(sheet, area.top, area.left) : '';
}

function headColumns(sheet: SheetGrid, top: number, bottom: number): readonly HeadColumn[] {
  const merges = sheet.merges.filter((merge) => merge.bottom >= top && merge.top <= bottom);
  const width = Math.max(...sheet.rows.slice(top, bottom + 1).map(lengthOf), 0);
  const seen = new Map<string, number>();
  const columns: HeadColumn[] = [];
  for (let index = 0; index < width; index += 1) {
    const path: string[] = [];
    for (let row = top; row <= bottom; row += 1) {
      const text = headText(sheet, merges, row, index);
      if (text !== '' && text !== path.at(-1)) path.push(text);
    }
    if (path.length === 0) continue;
    const name = normaliseHead(path.join('/')) || columnLetters(index);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    columns.push({ index, key: times === 1 ? name : `${name}#${times}`, path, title: path.join(' / ') });
  }
  return columns;
}

function lengthOf(row: readonly MaybeCell[]): number {
  return row.length;
}
