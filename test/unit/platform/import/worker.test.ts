import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { RowIssue } from '#app/platform/import/report.ts';
import { headWordsOf, NOTES_HEAD } from '#app/platform/import/table/head-words.ts';
import { annotatedWorkbook, readWorkbook } from '#app/platform/import/workbook/read-workbook.server.ts';
import { aCsv, anXls, anXlsx, sheetXml, utf8, xlsxParts, zipped } from '#test/support/import-files.ts';
import { loanKind } from '#test/support/toy-import.ts';

/** These run the real worker thread, bundled from the sources as in development. */
const words = headWordsOf(loanKind);
const HEAD = ['图书编号', '借阅人', '借出日期'];
const ROWS = [['借阅登记表'], HEAD, ['A1', '张三', '2026.1.1'], ['A2', '李四', '2023-02-30']];

function issue(part: Partial<RowIssue>): RowIssue {
  return {
    sheetName: 'Sheet1',
    rowNumber: 4,
    cell: 'C4',
    fieldId: 'day',
    label: '借出日期',
    verdict: 'refused',
    code: 'X',
    reason: '「2023-02-30」不是存在的日期',
    fix: '请核对月和日',
    ...part,
  };
}

async function opened(bytes: unknown): Promise<ExcelJS.Worksheet> {
  if (!(bytes instanceof Uint8Array)) throw new Error('refused');
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  const [sheet] = book.worksheets;
  if (sheet === undefined) throw new Error('no sheet');
  return sheet;
}

const colourOf = (cell: ExcelJS.Cell): string | undefined =>
  cell.fill?.type === 'pattern' ? cell.fill.fgColor?.argb : undefined;

describe('reading in a worker thread', { timeout: 60_000 }, () => {
  it('brings the tables of a file, many rows included', async () => {
    const many = Array.from({ length: 1_200 }, (_, n) => [`A${n}`, '张三', '2026.1.1']);
    const read = await readWorkbook(await anXlsx([{ rows: [HEAD, ...many] }]), words);
    if ('code' in read) throw new Error(read.code);
    expect(read.format).toBe('xlsx');
    expect(read.tables[0]?.rows).toHaveLength(1_200);
    expect(read.tables[0]?.rows.at(-1)).toMatchObject({
      rowNumber: 1_201,
      cells: [{ text: 'A1199' }, {}, {}],
    });
  });

  it('brings a refusal for what is no workbook', async () => {
    expect(await readWorkbook(utf8('%PDF-1.4'), words)).toMatchObject({ code: 'FILE_NOT_A_WORKBOOK' });
  });

  it('stops a file that takes too long and one that takes too much memory, and goes on with the next', async () => {
    const cells = Array.from(
      { length: 20_000 },
      (_, n) => `<row r="${n + 1}"><c t="inlineStr"><is><t>${n} ${'汉字'.repeat(40)}</t></is></c></row>`,
    );
    const heavy = zipped(xlsxParts(sheetXml(cells.join(''))));
    expect(await readWorkbook(heavy, words, { timeoutMs: 1, heapMb: 512 })).toMatchObject({
      code: 'FILE_TOO_SLOW',
    });
    expect(await readWorkbook(heavy, words, { timeoutMs: 60_000, heapMb: 24 })).toMatchObject({
      code: 'FILE_TOO_SLOW',
    });
    const read = await readWorkbook(utf8(aCsv(ROWS)), words);
    expect('code' in read ? read.code : read.tables[0]?.rows.length).toBe(2);
  });
});

describe('giving the file back', { timeout: 60_000 }, () => {
  const places = [{ sheetName: 'Sheet1', headRow: 2, lastColumn: 3 }];

  it('marks cells red and amber, explains beside them, and keeps the looks of an .xlsx', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Sheet1');
    for (const row of ROWS) sheet.addRow(row);
    sheet.mergeCells('A1:C1');
    sheet.getCell('A1').font = { name: '方正小标宋简体', size: 22, bold: true };
    sheet.getColumn(2).width = 33;
    sheet.getCell('C4').border = { top: { style: 'double' } };
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    const marked = await opened(
      await annotatedWorkbook(bytes, places, [
        issue({}),
        issue({ rowNumber: 3, cell: 'B3', label: '借阅人', verdict: 'warning', reason: '同名', fix: null }),
      ]),
    );
    expect(colourOf(marked.getCell('C4'))).toBe('FFFFC7CE');
    expect(colourOf(marked.getCell('B3'))).toBe('FFFFEB9C');
    expect(colourOf(marked.getCell('C3'))).toBeUndefined();
    expect(marked.getCell('D2').text).toBe(NOTES_HEAD);
    expect(marked.getCell('D4').text).toBe('【借出日期】「2023-02-30」不是存在的日期。请核对月和日');
    expect(marked.getCell('D3').text).toBe('提醒：【借阅人】同名');
    expect(marked.getCell('A1').font).toMatchObject({ name: '方正小标宋简体', size: 22 });
    expect(marked.getCell('C4').border).toMatchObject({ top: { style: 'double' } });
    expect(marked.getColumn(2).width).toBeCloseTo(33, 0);
    expect(marked.model.merges).toContain('A1:C1');
  });

  it('comes back a second time with fresh notes in the same column', async () => {
    const first = await annotatedWorkbook(await anXlsx([{ rows: ROWS }]), places, [issue({})]);
    if (!(first instanceof Uint8Array)) throw new Error('refused');
    const read = await readWorkbook(first, words);
    if ('code' in read) throw new Error(read.code);
    const again = [{ sheetName: 'Sheet1', headRow: 2, lastColumn: 4 }];
    const second = await opened(await annotatedWorkbook(first, again, [issue({ rowNumber: 3, cell: 'C3' })]));
    expect(second.getCell('D4').text).toBe('');
    expect(second.getCell('D3').text).toContain('不是存在的日期');
    expect(second.getCell('E2').text).toBe('');
  });

  it('gives .xls and .csv back as .xlsx with text kept as text', async () => {
    const xls = await opened(
      await annotatedWorkbook(anXls([{ rows: ROWS, merges: ['A1:C1'] }]), places, [issue({})]),
    );
    expect(xls.getCell('A3').text).toBe('A1');
    expect(xls.model.merges).toContain('A1:C1');
    const csv = await opened(
      await annotatedWorkbook(utf8(aCsv([['990001199001010010', ...HEAD]])), places, []),
    );
    expect(csv.getCell('A1')).toMatchObject({ text: '990001199001010010', numFmt: '@' });
  });

  it('never lets a text become a formula', async () => {
    const marked = await opened(
      await annotatedWorkbook(utf8(aCsv([HEAD, ['=1+1', '@SUM(A1)', '']])), places, [
        issue({ rowNumber: 2, cell: 'A2', label: null, reason: '=HYPERLINK("x")', fix: null }),
      ]),
    );
    for (const address of ['A2', 'B2', 'D2']) {
      expect(marked.getCell(address).type).toBe(ExcelJS.ValueType.String);
    }
  });
});
