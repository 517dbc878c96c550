import { CsvError, parse } from 'csv-parse/sync';
import { MAX_CELLS, MAX_COLUMNS, MAX_SHEET_ROWS } from '../limits.ts';
import type { MaybeCell, WorkbookGrid } from '../table/cell.ts';
import { textCell } from '../table/cell.ts';
import { decodeText } from './decode-text.ts';
import type { FileRefusal } from './file-refusal.ts';
import { fileRefusal } from './file-refusal.ts';

const DELIMITERS = [',', '\t', ';', '，'] as const;
const LINES_LOOKED_AT = 30;

/** Reads a .csv as a workbook of one sheet whose cells are all text: nothing is guessed to be a number or a date. */
export function readCsv(bytes: Uint8Array, sheetName: string): WorkbookGrid | FileRefusal {
  const decoded = decodeText(bytes);
  if (decoded === null) return fileRefusal('FILE_UNKNOWN_ENCODING');
  if (decoded.text.trim() === '') return fileRefusal('FILE_EMPTY');
  const lines = parseLines(decoded.text);
  if (lines === null) return fileRefusal('FILE_DAMAGED');
  const rows = lines.map((line) => line.map((text) => textCell(text)));
  const refusal = refuseTooMuch(rows);
  if (refusal !== null) return refusal;
  return {
    format: 'csv',
    sheets: [{ name: sheetName, isHidden: false, rows, merges: [] }],
    formulaCells: 0,
    hasExternalLinks: false,
  };
}

function parseLines(text: string): string[][] | null {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      max_record_size: 1_000_000,
    });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

/** The mark that stands most often in the first lines. */
function delimiterOf(text: string): string {
  const start = text.split(/\r?\n/, LINES_LOOKED_AT).join('\n');
  const counts = DELIMITERS.map((mark) => ({ mark, times: start.split(mark).length - 1 }));
  return counts.reduce((best, one) => (one.times > best.times ? one : best)).mark;
}

function refuseTooMuch(rows: readonly (readonly MaybeCell[])[]): FileRefusal | null {
  if (rows.length > MAX_SHEET_ROWS) {
    return fileRefusal('FILE_TOO_MANY_CELLS', `有 ${rows.length} 行，上限 ${MAX_SHEET_ROWS} 行`);
  }
  let cells = 0;
  for (const row of rows) {
    if (row.length > MAX_COLUMNS) {
      return fileRefusal('FILE_TOO_MANY_CELLS', `一行有 ${row.length} 列，上限 ${MAX_COLUMNS} 列`);
    }
    cells += row.length;
  }
  return cells > MAX_CELLS
    ? fileRefusal('FILE_TOO_MANY_CELLS', `有 ${cells} 个单元格，上限 ${MAX_CELLS} 个`)
    : null;
}
