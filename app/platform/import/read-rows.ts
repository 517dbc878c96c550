import type { Fallback, ImportKind, RowReading } from './kind.ts';
import type { FieldProblem, RowIssue, RowPlace } from './report.ts';
import type { MaybeCell } from './table/cell.ts';
import { cellAddress, textCell, textOf } from './table/cell.ts';
import type { FoundTable, TableRow } from './table/find-table.ts';
import type { ColumnMapping } from './table/map-columns.ts';
import { normaliseHeadCore } from './table/normalise-head.ts';
import type { FieldCell, FieldCells, RowPlan } from './table/unpivot.ts';
import { planRow, unpivotRow } from './table/unpivot.ts';

/** One row of the file after reading: its place, where each field stood, and its row or problems. */
export interface ReadRow<Row> {
  readonly place: RowPlace;
  /** Field → column of the sheet, for addresses in the report. */
  readonly columns: ReadonlyMap<string, number>;
  /** Field → head in the person's words. */
  readonly titles: ReadonlyMap<string, string>;
  readonly reading: RowReading<Row>;
}

/** Reads every data row of the tables with the given mapping. Rows that hold a running number or a merged value and
 *  nothing else are blank rows of a template and are left out. */
export function readRows<Row, Fact, Context>(
  kind: ImportKind<Row, Fact, Context>,
  tables: readonly FoundTable[],
  mapping: ColumnMapping,
): readonly ReadRow<Row>[] {
  return tables.flatMap((table) => readTable(kind, table, mapping));
}

function readTable<Row, Fact, Context>(
  kind: ImportKind<Row, Fact, Context>,
  table: FoundTable,
  mapping: ColumnMapping,
): readonly ReadRow<Row>[] {
  const plan = planRow(table.head.columns, mapping, kind.groupFields);
  const titles = titlesOf(table, mapping);
  const fill = mergeFiller(kind, table, mapping);
  const weightless = new Set(
    kind.fields.filter((field) => field.isOrdinal ?? field.fillMerged ?? false).map(({ id }) => id),
  );
  const sharedColumns = columnsOfPlan(plan);
  const rows: ReadRow<Row>[] = [];
  for (const tableRow of table.rows) {
    for (const cells of unpivotRow(plan, fill(tableRow), kind.wide)) {
      if (isEmpty(cells, weightless)) continue;
      const complete = withFallbacks(kind, table, tableRow, cells);
      rows.push({
        place: { sheetName: table.sheetName, rowNumber: tableRow.rowNumber },
        columns: sharedColumns ?? columnsOf(complete),
        titles,
        reading: kind.readCells((fieldId) => complete.get(fieldId)?.cell ?? null),
      });
    }
  }
  return rows;
}

function isEmpty(cells: FieldCells, weightless: ReadonlySet<string>): boolean {
  return [...cells].every(([fieldId, { cell }]) => weightless.has(fieldId) || textOf(cell) === '');
}

/** The columns are the same for every row unless rows are taken apart; then they differ from row to row (null). */
function columnsOfPlan({ single, groups, wide }: RowPlan): ReadonlyMap<string, number> | null {
  if (groups.length > 0 || wide.length > 0) return null;
  return new Map(single.map(({ fieldId, column }) => [fieldId, column.index]));
}

function columnsOf(cells: FieldCells): ReadonlyMap<string, number> {
  return new Map([...cells].flatMap(([id, { column }]) => (column === null ? [] : [[id, column] as const])));
}

function titlesOf(table: FoundTable, mapping: ColumnMapping): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const { key, title } of table.head.columns) {
    const fieldId = mapping[key] ?? null;
    if (fieldId !== null && !titles.has(fieldId)) titles.set(fieldId, title);
  }
  return titles;
}

/** Gives blank cells inside a vertical merge the value of its first cell, for the fields that ask for it. */
function mergeFiller<Row, Fact, Context>(
  kind: ImportKind<Row, Fact, Context>,
  table: FoundTable,
  mapping: ColumnMapping,
): (row: TableRow) => readonly MaybeCell[] {
  const filledFields = new Set(kind.fields.filter((field) => field.fillMerged).map(({ id }) => id));
  const filledColumns = new Set(
    table.head.columns.filter(({ key }) => filledFields.has(mapping[key] ?? '')).map(({ index }) => index),
  );
  const values = valuesByRow(table, filledColumns);
  if (values.size === 0) return (row) => row.cells;
  return (row) => {
    const filled = values.get(row.rowNumber);
    if (filled === undefined) return row.cells;
    const width = Math.max(row.cells.length, ...[...filled.keys()].map((column) => column + 1));
    return Array.from({ length: width }, (_, column) => row.cells[column] ?? filled.get(column) ?? null);
  };
}

