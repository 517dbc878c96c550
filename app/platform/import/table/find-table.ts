import type { Cell, MaybeCell, Merge, SheetGrid, WorkbookGrid } from './cell.ts';
import { columnLetters, textOf } from './cell.ts';
import type { Head, HeadColumn } from './find-head.ts';
import { findHead } from './find-head.ts';
import type { HeadWords } from './head-words.ts';
import { normaliseHead } from './normalise-head.ts';
import { classifyRow } from './row-class.ts';

/** Known heads that make a row inside a table the head of another one. */
const MIN_KNOWN_OF_NEXT_HEAD = 3;

export interface TableRow {
  /** As Excel shows it, from 1. */
  readonly rowNumber: number;
  /** Cells by column of the sheet. */
  readonly cells: readonly MaybeCell[];
  /** The merged title inside the table that stands above this row. */
  readonly sectionTitle: string | null;
}

export interface FoundTable {
  readonly sheetName: string;
  /** Texts above the head: titles, 「填报单位：…」. */
  readonly textsAbove: readonly string[];
  readonly head: Head;
  readonly rows: readonly TableRow[];
  /** Values of vertical merges in the data part, for the rows below their first cell. */
  readonly mergedValues: readonly MergedValue[];
}

export interface MergedValue {
  /** Column of the sheet, from 0. */
  readonly column: number;
  /** Rows as Excel shows them, from 1, both included, the row of the value itself left out. */
  readonly fromRow: number;
  readonly toRow: number;
  readonly cell: Cell;
}

export interface FoundTables {
  readonly tables: readonly FoundTable[];
  /** What was left out and why, in Chinese, for the top of the report. */
  readonly notes: readonly string[];
}

/** Finds the tables of a kind in a workbook: below title rows, on every visible sheet, several below each other. */
export function findTables(workbook: WorkbookGrid, words: HeadWords): FoundTables {
  const tables: FoundTable[] = [];
  const notes: string[] = [];
  for (const sheet of workbook.sheets) {
    const isBlank = !sheet.rows.some((row) => row.some((cell) => cell !== null));
    if (isBlank) continue;
    if (sheet.isHidden) {
      notes.push(`工作表「${sheet.name}」是隐藏的，没有读取`);
      continue;
    }
    if (sheet.isCut)
      notes.push(`工作表「${sheet.name}」只读到第 ${sheet.rows.length} 行，更下面还有零散内容`);
    const found = tablesOfSheet(sheet, words, notes);
    if (found.length === 0) notes.push(`工作表「${sheet.name}」里没有找到表头，没有读取`);
    tables.push(...found);
  }
  return { tables, notes: [...notes, ...workbookNotes(workbook)] };
}

function workbookNotes(workbook: WorkbookGrid): readonly string[] {
  const notes: string[] = [];
  if (workbook.formulaCells > 0) {
    notes.push(`有 ${workbook.formulaCells} 个单元格是公式，按文件里保存的结果读取，没有重新计算`);
  }
  if (workbook.hasExternalLinks) notes.push('文件引用了其他工作簿，引用没有更新，按保存的结果读取');
  return notes;
}

function tablesOfSheet(sheet: SheetGrid, words: HeadWords, notes: string[]): readonly FoundTable[] {
  const tables: FoundTable[] = [];
  let head = findHead(sheet, words, 0);
  let textsFrom = 0;
  while (head !== null) {
    const { rows, skipped, end } = readRows(sheet, words, head);
    tables.push({
      sheetName: sheet.name,
      textsAbove: textsBetween(sheet, textsFrom, head.top),
      head,
      rows,
      mergedValues: mergedValuesOf(sheet, head.bottom, end),
    });
    if (skipped.length > 0) notes.push(skippedNote(sheet.name, skipped));
    notes.push(...headlessColumns(sheet, head, end));
    textsFrom = end;
    head = end < sheet.rows.length ? findHead(sheet, words, end) : null;
  }
  return tables;
}

interface ReadRows {
  readonly rows: readonly TableRow[];
  /** First texts of footer rows that were left out. */
  readonly skipped: readonly string[];
  /** Row (from 0) at which this table ends. */
  readonly end: number;
}

