import * as XLSX from '@e965/xlsx';
import { MAX_CELLS, MAX_CELL_CHARACTERS, MAX_COLUMNS, MAX_SHEETS, MAX_SHEET_ROWS } from '../limits.ts';
import { cellAddress } from '../table/cell.ts';
import type { Cell, MaybeCell, SheetGrid, WorkbookGrid } from '../table/cell.ts';
import type { FileRefusal } from './file-refusal.ts';
import { fileRefusal } from './file-refusal.ts';

/** Day serials of workbooks that count from 1904 (old Macs) lie so far behind. */
const DAYS_FROM_1900_TO_1904 = 1462;
const ISO_DAY_OF_SERIAL = 'yyyy-mm-dd';

/** Code pages for the texts of Excel 5/95 and older exports (936 for Chinese); half of the reader's weight, so they come
 *  only with an .xls. */
export async function loadCodepages(): Promise<void> {
  XLSX.set_cptable(await import('@e965/xlsx/dist/cpexcel.full.mjs'));
}

interface Tally {
  cells: number;
  formulas: number;
  externalFormulas: number;
}

/** Reads .xlsx or .xls bytes that have passed the container checks. Formulas are not computed: the saved value counts. */
export function readSpreadsheet(bytes: Uint8Array): Omit<WorkbookGrid, 'format'> | FileRefusal {
  const book = parseBook(bytes);
  if ('code' in book) return book;
  if (book.SheetNames.length > MAX_SHEETS) {
    return fileRefusal('FILE_TOO_MANY_CELLS', `有 ${book.SheetNames.length} 个工作表，上限 ${MAX_SHEETS} 个`);
  }
  const tally: Tally = { cells: 0, formulas: 0, externalFormulas: 0 };
  const shift = book.Workbook?.WBProps?.date1904 === true ? DAYS_FROM_1900_TO_1904 : 0;
  const sheets: SheetGrid[] = [];
  for (const [at, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    // Chart sheets have a name and no cells.
    if (sheet === undefined || !Array.isArray(sheet['!data'])) continue;
    const rows = readSheetRows(sheet['!data'], shift, tally);
    if ('code' in rows) return rows;
    sheets.push({
      name,
      isHidden: (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) !== 0,
      rows: rows.rows,
      ...(isCutOff(sheet) ? { isCut: true as const } : {}),
      merges: (sheet['!merges'] ?? []).map(({ s, e }) => ({
        top: s.r,
        left: s.c,
        bottom: Math.min(e.r, MAX_SHEET_ROWS),
        right: Math.min(e.c, MAX_COLUMNS),
      })),
    });
  }
  return { sheets, formulaCells: tally.formulas, hasExternalLinks: tally.externalFormulas > 0 };
}

/** True when the sheet reaches below the rows that are read, if only by a stray cell. */
function isCutOff(sheet: XLSX.WorkSheet): boolean {
  const whole: unknown = sheet['!fullref'];
  return typeof whole === 'string' && XLSX.utils.decode_range(whole).e.r >= MAX_SHEET_ROWS;
}

function parseBook(bytes: Uint8Array): XLSX.WorkBook | FileRefusal {
  try {
    return XLSX.read(bytes, {
      type: 'array',
      dense: true,
      cellHTML: false,
      cellFormula: true,
      cellNF: true,
      cellText: true,
      // Without stubs a formula that was saved without its result would vanish instead of being told.
      sheetStubs: true,
      // One row more than allowed shows that there is more.
      sheetRows: MAX_SHEET_ROWS + 1,
    });
  } catch (error) {
    // SheetJS throws plain Errors for whatever it cannot read; the bytes are a stranger's, so each is a refusal.
    const message = error instanceof Error ? error.message : '';
    return /password|encrypt/i.test(message) ? fileRefusal('FILE_ENCRYPTED') : fileRefusal('FILE_DAMAGED');
  }
}

function readSheetRows(
  data: readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[],
  shift: number,
  tally: Tally,
): { readonly rows: readonly (readonly MaybeCell[])[] } | FileRefusal {
  if (data.length > MAX_SHEET_ROWS) {
    return fileRefusal('FILE_TOO_MANY_CELLS', `一个工作表超过 ${MAX_SHEET_ROWS} 行`);
  }
  const rows: (readonly MaybeCell[])[] = [];
  for (let row = 0; row < data.length; row += 1) {
    const cells = readRow(data[row] ?? [], shift, tally);
    if (typeof cells === 'number') {
      const cell = cellAddress(row, cells);
      return fileRefusal('FILE_TOO_MANY_CELLS', `${cell} 还有内容，最多读 ${MAX_COLUMNS} 列`);
    }
    if (tally.cells > MAX_CELLS) {
      return fileRefusal('FILE_TOO_MANY_CELLS', `单元格超过 ${MAX_CELLS} 个`);
    }
    rows.push(cells);
  }
  return { rows };
}

/** @returns the cells, or the column (from 0) of a cell that stands too far to the right */
function readRow(
  row: readonly (XLSX.CellObject | undefined)[],
  shift: number,
  tally: Tally,
): readonly MaybeCell[] | number {
  const cells: MaybeCell[] = [];
  let tooFarRight: number | null = null;
  row.forEach((source, column) => {
    const cell = source === undefined ? null : readCell(source, shift, tally);
    if (cell === null) return;
    if (column >= MAX_COLUMNS) {
      tooFarRight ??= column;
      return;
    }
    while (cells.length < column) cells.push(null);
    cells.push(cell);
    tally.cells += 1;
  });
  return tooFarRight ?? cells;
}

function readCell(source: XLSX.CellObject, shift: number, tally: Tally): MaybeCell {
  const isFormula = source.f !== undefined;
  if (isFormula) {
    tally.formulas += 1;
    if (/\[\d+\]/.test(source.f ?? '')) tally.externalFormulas += 1;
  }
  const cell = typedCell(source, shift);
  if (cell === null) return isFormula ? { kind: 'text', text: '', isFormula: true } : null;
  return isFormula ? { ...cell, isFormula: true } : cell;
}

function typedCell(source: XLSX.CellObject, shift: number): Cell | null {
  switch (source.t) {
    case 's':
      return text(String(source.v ?? ''));
    case 'n':
      return typeof source.v === 'number' ? numberCell(source, source.v, shift) : null;
    case 'b':
      return { kind: 'boolean', text: source.v === true ? '是' : '否' };
    case 'e':
      return { kind: 'error', text: source.w ?? '#ERROR' };
    case 'd':
    case 'z':
    default:
      return null;
  }
}

function text(value: string): Cell | null {
  return value === '' ? null : { kind: 'text', text: value.slice(0, MAX_CELL_CHARACTERS) };
}

function numberCell(source: XLSX.CellObject, value: number, shift: number): Cell {
  const format = source.z;
  if (typeof format === 'string' && XLSX.SSF.is_date(format)) {
    const serial = value + shift;
    return { kind: 'date', text: dateText(serial, source.w), value: serial };
  }
  // General shows 12 digits and more as 1.40402E+11 although the number is whole: the digits are what was typed.
  const shown = source.w ?? String(value);
  return { kind: 'number', text: /e/i.test(shown) ? String(value) : shown, value };
}

/** Dates are shown as days; times of day keep the sheet's own text. */
function dateText(serial: number, shown: string | undefined): string {
  if (serial < 1 || serial > 2_958_465) return shown ?? String(serial);
  return String(XLSX.SSF.format(ISO_DAY_OF_SERIAL, Math.floor(serial)));
}
