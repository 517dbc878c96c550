import type ExcelJS from 'exceljs';
import { shiftForeign, shiftFormula, shiftReferences } from './formula-shift.ts';

/** A merged range, rows and columns from 1, both ends included. */
interface Range {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

function mergesOf(sheet: ExcelJS.Worksheet): Range[] {
  return sheet.model.merges.flatMap((text) => {
    const [from, to] = text.split(':').map((address) => sheet.getCell(address));
    if (!from || !to) return [];
    return [{ top: Number(from.row), left: Number(from.col), bottom: Number(to.row), right: Number(to.col) }];
  });
}

/**
 * Puts `extra` copies of row `at` below it. Everything lower moves down with its looks, heights, merged ranges,
 * references and print area; a range merged across the row grows, one inside the row is repeated. (The library's own
 * insertion leaves merged ranges and formulas where they were.)
 */
export function repeatRow(sheet: ExcelJS.Worksheet, at: number, extra: number): void {
  if (extra <= 0) return;
  openRows(sheet, at, extra, (range) => {
    if (range.bottom < at || range.top > at) return null;
    if (range.top < at || range.bottom > at) return [{ ...range, bottom: range.bottom + extra }];
    return Array.from({ length: extra + 1 }, (_, copy) => ({ ...range, top: at + copy, bottom: at + copy }));
  });
  for (let copy = 1; copy <= extra; copy += 1) copyRow(sheet, at, at + copy, sheet.columnCount);
}

/** Puts `extra` empty rows below row `at`, bordered like it; ranges that end on the row stay as they are. */
export function insertRows(sheet: ExcelJS.Worksheet, at: number, extra: number): void {
  if (extra <= 0) return;
  openRows(sheet, at, extra, (range) =>
    range.top <= at && range.bottom > at ? [{ ...range, bottom: range.bottom + extra }] : null,
  );
  for (let column = 1; column <= sheet.columnCount; column += 1) {
    const { border } = sheet.getRow(at).getCell(column);
    const style = { border, alignment: { vertical: 'middle', wrapText: true } } as const;
    for (let row = at + 1; row <= at + extra; row += 1) sheet.getRow(row).getCell(column).style = style;
  }
}

/** Moves everything below row `at` down; `around` says what becomes of merged ranges that touch it (null: as usual). */
function openRows(
  sheet: ExcelJS.Worksheet,
  at: number,
  extra: number,
  around: (range: Range) => readonly Range[] | null,
): void {
  const merges = mergesOf(sheet);
  for (const { top, left, bottom, right } of merges) sheet.unMergeCells(top, left, bottom, right);
  const width = sheet.columnCount;
  for (let row = sheet.rowCount; row > at; row -= 1) moveRow(sheet, row, row + extra, width);
  const shifted = (range: Range): Range =>
    range.top > at ? { ...range, top: range.top + extra, bottom: range.bottom + extra } : range;
  for (const range of merges.flatMap((one) => around(one) ?? [shifted(one)]))
    sheet.mergeCellsWithoutStyle(range.top, range.left, range.bottom, range.right);
  shiftFormulas(sheet, (formula) => shiftFormula(formula, at, extra));
  for (const other of sheet.workbook.worksheets)
    if (other !== sheet)
      shiftFormulas(other, (formula) => shiftForeign(formula, { sheet: sheet.name, at, extra }));
  const { printArea } = sheet.pageSetup;
  if (printArea) sheet.pageSetup.printArea = shiftReferences(printArea, at, extra);
}

function copyRow(sheet: ExcelJS.Worksheet, from: number, to: number, width: number): void {
  const [source, target] = [sheet.getRow(from), sheet.getRow(to)];
  target.height = source.height;
  target.hidden = source.hidden;
  for (let column = 1; column <= width; column += 1) {
    const [cell, copy] = [source.getCell(column), target.getCell(column)];
    copy.value = cell.value;
    copy.style = cell.style;
  }
}

function moveRow(sheet: ExcelJS.Worksheet, from: number, to: number, width: number): void {
  copyRow(sheet, from, to, width);
  const source = sheet.getRow(from);
  for (let column = 1; column <= width; column += 1) {
    const cell = source.getCell(column);
    cell.value = null;
    cell.style = {};
  }
}

function shiftFormulas(sheet: ExcelJS.Worksheet, shift: (formula: string) => string): void {
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      const { value } = cell;
      if (value !== null && typeof value === 'object' && 'formula' in value && value.formula !== undefined)
        cell.value = { formula: shift(value.formula), date1904: false };
    });
  });
}

/** Shared formulas stand in one cell for many and break when rows move: each cell gets its own. */
export function unshareFormulas(sheet: ExcelJS.Worksheet): void {
  const own: { cell: ExcelJS.Cell; formula: string }[] = [];
  sheet.eachRow((row) => {
    row.eachCell((cell) => {
      const { value } = cell;
      if (value !== null && typeof value === 'object' && ('sharedFormula' in value || 'formula' in value))
        own.push({ cell, formula: cell.formula });
    });
  });
  for (const { cell, formula } of own) cell.value = { formula, date1904: false };
}
