import type ExcelJS from 'exceljs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { ColumnMapping } from '../column-mapping.ts';
import type { PaperData, PaperKind, PaperRow } from '../paper.ts';
import { ROW_NUMBER_FIELD, allFields } from '../paper.ts';
import { fillText, piecesOf, valueOf } from '../tags.ts';
import type { InsertedRows } from './data-validations.ts';
import { restoreValidations, sheetParts } from './data-validations.ts';
import { columnNumber } from './xlsx-size.ts';
import { openWorkbook, textOfCell } from './xlsx-open.server.ts';
import { insertRows, repeatRow, unshareFormulas } from './xlsx-rows.ts';

/** What a spreadsheet program would take for the beginning of a formula when the cell is edited or saved as .csv. */
const FORMULA_START = /^[=+\-@\t\r]/;
const TEXT_FORMAT = '@';

interface Filling {
  readonly figures: ReadonlySet<string>;
  readonly listOf: ReadonlyMap<string, string>;
  /** Rows put in so far, in order. */
  readonly inserted: InsertedRows[];
}

/**
 * Fills an .xlsx that has passed `readTemplate`: `{字段}` in cells, the one row of a list repeated for each of its rows,
 * or the columns of a mapping. Merged heads, widths and looks stay. A value is never a formula. Refusal:
 * TEMPLATE_REFUSED (detail: text).
 */
export async function fillXlsx(
  bytes: Uint8Array,
  data: PaperData,
  kind: Pick<PaperKind, 'fields'>,
  mapping: ColumnMapping | null,
): Promise<Outcome<Uint8Array, 'TEMPLATE_REFUSED'>> {
  const opened = await openWorkbook(bytes);
  if (!opened.ok) return opened;
  const book = opened.value;
  const fields = allFields(kind);
  const filling: Filling = {
    figures: new Set(fields.filter((field) => field.isFigure).map((field) => field.name)),
    listOf: new Map(
      fields.flatMap(({ name, repeats }) =>
        repeats === undefined || name === ROW_NUMBER_FIELD ? [] : [[name, repeats] as const],
      ),
    ),
    inserted: [],
  };
  if (mapping !== null && book.getWorksheet(mapping.sheet) === undefined)
    return refused('TEMPLATE_REFUSED', {
      text: `工作簿里没有名为“${mapping.sheet}”的工作表，请重新对应列。`,
    });
  for (const sheet of book.worksheets) {
    unshareFormulas(sheet);
    if (mapping?.sheet === sheet.name) fillColumns(sheet, mapping, data, filling);
    fillSheet(sheet, data, filling);
  }
  // Saved results would be those of the template: whoever opens the file has its formulas computed anew.
  book.calcProperties.fullCalcOnLoad = true;
  return done(withValidations(bytes, new Uint8Array(await book.xlsx.writeBuffer()), filling.inserted));
}

function repeat(sheet: ExcelJS.Worksheet, at: number, extra: number, { inserted }: Filling): void {
  repeatRow(sheet, at, extra);
  if (extra > 0) inserted.push({ sheet: sheet.name, at, extra });
}

/** The file with the drop-down lists of the template put back, moved with the rows. */
function withValidations(
  template: Uint8Array,
  filled: Uint8Array,
  inserted: readonly InsertedRows[],
): Uint8Array {
  const before = textParts(unzipSync(template));
  if (![...before.values()].some((xml) => xml.includes('<dataValidation'))) return filled;
  const parts = unzipSync(filled);
  const after = textParts(parts);
  const placed = sheetParts(after);
  for (const [sheet, part] of sheetParts(before)) {
    const target = placed.get(sheet);
    const xml = target === undefined ? undefined : after.get(target);
    if (target === undefined || xml === undefined) continue;
    const own = inserted.filter((rows) => rows.sheet === sheet);
    parts[target] = strToU8(restoreValidations(before.get(part) ?? '', xml, own));
  }
  return zipSync(parts);
}

const textParts = (parts: Readonly<Record<string, Uint8Array>>): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(parts)
      .filter(([name]) => /\.(xml|rels)$/i.test(name))
      .map(([name, part]) => [name, strFromU8(part)]),
  );

/** Rows of fields from the bottom up, so that row numbers above stay what they were. */
function fillSheet(sheet: ExcelJS.Worksheet, data: PaperData, filling: Filling): void {
  for (let number = sheet.rowCount; number >= 1; number -= 1) {
    const list = listOfRow(sheet.getRow(number), filling);
    if (list === null) {
      fillRow(sheet.getRow(number), data.values, filling);
      continue;
    }
    const rows = data.rows?.[list] ?? [];
    repeat(sheet, number, rows.length - 1, filling);
    for (let index = 0; index < Math.max(1, rows.length); index += 1)
      fillRow(sheet.getRow(number + index), rowValues(data, rows[index], index), filling);
  }
}