/** Row number → columns to fill and their values. */
function valuesByRow(
  table: FoundTable,
  columns: ReadonlySet<number>,
): ReadonlyMap<number, ReadonlyMap<number, MaybeCell>> {
  const values = new Map<number, Map<number, MaybeCell>>();
  for (const { column, fromRow, toRow, cell } of table.mergedValues) {
    if (!columns.has(column)) continue;
    for (let row = fromRow; row <= toRow; row += 1) {
      const ofRow = values.get(row) ?? new Map<number, MaybeCell>();
      values.set(row, ofRow.set(column, cell));
    }
  }
  return values;
}

function withFallbacks<Row, Fact, Context>(
  kind: ImportKind<Row, Fact, Context>,
  table: FoundTable,
  row: TableRow,
  cells: FieldCells,
): FieldCells {
  let complete: Map<string, FieldCell> | null = null;
  for (const { id, fallback } of kind.fields) {
    if (fallback === undefined) continue;
    const own = cells.get(id);
    if (own !== undefined && textOf(own.cell) !== '') continue;
    const text = fallbackText(fallback, table, row);
    if (text === '') continue;
    complete ??= new Map(cells);
    complete.set(id, { cell: textCell(text), column: own?.column ?? null });
  }
  return complete ?? cells;
}

/** The nearest source wins: the section's title, then the sheet's name, then a label above the head. */
function fallbackText(fallback: Fallback, table: FoundTable, row: TableRow): string {
  if (fallback.sectionTitle && row.sectionTitle !== null) return withoutNumbering(row.sectionTitle);
  const sheetSays = fallback.sheetName ? meaningOfSheetName(table.sheetName) : '';
  if (sheetSays !== '') return sheetSays;
  return labelledAbove(table.textsAbove, fallback.labels ?? []);
}

/** 「一、市市场监管局」「（二）…」「3.…」 → the name alone. */
function withoutNumbering(title: string): string {
  return title.replace(/^(?:[（(]?[一二三四五六七八九十百\d]+[)）、.．])+\s*/, '').trim();
}

const SHEET_OF_NOBODY = /^(?:sheet|工作表|表|第)?[\s\d年月日.-]*(?:页|张)?(?:\(\d+\))?$/i;
const SHEET_KINDS =
  /(?:人员)?(?:花名册|名册|名单|汇总表?|明细表?|台账|一览表|信息表?|统计表|登记表|情况表?)$/;

/** What a sheet's name says beside its kind: 「甲局花名册」 → 甲局. Empty for Sheet1, 花名册, 2026年名单 and the like. */
export function meaningOfSheetName(name: string): string {
  const rest = name.trim().replace(SHEET_KINDS, '').trim();
  return SHEET_OF_NOBODY.test(rest) ? '' : rest;
}

/** The value behind a label above the head: 「填报单位（盖章）：某某局　　填报日期：…」 → 某某局. */
function labelledAbove(texts: readonly string[], labels: readonly string[]): string {
  const wanted = new Set(labels.map(normaliseHeadCore));
  for (const text of texts) {
    for (const part of text.split(/\s{2,}|　+/)) {
      const match = /^([^:：]{1,20})[:：]\s*(.+)$/.exec(part.trim());
      if (match && wanted.has(normaliseHeadCore(match[1] ?? ''))) return (match[2] ?? '').trim();
    }
  }
  return '';
}

/** Turns a problem of a row into a line of the report. */
export function issueOf<Row>(
  row: ReadRow<Row>,
  verdict: RowIssue['verdict'],
  problem: FieldProblem,
): RowIssue {
  const column = problem.fieldId === null ? undefined : row.columns.get(problem.fieldId);
  return {
    ...row.place,
    cell: column === undefined ? null : cellAddress(row.place.rowNumber - 1, column),
    fieldId: problem.fieldId,
    label: problem.fieldId === null ? null : (row.titles.get(problem.fieldId) ?? null),
    verdict,
    code: problem.code,
    reason: problem.reason,
    fix: problem.fix,
  };
}