function readRows(sheet: SheetGrid, words: HeadWords, head: Head): ReadRows {
  const rows: TableRow[] = [];
  const skipped: string[] = [];
  const mergesByRow = mergesTouching(sheet.merges);
  let sectionTitle: string | null = null;
  for (let row = head.bottom + 1; row < sheet.rows.length; row += 1) {
    const cells = sheet.rows[row] ?? [];
    const kind = classifyRow(cells, mergesByRow.get(row) ?? [], head.columns.length);
    if (kind === 'blank') continue;
    if (kind === 'footer') skipped.push(firstText(cells));
    else if (kind === 'section_title') sectionTitle = firstText(cells);
    else if (repeatsHead(cells, head)) continue;
    else if (startsNextTable(cells, words)) return { rows, skipped, end: row };
    else rows.push({ rowNumber: row + 1, cells, sectionTitle });
  }
  return { rows, skipped, end: sheet.rows.length };
}

function mergedValuesOf(sheet: SheetGrid, headBottom: number, end: number): readonly MergedValue[] {
  return sheet.merges
    .filter((merge) => merge.bottom > merge.top && merge.top > headBottom && merge.top < end)
    .flatMap((merge) => {
      const cell = sheet.rows[merge.top]?.[merge.left] ?? null;
      return cell === null
        ? []
        : [{ column: merge.left, fromRow: merge.top + 2, toRow: merge.bottom + 1, cell }];
    });
}

function mergesTouching(merges: readonly Merge[]): ReadonlyMap<number, readonly Merge[]> {
  const byRow = new Map<number, Merge[]>();
  for (const merge of merges) {
    // Only flat merges can be titles; tall ones would fill the map row by row for nothing.
    if (merge.top !== merge.bottom) continue;
    byRow.set(merge.top, [...(byRow.get(merge.top) ?? []), merge]);
  }
  return byRow;
}

function firstText(cells: readonly MaybeCell[]): string {
  return textOf(cells.find((cell) => textOf(cell) !== ''));
}

/** Long lists repeat their head on every printed page. */
function repeatsHead(cells: readonly MaybeCell[], head: Head): boolean {
  const named = head.columns.filter((column) => textOf(cells[column.index]) !== '');
  return (
    named.length >= 2 &&
    named.every((column) => column.path.includes(textOf(cells[column.index]).replace(/\s+/gu, ' ')))
  );
}

function startsNextTable(cells: readonly MaybeCell[], words: HeadWords): boolean {
  const fields = new Set<string>();
  for (const cell of cells) {
    const meaning = cell?.kind === 'text' ? words.get(normaliseHead(cell.text)) : undefined;
    if (meaning?.is === 'field') fields.add(meaning.fieldId);
  }
  return fields.size >= MIN_KNOWN_OF_NEXT_HEAD;
}

function textsBetween(sheet: SheetGrid, from: number, to: number): readonly string[] {
  return sheet.rows
    .slice(from, to)
    .flat()
    .map((cell) => textOf(cell))
    .filter((text) => text !== '');
}

function skippedNote(sheetName: string, skipped: readonly string[]): string {
  const words = [...new Set(skipped.map((text) => text.split(/[:：（(\s]/)[0] ?? ''))].slice(0, 5).join('、');
  return `工作表「${sheetName}」跳过了 ${skipped.length} 行表尾：${words}`;
}

function headlessColumns(sheet: SheetGrid, head: Head, end: number): readonly string[] {
  const known = new Set(head.columns.map((column: HeadColumn) => column.index));
  const headless = new Set<number>();
  for (const row of sheet.rows.slice(head.bottom + 1, end)) {
    row.forEach((cell, column) => {
      if (cell !== null && !known.has(column)) headless.add(column);
    });
  }
  if (headless.size === 0) return [];
  const letters = [...headless].sort((a, b) => a - b).map(columnLetters);
  return [`工作表「${sheet.name}」的 ${letters.slice(0, 8).join('、')} 列没有表头，没有读取`];
}