function rowValues(data: PaperData, row: PaperRow | undefined, index: number): PaperRow {
  return row === undefined ? data.values : { ...data.values, [ROW_NUMBER_FIELD]: String(index + 1), ...row };
}

function listOfRow(row: ExcelJS.Row, { listOf }: Filling): string | null {
  let list: string | null = null;
  row.eachCell((cell) => {
    for (const piece of piecesOf(textOfCell(cell)))
      if ('field' in piece) list ??= listOf.get(piece.field) ?? null;
  });
  return list;
}

function fillRow(row: ExcelJS.Row, values: PaperRow, filling: Filling): void {
  row.eachCell((cell) => {
    if (cell.isMerged && cell.master.address !== cell.address) return;
    const { value } = cell;
    if (!textOfCell(cell).includes('{')) return;
    if (value !== null && typeof value === 'object' && 'richText' in value) fillRichText(cell, value, values);
    else if (typeof value === 'string') writeCell(cell, value, values, filling);
  });
}

/** Runs keep their looks where each holds whole fields; a field cut by a change of looks takes those of the first run. */
function fillRichText(cell: ExcelJS.Cell, value: ExcelJS.CellRichTextValue, values: PaperRow): void {
  const isWhole = value.richText.every(
    ({ text }) => [...text].filter((sign) => sign === '{' || sign === '}').length % 2 === 0,
  );
  if (isWhole) {
    cell.value = { richText: value.richText.map((run) => ({ ...run, text: fillText(run.text, values) })) };
    return;
  }
  const font = value.richText[0]?.font;
  putText(cell, fillText(textOfCell(cell), values));
  if (font) cell.style = { ...cell.style, font };
}

function writeCell(cell: ExcelJS.Cell, text: string, values: PaperRow, { figures }: Filling): void {
  const pieces = piecesOf(text);
  const [only] = pieces;
  const filled = fillText(text, values);
  const isFigure = pieces.length === 1 && only !== undefined && 'field' in only && figures.has(only.field);
  if (isFigure && isPlainNumber(filled)) cell.value = Number(filled);
  else putText(cell, filled);
}

/** Digits that a number keeps as they are: no leading zeros, at most 15 digits. */
function isPlainNumber(text: string): boolean {
  return /^-?(0|[1-9]\d{0,11})(\.\d{1,4})?$/.test(text);
}

function putText(cell: ExcelJS.Cell, text: string): void {
  cell.value = text === '' ? null : text;
  // Cells share their style objects: a new object, never a change inside the shared one.
  if (FORMULA_START.test(text)) cell.style = { ...cell.style, numFmt: TEXT_FORMAT };
}

/** Writes a list under the head of a provincial workbook; blank prepared rows are used before new ones are put in. */
function fillColumns(
  sheet: ExcelJS.Worksheet,
  mapping: ColumnMapping,
  data: PaperData,
  filling: Filling,
): void {
  const rows = data.rows?.[mapping.list] ?? [];
  const prepared = preparedRows(sheet, mapping);
  if (rows.length > prepared && prepared > 0)
    repeat(sheet, mapping.firstRow + prepared - 1, rows.length - prepared, filling);
  // The footer stands right below the head: as many rows as there are people come between.
  if (prepared === 0) {
    insertRows(sheet, mapping.firstRow - 1, rows.length);
    filling.inserted.push({ sheet: sheet.name, at: mapping.firstRow - 1, extra: rows.length });
  }
  const columns = Object.entries(mapping.columns).map(([letters, name]) => ({
    column: columnNumber(letters),
    name,
  }));
  rows.forEach((row, index) => {
    const values = rowValues(data, row, index);
    for (const { column, name } of columns) {
      const cell = sheet.getRow(mapping.firstRow + index).getCell(column);
      const text = valueOf(values, name);
      if (filling.figures.has(name) && isPlainNumber(text)) cell.value = Number(text);
      else putText(cell, text);
    }
  });
}

/** Rows below the head that hold nothing but, at most, row numbers written in advance. */
function preparedRows(sheet: ExcelJS.Worksheet, mapping: ColumnMapping): number {
  const numbered = Object.entries(mapping.columns).find(([, name]) => name === ROW_NUMBER_FIELD)?.[0];
  const skip = numbered === undefined ? 0 : columnNumber(numbered);
  let count = 0;
  while (mapping.firstRow + count <= sheet.rowCount) {
    let isBlank = true;
    sheet.getRow(mapping.firstRow + count).eachCell((cell, column) => {
      if (column === skip && !cell.isMerged) return;
      if (cell.value !== null && cell.value !== '') isBlank = false;
    });
    if (!isBlank) break;
    count += 1;
  }
  return count;
}
