import type ExcelJS from 'exceljs';
import { columnLetters } from '#app/platform/import/table/cell.ts';
import { normaliseHead } from '#app/platform/import/table/normalise-head.ts';
import { openWorkbook } from './xlsx-open.server.ts';

/** Rows looked at for a head, and shown to choose it from. */
const ROWS_SHOWN = 12;
const COLUMNS_SHOWN = 40;

/** One sheet of a workbook as its columns are named on screen. */
export interface SheetHead {
  readonly name: string;
  /** Found or chosen: the last row of the head, from 1. */
  readonly headRow: number;
  readonly columns: readonly { readonly column: string; readonly text: string }[];
  /** The first rows as texts, to choose the head from. */
  readonly rows: readonly { readonly row: number; readonly texts: readonly string[] }[];
}

function shownText(cell: ExcelJS.Cell): string {
  return cell.text.replace(/\s+/gu, ' ').trim().slice(0, 30);
}

/** Texts of a row. @param spread a merged range speaks in each of its cells, not only in its first */
function rowTexts(sheet: ExcelJS.Worksheet, row: number, spread: boolean): string[] {
  const width = Math.min(sheet.columnCount, COLUMNS_SHOWN);
  return Array.from({ length: width }, (_, index) => {
    const cell = sheet.getRow(row).getCell(index + 1);
    const isInside = cell.isMerged && cell.master.address !== cell.address;
    if (isInside && !spread) return '';
    return shownText(isInside ? cell.master : cell);
  });
}

/**
 * Sheets with their probable head: the row among the first that says most of the given words, else the one with most
 * different texts. @param chosenRow the row a person has named instead
 */
export async function readSheetHeads(
  bytes: Uint8Array,
  words: readonly string[],
  chosenRow: number | null,
): Promise<readonly SheetHead[]> {
  const opened = await openWorkbook(bytes);
  if (!opened.ok) return [];
  const known = new Set(words.map(normaliseHead));
  return opened.value.worksheets
    .filter((sheet) => sheet.state === 'visible' && sheet.rowCount > 0)
    .map((sheet) => {
      const count = Math.min(sheet.rowCount, Math.max(ROWS_SHOWN, chosenRow ?? 0));
      const rows = Array.from({ length: count }, (_, index) => ({
        row: index + 1,
        texts: rowTexts(sheet, index + 1, false),
      }));
      const headRow =
        chosenRow !== null && chosenRow <= count
          ? chosenRow
          : bestHead(
              rows.map(({ row }) => ({ row, texts: rowTexts(sheet, row, true) })),
              known,
            );
      return { name: sheet.name, headRow, columns: columnsOf(sheet, headRow), rows };
    });
}

function bestHead(
  rows: readonly { readonly row: number; readonly texts: readonly string[] }[],
  known: ReadonlySet<string>,
): number {
  const score = (texts: readonly string[]): number => {
    const different = new Set(texts.filter((text) => text !== ''));
    const hits = [...different].filter((text) => known.has(normaliseHead(text))).length;
    return hits * 100 + different.size;
  };
  return rows.reduce(
    (best, one) => (score(one.texts) > score(rows[best - 1]?.texts ?? []) ? one.row : best),
    1,
  );
}

/** Columns with the words of their head; a merged parent in the row above goes before its parts. */
function columnsOf(sheet: ExcelJS.Worksheet, headRow: number): SheetHead['columns'] {
  const own = rowTexts(sheet, headRow, true);
  const above = headRow > 1 ? rowTexts(sheet, headRow - 1, true) : [];
  const isTitle = new Set(above.filter((text) => text !== '')).size <= 1;
  return own.flatMap((text, index) => {
    const parent = isTitle ? '' : (above[index] ?? '');
    const words = [...new Set([parent, text].filter((part) => part !== ''))].join(' / ');
    return text === '' ? [] : [{ column: columnLetters(index), text: words }];
  });
}
