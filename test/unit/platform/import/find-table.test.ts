import { describe, expect, it } from 'vitest';
import { cellAddress, columnLetters } from '#app/platform/import/table/cell.ts';
import { findTables } from '#app/platform/import/table/find-table.ts';
import { headWordsOf } from '#app/platform/import/table/head-words.ts';
import { aSheet, aWorkbook, number } from '#test/support/import-files.ts';
import { loanKind } from '#test/support/toy-import.ts';

const words = headWordsOf(loanKind);
const merge = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const HEAD = ['序号', '图书编号', '借阅人', '书架'];

describe('finding tables in offices’ sheets', () => {
  it('finds the head below title rows and leaves footers and blank rows out', () => {
    const sheet = aSheet(
      [
        ['某馆图书借阅登记表', '', '', ''],
        ['填报单位：某馆', '', '填报日期：2026年11月', ''],
        [],
        HEAD,
        [number(1), 'A1', '张三', '甲'],
        [],
        [number(2), 'A2', '李四', '乙'],
        ['合计', '', '2', ''],
        ['填表人：王五', '', '审核人：赵六', ''],
        ['单位负责人（签字）：', '', '联系电话：139', ''],
        ['注：本表一式两份', '', '', ''],
      ],
      { merges: [merge(0, 0, 0, 3)] },
    );
    const { tables, notes } = findTables(aWorkbook(sheet), words);
    expect(tables).toHaveLength(1);
    expect(tables[0]?.head).toMatchObject({ top: 3, bottom: 3, known: 4 });
    expect(tables[0]?.rows.map((row) => row.rowNumber)).toEqual([5, 7]);
    expect(tables[0]?.textsAbove).toContain('填报单位：某馆');
    expect(notes.join()).toMatch(/跳过了 4 行表尾：合计、填表人、单位负责人、注/);
  });

  it('reads two-row heads whose parents are merged, and heads merged downwards', () => {
    const sheet = aSheet(
      [
        ['图书编号', '借阅人', '借期', '', '备注'],
        ['', '', '起', '止', ''],
        ['A1', '张三', '2026.1.1', '2026.2.1', ''],
      ],
      { merges: [merge(0, 0, 1, 0), merge(0, 1, 1, 1), merge(0, 2, 0, 3), merge(0, 4, 1, 4)] },
    );
    const [table] = findTables(aWorkbook(sheet), words).tables;
    expect(table?.head).toMatchObject({ top: 0, bottom: 1 });
    expect(table?.head.columns.map((column) => column.title)).toEqual([
      '图书编号',
      '借阅人',
      '借期 / 起',
      '借期 / 止',
      '备注',
    ]);
    expect(table?.rows).toHaveLength(1);
  });

  it('takes a second head row that only fills merged heads, although its words are unknown', () => {
    const sheet = aSheet(
      [
        ['图书编号', '借阅人', '其他情况', ''],
        ['', '', '新旧', '册数'],
        ['A1', '张三', '旧', '1'],
      ],
      { merges: [merge(0, 2, 0, 3)] },
    );
    const [table] = findTables(aWorkbook(sheet), words).tables;
    expect(table?.head.bottom).toBe(1);
    expect(table?.head.columns.at(-1)?.path).toEqual(['其他情况', '册数']);
    expect(table?.rows.map((row) => row.rowNumber)).toEqual([3]);
  });

  it('reads every visible sheet and says what it left out', () => {
    const book = aWorkbook(
      aSheet([HEAD, ['1', 'A1', '张三', '']], { name: '一号馆' }),
      aSheet([HEAD, ['1', 'B1', '李四', '']], { name: '二号馆' }),
      aSheet([HEAD, ['1', 'C1', '王五', '']], { name: '旧表', isHidden: true }),
      aSheet([['填表说明'], ['请如实填写']], { name: '说明' }),
      aSheet([], { name: 'Sheet3' }),
    );
    const { tables, notes } = findTables(book, words);
    expect(tables.map((table) => table.sheetName)).toEqual(['一号馆', '二号馆']);
    expect(notes).toEqual(['工作表「旧表」是隐藏的，没有读取', '工作表「说明」里没有找到表头，没有读取']);
  });

  it('skips heads repeated on each printed page and reads tables below each other', () => {
    const sheet = aSheet([
      HEAD,
      ['1', 'A1', '张三', '甲'],
      HEAD,
      ['2', 'A2', '李四', '甲'],
      ['图书编号', '借阅人', '日期'],
      ['B1', '王五', '2026.1.1'],
    ]);
    const { tables } = findTables(aWorkbook(sheet), words);
    expect(tables.map((table) => table.rows.map((row) => row.rowNumber))).toEqual([[2, 4], [6]]);
    expect(tables[1]?.head.columns.map((column) => column.key)).toEqual(['图书编号', '借阅人', '日期']);
  });

  it('remembers the merged title inside the table for the rows below it', () => {
    const sheet = aSheet(
      [
        HEAD,
        ['一、东馆', '', '', ''],
        ['1', 'A1', '张三', ''],
        ['二、西馆', '', '', ''],
        ['2', 'A2', '李四', ''],
      ],
      { merges: [merge(1, 0, 1, 3), merge(3, 0, 3, 3)] },
    );
    const [table] = findTables(aWorkbook(sheet), words).tables;
    expect(table?.rows.map((row) => row.sectionTitle)).toEqual(['一、东馆', '二、西馆']);
  });

  it('keeps the value of a tall merged cell for the rows below it', () => {
    const sheet = aSheet(
      [HEAD, ['1', 'A1', '张三', '甲'], ['2', 'A2', '李四', ''], ['3', 'A3', '王五', '']],
      {
        merges: [merge(1, 3, 3, 3)],
      },
    );
    const [table] = findTables(aWorkbook(sheet), words).tables;
    expect(table?.mergedValues).toEqual([
      { column: 3, fromRow: 3, toRow: 4, cell: { kind: 'text', text: '甲' } },
    ]);
  });

  it('finds nothing in a sheet without at least two known heads', () => {
    expect(
      findTables(
        aWorkbook(
          aSheet([
            ['姓名', '年龄'],
            ['张三', '30'],
          ]),
        ),
        words,
      ).tables,
    ).toEqual([]);
  });

  it('names columns without a head', () => {
    const sheet = aSheet([
      ['图书编号', '借阅人'],
      ['A1', '张三', '', '多余'],
    ]);
    expect(findTables(aWorkbook(sheet), words).notes).toEqual(['工作表「Sheet1」的 D 列没有表头，没有读取']);
  });

  it('addresses cells as Excel does', () => {
    expect([0, 25, 26, 51, 52, 701, 702].map(columnLetters)).toEqual([
      'A',
      'Z',
      'AA',
      'AZ',
      'BA',
      'ZZ',
      'AAA',
    ]);
    expect(cellAddress(14, 4)).toBe('E15');
  });
});
