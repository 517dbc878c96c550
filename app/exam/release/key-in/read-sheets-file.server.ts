import { headWordsOf, meaningOf } from '#app/platform/import/table/head-words.ts';
import { cellAddress, textOf } from '#app/platform/import/table/cell.ts';
import type { FoundTable, TableRow } from '#app/platform/import/table/find-table.ts';
import { fileRefusalText } from '#app/platform/import/workbook/file-refusal.ts';
import { readWorkbook } from '#app/platform/import/workbook/read-workbook.server.ts';
import { ticketIn } from '../sheet-code.ts';
import type { SheetChoices, SheetItem } from './sheet.ts';
import { readChoice } from './sheet.ts';

/** Longest paper a workbook may have columns for. */
const MAX_POSITIONS = 200;
/** Sheets of one workbook: a large hall. */
export const MAX_SHEETS = 1_000;
const TICKET = 'ticketNo';

const WORDS = headWordsOf({
  fields: [
    { id: TICKET, label: '准考证号', synonyms: ['考号', '准考证号码'] },
    ...Array.from({ length: MAX_POSITIONS }, (_, index) => {
      const no = String(index + 1);
      return { id: `q${no}`, label: no, synonyms: [`第${no}题`, `题${no}`, `${no}题`] };
    }),
  ],
  ignored: ['序号', '姓名', '单位', '考场', '座位', '卷别', '备注'].map((label) => ({
    label,
    synonyms: [],
    why: '以准考证号为准',
  })),
});

/** A row of the workbook: one sheet as somebody read it. */
export interface FileReading {
  readonly ticketNo: string;
  readonly choices: SheetChoices;
  /** Cell of the ticket number, for what is wrong with the whole row. */
  readonly cell: string;
}

/** What is wrong, by the cell in which it stands. */
export interface CellProblem {
  readonly cell: string;
  readonly text: string;
}

export type SheetsFile =
  | { readonly is: 'read'; readonly readings: readonly FileReading[] }
  | { readonly is: 'wrong'; readonly problems: readonly CellProblem[] }
  | { readonly is: 'unreadable'; readonly text: string };

/** Questions of the sheets of these tickets; a ticket that has none here is left out. */
export type LoadItems = (ticketNos: readonly string[]) => Promise<ReadonlyMap<string, readonly SheetItem[]>>;

interface Columns {
  readonly ticket: number;
  readonly byPosition: ReadonlyMap<number, number>;
}

function columnsOf(table: FoundTable): Columns | null {
  const fields = new Map<string, number>();
  for (const { index, path } of table.head.columns) {
    const meaning = meaningOf(WORDS, path);
    if (meaning?.is === 'field' && !fields.has(meaning.fieldId)) fields.set(meaning.fieldId, index);
  }
  const ticket = fields.get(TICKET);
  if (ticket === undefined) return null;
  const positions = [...fields].filter(([field]) => field !== TICKET);
  return { ticket, byPosition: new Map(positions.map(([field, index]) => [Number(field.slice(1)), index])) };
}

/** A ticket number, or the code of the sheet scanned into the cell. */
const ticketOf = (row: TableRow, { ticket }: Columns): string => ticketIn(textOf(row.cells[ticket]));

function readRow(
  row: TableRow,
  columns: Columns,
  known: ReadonlyMap<string, readonly SheetItem[]>,
): { readonly reading: FileReading | null; readonly problems: readonly CellProblem[] } {
  const cellAt = (column: number): string => cellAddress(row.rowNumber - 1, column);
  const cell = cellAt(columns.ticket);
  const ticketNo = ticketOf(row, columns);
  const wrong = (text: string) => ({ reading: null, problems: [{ cell, text }] });
  if (ticketNo === '') return wrong('缺准考证号');
  const items = known.get(ticketNo);
  if (items === undefined) return wrong(`本场没有准考证号为 ${ticketNo} 的试卷`);
  const problems: CellProblem[] = [];
  const choices: Record<string, string> = {};
  for (const item of items) {
    const column = columns.byPosition.get(item.position);
    if (column === undefined) return wrong(`表中没有第 ${item.position} 题的列`);
    const read = readChoice(item, textOf(row.cells[column]));
    if ('problem' in read) problems.push({ cell: cellAt(column), text: read.problem });
    else if (read.choice !== '') choices[String(item.position)] = read.choice;
  }
  const onPaper = new Set(items.map((item) => item.position));
  for (const [position, column] of columns.byPosition)
    if (!onPaper.has(position) && textOf(row.cells[column]) !== '')
      problems.push({ cell: cellAt(column), text: `试卷没有第 ${position} 题` });
  return { reading: problems.length === 0 ? { ticketNo, choices, cell } : null, problems };
}

/** Rows that repeat the ticket of an earlier one. */
function repeats(readings: readonly FileReading[]): CellProblem[] {
  const seen = new Map<string, string>();
  return readings.flatMap(({ ticketNo, cell }) => {
    const first = seen.get(ticketNo);
    if (first !== undefined) return [{ cell, text: `准考证号与 ${first} 重复` }];
    seen.set(ticketNo, cell);
    return [];
  });
}

/**
 * Reads a workbook of answer sheets: one row a sheet, a column for the ticket number and one for each question. All of it
 * is right, or everything that is wrong is told by cell; nothing is guessed.
 */
export async function readSheetsFile(bytes: Uint8Array, loadItems: LoadItems): Promise<SheetsFile> {
  const file = await readWorkbook(bytes, WORDS);
  if ('code' in file) return { is: 'unreadable', text: fileRefusalText(file) };
  const rows = file.tables.flatMap((table) => {
    const columns = columnsOf(table);
    return columns === null ? [] : table.rows.map((row) => ({ row, columns }));
  });
  if (rows.length > MAX_SHEETS)
    return { is: 'unreadable', text: `一次最多导入 ${MAX_SHEETS} 份，请分成几个文件。` };
  const known = await loadItems(rows.map(({ row, columns }) => ticketOf(row, columns)));
  const read = rows.map(({ row, columns }) => readRow(row, columns, known));
  const readings = read.flatMap(({ reading }) => reading ?? []);
  const problems = read.flatMap((one) => one.problems);
  problems.push(...repeats(readings));
  if (problems.length > 0) return { is: 'wrong', problems };
  if (readings.length === 0)
    return { is: 'unreadable', text: '没有找到答题卡：表头应有“准考证号”和题号（1、2、3……）。' };
  return { is: 'read', readings };
}
