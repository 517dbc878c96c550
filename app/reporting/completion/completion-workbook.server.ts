import ExcelJS from 'exceljs';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { byGap } from '#app/platform/ui/chart/completion.ts';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';
import { shortfallText } from './shortfall.ts';
import type { CompletionCell } from './completion-table.ts';
import { COMPLETION_COLUMNS, cellsOf, hoursCell } from './completion-table.ts';
import { dataText } from './headline.ts';
import type { ReportSeals } from './seals.ts';
import { sealText } from './seals.ts';
import type { PersonRow, UnitCompletion } from './unit-completion-view.server.ts';

const NUMBER_FORMATS = {
  count: '#,##0',
  share: '0.0%',
  hours: '#,##0.00',
  day: 'yyyy"年"m"月"d"日"',
} as const;
/** What every upward report ends with (domain.md §11.1). */
const SIGNATURES = ['填报单位（盖章）', '单位负责人', '审核人', '填表人', '联系电话', '填报日期'];
const NAME_WIDTH = 34;
const FIGURE_WIDTH = 15;

/**
 * Writes one value with its real type. Text is always written as a text cell: a name that begins with `=`, `+`, `-` or
 * `@` stays a name when the file is opened.
 */
function writeCell(cell: ExcelJS.Cell, value: CompletionCell): void {
  switch (value.kind) {
    case 'text':
      cell.value = value.text;
      return;
    case 'none':
      cell.value = '–';
      cell.alignment = { horizontal: 'right' };
      return;
    case 'count':
      cell.value = value.count;
      break;
    case 'share':
      cell.value = value.tenths / 1000;
      break;
    case 'hours':
      cell.value = value.hundredths / 100;
      break;
  }
  cell.numFmt = NUMBER_FORMATS[value.kind];
}

function writeRow(
  sheet: ExcelJS.Worksheet,
  at: number,
  cells: readonly CompletionCell[],
  bold = false,
): void {
  cells.forEach((value, index) => {
    const cell = sheet.getCell(at, index + 1);
    writeCell(cell, value);
    cell.border = THIN;
    if (bold) cell.font = { bold: true };
  });
}

const LINE = { style: 'thin', color: { argb: 'FF9AA5B1' } } as const;
const THIN = { top: LINE, bottom: LINE, left: LINE, right: LINE } as const;
const text = (value: string): CompletionCell => ({ kind: 'text', text: value });

function writeHead(sheet: ExcelJS.Worksheet, at: number, labels: readonly string[]): void {
  writeRow(sheet, at, labels.map(text), true);
  sheet.getRow(at).eachCell((cell) => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE9EDF2' } };
    cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  });
}

interface Origin {
  readonly exportedBy: string;
  readonly exportedAt: Date;
}

/** Title and the lines that say what the figures are about; returns the row after them. */
function writeTop(
  sheet: ExcelJS.Worksheet,
  page: UnitCompletion,
  origin: Origin,
  options: { title: string; columns: number },
): number {
  sheet.mergeCells(1, 1, 1, options.columns);
  const title = sheet.getCell(1, 1);
  title.value = options.title;
  title.font = { bold: true, size: 16 };
  title.alignment = { horizontal: 'center' };
  const lines: [string, ExcelJS.CellValue][] = [
    ['统计范围', page.trail.map((step) => step.label).join(' / ') || page.title],
    ['截至日期', dayToDb(page.day)],
    ['序时应达', `人均 ${formatHours(page.paceSeconds)}`],
    ['数据情况', dataText(page)],
    ...(page.seals ? [['年度封账', sealText(page.seals)] satisfies [string, string]] : []),
    ['导出', `${origin.exportedBy}，${formatInstant(origin.exportedAt)}`],
  ];
  lines.forEach(([label, value], index) => {
    sheet.getCell(index + 2, 1).value = label;
    const cell = sheet.getCell(index + 2, 2);
    cell.value = value;
    cell.alignment = { horizontal: 'left' };
    if (value instanceof Date) cell.numFmt = NUMBER_FORMATS.day;
  });
  return lines.length + 3;
}

function writeSignatures(sheet: ExcelJS.Worksheet, at: number): void {
  SIGNATURES.forEach((label, index) => {
    const row = at + Math.floor(index / 3);
    sheet.getCell(row, 1 + (index % 3) * 3).value = `${label}：`;
  });
}

function paperOf(sheet: ExcelJS.Worksheet, page: UnitCompletion, headRow: number): void {
  sheet.pageSetup = {
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: `${headRow}:${headRow}`,
  };
  sheet.headerFooter.oddFooter = `${page.title} ${formatDay(page.day)}  第 &P 页，共 &N 页`;
  sheet.views = [{ state: 'frozen', ySplit: headRow }];
}

