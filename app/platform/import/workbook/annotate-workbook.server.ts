import ExcelJS from 'exceljs';
import type { RowIssue } from '../report.ts';
import type { MaybeCell, SheetGrid, WorkbookGrid } from '../table/cell.ts';
import { NOTES_HEAD } from '../table/head-words.ts';
import { dayReader } from '../values/day.ts';
import type { FileRefusal } from './file-refusal.ts';
import { parseWorkbook } from './parse-workbook.server.ts';
import type { TablePlace } from './worker-protocol.ts';

const NOTES_WIDTH = 60;
const RED: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } };
const AMBER: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFEB9C' } };
const RED_INK = { argb: 'FF9C0006' };
const AMBER_INK = { argb: 'FF7F6000' };
const DEFAULT_COLUMN_WIDTH = 14;

/** The person's own file as .xlsx with red cells where something is refused, amber ones for warnings, and the reasons
 *  in a 错误说明 column. An .xlsx keeps its looks (drop-down lists are left out); .xls and .csv come back as plain
 *  .xlsx. Fixed, it can be sent in again as it is. */
export async function annotateWorkbook(
  bytes: Uint8Array,
  tables: readonly TablePlace[],
  issues: readonly RowIssue[],
): Promise<Uint8Array | FileRefusal> {
  const grid = await parseWorkbook(bytes);
  if ('code' in grid) return grid;
  const book = (grid.format === 'xlsx' ? await openStyled(bytes) : null) ?? rebuild(grid);
  for (const sheet of book.worksheets) {
    const ofSheet = issues.filter((issue) => issue.sheetName === sheet.name && issue.verdict !== 'change');
    const places = tables.filter((table) => table.sheetName === sheet.name);
    if (ofSheet.length > 0) markSheet(sheet, places, ofSheet);
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Null for files that the writing library cannot open although they can be read: they are then rebuilt. */
async function openStyled(bytes: Uint8Array): Promise<ExcelJS.Workbook | null> {
  const book = new ExcelJS.Workbook();
  try {
    // Lists over whole columns would be spread out cell by cell, a million times.
    await book.xlsx.load(new Uint8Array(bytes).buffer, { ignoreNodes: ['dataValidations'] });
    return book;
  } catch (error) {
    // exceljs throws plain Errors and TypeErrors for parts it does not know (charts, other producers' styles).
    if (error instanceof Error) return null;
    throw error;
  }
}

function rebuild(grid: WorkbookGrid): ExcelJS.Workbook {
  const book = new ExcelJS.Workbook();
  for (const source of grid.sheets) rebuildSheet(book, source);
  return book;
}

function rebuildSheet(book: ExcelJS.Workbook, source: SheetGrid): void {
  const sheet = book.addWorksheet(source.name, { state: source.isHidden ? 'hidden' : 'visible' });
  sheet.properties.defaultColWidth = DEFAULT_COLUMN_WIDTH;
  source.rows.forEach((cells, row) => {
    cells.forEach((cell, column) => {
      if (cell !== null) writeCell(sheet.getCell(row + 1, column + 1), cell);
    });
  });
  for (const { top, left, bottom, right } of source.merges) {
    sheet.mergeCells(top + 1, left + 1, bottom + 1, right + 1);
  }
}

const readDay = dayReader();

function writeCell(target: ExcelJS.Cell, cell: NonNullable<MaybeCell>): void {
  const day = cell.kind === 'date' ? readDay(cell) : null;
  if (day?.ok && day.value !== null) {
    target.value = new Date(`${day.value}T00:00:00.000Z`);
    target.numFmt = 'yyyy-mm-dd';
  } else if (cell.kind === 'number') {
    target.value = cell.value ?? cell.text;
  } else {
    target.value = cell.text;
    // Text format keeps long numbers whole when the person goes on typing.
    target.numFmt = '@';
  }
}

function markSheet(
  sheet: ExcelJS.Worksheet,
  places: readonly TablePlace[],
  issues: readonly RowIssue[],
): void {
  const notesColumn = notesColumnOf(sheet, places);
  for (const { headRow } of places) writeNotesHead(sheet, headRow, notesColumn);
  sheet.getColumn(notesColumn).width = NOTES_WIDTH;
  const byRow = new Map<number, RowIssue[]>();
  for (const issue of issues) byRow.set(issue.rowNumber, [...(byRow.get(issue.rowNumber) ?? []), issue]);
  for (const [rowNumber, ofRow] of byRow) markRow(sheet, rowNumber, notesColumn, ofRow);
}

/** The column of an earlier round is used again and emptied; otherwise the first one right of all tables. */
function notesColumnOf(sheet: ExcelJS.Worksheet, places: readonly TablePlace[]): number {
  const right = Math.max(1, ...places.map(({ lastColumn }) => lastColumn));
  for (const { headRow } of places) {
    for (let column = 1; column <= right; column += 1) {
      if (sheet.getCell(headRow, column).text.trim() !== NOTES_HEAD) continue;
      for (let row = headRow + 1; row <= sheet.rowCount; row += 1) sheet.getCell(row, column).value = null;
      return column;
    }
  }
  return right + 1;
}

function writeNotesHead(sheet: ExcelJS.Worksheet, headRow: number, column: number): void {
  const cell = sheet.getCell(headRow, column);
  cell.value = NOTES_HEAD;
  cell.style = { ...cell.style, font: { ...cell.font, bold: true, color: RED_INK } };
}

function markRow(
  sheet: ExcelJS.Worksheet,
  rowNumber: number,
  notesColumn: number,
  issues: readonly RowIssue[],
): void {
  const isRefused = issues.some(({ verdict }) => verdict === 'refused');
  // Refused cells last, so that red wins over amber.
  for (const issue of [...issues].sort((a, b) => (a.verdict < b.verdict ? 1 : -1))) {
    if (issue.cell !== null) paint(sheet.getCell(issue.cell), issue.verdict === 'refused');
  }
  const note = sheet.getCell(rowNumber, notesColumn);
  note.value = [...new Set(issues.map(noteOf))].join('\n');
  note.style = {
    ...note.style,
    alignment: { wrapText: true, vertical: 'top' },
    font: { ...note.font, color: isRefused ? RED_INK : AMBER_INK },
  };
}

function noteOf({ label, reason, fix, verdict }: RowIssue): string {
  const where = label === null ? '' : `【${label.replace(/\s+/gu, '')}】`;
  const start = verdict === 'warning' ? '提醒：' : '';
  return `${start}${where}${reason}${fix === null ? '' : `。${fix}`}`;
}

/** Cells share their style objects: a new object per cell, never a change inside the shared one. */
function paint(cell: ExcelJS.Cell, isRefused: boolean): void {
  cell.style = {
    ...cell.style,
    fill: isRefused ? RED : AMBER,
    font: { ...cell.font, color: isRefused ? RED_INK : AMBER_INK },
  };
}