function addUnitSheet(book: ExcelJS.Workbook, page: UnitCompletion, origin: Origin): void {
  const sheet = book.addWorksheet('单位达标情况');
  const columns = COMPLETION_COLUMNS.length;
  const headRow = writeTop(sheet, page, origin, { title: `${page.title}学时达标情况`, columns });
  writeHead(
    sheet,
    headRow,
    COMPLETION_COLUMNS.map(({ label, unit }) => `${label ?? page.rowNoun}${unit ? `（${unit}）` : ''}`),
  );
  const byKey = new Map(page.rows.map((row) => [row.key, row]));
  const ordered = byGap(
    page.rows.map((row) => ({
      key: row.key,
      label: row.label,
      value: row.counts.met,
      total: row.counts.due,
    })),
    page.line.basisPoints,
  );
  let at = headRow;
  for (const { key } of ordered) {
    const row = byKey.get(key);
    if (row) writeRow(sheet, (at += 1), cellsOf(row.label, row.counts));
  }
  writeRow(sheet, (at += 1), cellsOf('合计', page.total), true);
  writeSignatures(sheet, at + 2);
  sheet.getColumn(1).width = NAME_WIDTH;
  for (let column = 2; column <= columns; column += 1) sheet.getColumn(column).width = FIGURE_WIDTH;
  paperOf(sheet, page, headRow);
}

const PERSON_HEADS = [
  '姓名',
  '单位',
  '职务',
  '执法领域',
  '是否达标',
  '年度目标（学时）',
  '本年学时',
  '公共法律知识',
  '专业法律知识',
  '业务知识',
  '行政执法技能',
  '欠缺',
];

const personCells = (row: PersonRow): CompletionCell[] => [
  text(row.name),
  text(row.unitName),
  text(row.position ?? ''),
  text(row.fieldName ?? ''),
  text(row.isMet ? '达标' : '未达标'),
  hoursCell(row.ownTargetSeconds),
  hoursCell(row.totalSeconds),
  hoursCell(row.publicLawSeconds),
  hoursCell(row.specialisedLawSeconds),
  hoursCell(row.businessSeconds),
  hoursCell(row.skillSeconds),
  text(shortfallText(row) ?? ''),
];

function addPersonSheet(
  book: ExcelJS.Workbook,
  page: UnitCompletion,
  origin: Origin,
  rows: readonly PersonRow[],
): void {
  const sheet = book.addWorksheet('应训人员');
  const columns = PERSON_HEADS.length;
  const headRow = writeTop(sheet, page, origin, { title: `${page.title}应训人员学时明细`, columns });
  writeHead(sheet, headRow, PERSON_HEADS);
  rows.forEach((row, index) => writeRow(sheet, headRow + 1 + index, personCells(row)));
  for (let column = 1; column <= columns; column += 1) sheet.getColumn(column).width = FIGURE_WIDTH;
  sheet.getColumn(2).width = NAME_WIDTH;
  sheet.getColumn(columns).width = NAME_WIDTH;
  sheet.autoFilter = {
    from: { row: headRow, column: 1 },
    to: { row: headRow + rows.length, column: columns },
  };
  paperOf(sheet, page, headRow);
}

function addDefinitionSheet(book: ExcelJS.Workbook, page: UnitCompletion): void {
  const sheet = book.addWorksheet('统计口径');
  writeHead(sheet, 1, ['指标', '口径', '依据']);
  page.definitions.forEach((definition, index) => {
    const source = definition.source ?? '';
    const basis = definition.isLapsed ? `${source}（依据已到期）` : source;
    writeRow(sheet, index + 2, [text(definition.term), text(definition.text), text(basis)]);
    sheet.getRow(index + 2).alignment = { vertical: 'top', wrapText: true };
  });
  [20, 70, 60].forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
}

/** Every seal number of the place: the page names some of them only. */
function addSealSheet(book: ExcelJS.Workbook, { sealed }: ReportSeals): void {
  const sheet = book.addWorksheet('封账编号');
  writeHead(sheet, 1, ['单位', '封账编号', '封账日期']);
  sealed.forEach(({ unitName, sealNo, closedDay }, index) => {
    writeRow(sheet, index + 2, [unitName, sealNo].map(text));
    const cell = sheet.getCell(index + 2, 3);
    cell.value = dayToDb(closedDay);
    cell.numFmt = NUMBER_FORMATS.day;
    cell.border = THIN;
  });
  [NAME_WIDTH, 26, 18].forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
}

/** The workbook of one page: its rows in its order, the persons when it shows them, and how everything is counted. */
export async function completionWorkbook(page: UnitCompletion, origin: Origin): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.creator = '执法学堂';
  book.created = origin.exportedAt;
  addUnitSheet(book, page, origin);
  if (page.persons) addPersonSheet(book, page, origin, page.persons.rows);
  if (page.seals && page.seals.sealed.length > 0) addSealSheet(book, page.seals);
  addDefinitionSheet(book, page);
  return Buffer.from(await book.xlsx.writeBuffer());
}
